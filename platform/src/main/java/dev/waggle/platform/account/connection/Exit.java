package dev.waggle.platform.account.connection;

import dev.waggle.transport.Egress;
import dev.waggle.transport.ProxyUrl;
import java.util.function.Supplier;

/// How the account's traffic leaves at the moment, sockets and HTTP alike: the node's way out, with the account's
/// own proxy where it has one. Asked for each connection and exchange anew, from any thread.
public final class Exit implements Supplier<Egress> {
    private final Egress node;
    private volatile Egress now;

    public Exit(Egress node) {
        this.node = node;
        this.now = node;
    }

    @Override
    public Egress get() {
        return now;
    }

    /// True when the way changed.
    ///
    /// @param own the URL of the account's own proxy, empty when it has none
    public boolean follow(String own) {
        Egress next = own.isEmpty() ? node : node.via(ProxyUrl.parse(own));
        boolean changed = !next.equals(now);
        now = next;
        return changed;
    }
}
