package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.noise.CertificateChain;
import dev.waggle.noise.HandshakeException;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.port.ServerMemory.Known;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Decides what the next greeting may lean on. What was remembered saves a round trip when it holds and costs a
/// connection when it does not; so nothing is leaned on twice that has just failed, and what fails again and again
/// is left alone until the process ends.
final class Approach {
    /// So many connections in a row without any answer to a greeting: the next one leans on nothing.
    static final int UNANSWERED_MAX = 2;
    /// So often the server's answer to a resumption was wrong, or did not come: no more of them.
    static final int BROKEN_MAX = 3;

    /// @param chain resume with its key; null: begin anew
    /// @param routingInfo what stands in front; may be empty
    record Start(@Nullable CertificateChain chain, Bytes routingInfo) {}

    private int unanswered;
    private int broken;
    private boolean distrusting;
    private boolean resuming;

    /// A chain is believed only as long as it leads to the root key and is within its term: it may have been kept
    /// for long, or for another server.
    Start next(Known known, boolean registers, RootKey root, Instant now) {
        boolean plain = registers || unanswered >= UNANSWERED_MAX;
        CertificateChain chain = plain || distrusting || broken >= BROKEN_MAX ? null : usable(known.chain(), root, now);
        resuming = chain != null;
        return new Start(chain, plain ? Bytes.EMPTY : known.routingInfo());
    }

    private static @Nullable CertificateChain usable(Bytes kept, RootKey root, Instant now) {
        if (kept.isEmpty()) {
            return null;
        }
        try {
            CertificateChain chain = CertificateChain.parse(kept.unsafeArray());
            chain.verify(root, chain.leafKey().unsafeArray(), now);
            return chain;
        } catch (HandshakeException notNow) {
            return null;
        }
    }

    /// The server answered the greeting, and both are secured.
    void secured() {
        unanswered = 0;
        distrusting = false;
    }

    /// The server's answer to a resumption was wrong.
    void broken() {
        unanswered = 0;
        distrusting = true;
        broken++;
    }

    /// The connection ended after the greeting, before any answer. That may be the network's fault.
    void unanswered() {
        if (++unanswered == UNANSWERED_MAX && resuming) {
            broken++;
        }
    }
}
