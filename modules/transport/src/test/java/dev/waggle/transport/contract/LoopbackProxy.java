package dev.waggle.transport.contract;

import dev.waggle.transport.Egress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A proxy on loopback that wants the login `bee` with the password `p@ss!word` and remembers which of its ports it
/// went out by.
public interface LoopbackProxy extends AutoCloseable {
    Egress.Login LOGIN = new Egress.Login("bee", "p@ss!word");

    /// A name that the proxy knows as loopback.
    String name();

    int port();

    Egress.Proxy with(Egress.@Nullable Login login);

    /// Whether this peer of a server is the proxy.
    boolean isMine(InetSocketAddress peer);

    /// Hosts that ways were asked for, as they were asked for.
    List<String> asked();

    /// One entry for each time that somebody came with no login or another one.
    BlockingQueue<String> refused();

    /// Ends every way through it, too.
    @Override
    void close();
}
