package dev.waggle.platform.account;

import dev.waggle.platform.account.state.AccountState;
import dev.waggle.transport.Egress;
import dev.waggle.transport.ProxyUrl;
import java.util.function.Supplier;

/// How the account's traffic leaves at the moment, sockets and HTTP alike: the node's way out, with the account's
/// own proxy where it has one. Asked for each connection and exchange anew, from any thread.
final class Exit implements Supplier<Egress> {
    private final Egress node;
    private volatile Egress now;

    Exit(Egress node) {
        this.node = node;
        this.now = node;
    }

    @Override
    public Egress get() {
        return now;
    }

    /// True when the way changed.
    boolean follow(AccountState state) {
        String own = state.profile().getProxy();
        Egress next = own.isEmpty() ? node : node.via(ProxyUrl.parse(own));
        boolean changed = !next.equals(now);
        now = next;
        return changed;
    }
}
