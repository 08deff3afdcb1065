package dev.waggle.simulator.exchange;

import dev.waggle.wire.node.Node;

/// Where the stanzas for one device go: a socket, or a simulated device in this process. Called on the exchange's
/// thread only; must not block.
public interface DeviceLink {
    void deliver(Node stanza);

    /// Nothing is delivered after this. What was delivered before still goes out.
    void close();
}
