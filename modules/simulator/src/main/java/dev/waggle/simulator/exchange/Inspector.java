package dev.waggle.simulator.exchange;

import dev.waggle.simulator.directory.Device;
import dev.waggle.wire.node.Node;

/// The strict eye of the server: looks at everything that clients send before it is routed. On the exchange's
/// thread.
///
/// The inspection writes what it finds into the report by itself; a verdict only says what to answer.
public interface Inspector {
    /// Lets everything pass.
    Inspector LENIENT = new Inspector() {
        @Override
        public Verdict stanza(Device from, Node stanza) {
            return Verdict.FINE;
        }

        @Override
        public Verdict registration(Registration registration) {
            return Verdict.FINE;
        }
    };

    /// Any stanza of a linked device: messages (shape, counters, device identity), uploads and rotations of keys
    /// (signatures), receipts (retry key bundles), questions.
    Verdict stanza(Device from, Node stanza);

    /// The keys in a registration payload.
    Verdict registration(Registration registration);
}
