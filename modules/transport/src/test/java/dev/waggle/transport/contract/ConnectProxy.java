package dev.waggle.transport.contract;

import dev.waggle.transport.Egress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/// HTTP CONNECT with a login: Jetty, whose outgoing sockets are bound before they connect, so that a server can
/// know them.
public final class ConnectProxy implements LoopbackProxy {
    private static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString((LOGIN.user() + ":" + LOGIN.password()).getBytes(StandardCharsets.UTF_8));

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();

    /// @param port 0: any free one
    public ConnectProxy(int port) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setStopTimeout(0);
        server.setHandler(new Ways());
        server.start();
    }

    private final class Ways extends ConnectHandler {
        @Override
        protected boolean handleAuthentication(Request request, Response response, String address) {
            String told = request.getHeaders().get("Proxy-Authorization");
            boolean known = BASIC.equals(told);
            if (!known) {
                refused.add(told == null ? "" : told);
            }
            return known;
        }

        @Override
        protected void connectToServer(Request request, String host, int port, Promise<SocketChannel> promise) {
            asked.add(host);
            try {
                SocketChannel channel = SocketChannel.open();
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                ports.add(((InetSocketAddress) channel.getLocalAddress()).getPort());
                channel.configureBlocking(false);
                InetAddress address =
                        host.equals(name()) ? InetAddress.getLoopbackAddress() : InetAddress.getAllByName(host)[0];
                channel.connect(new InetSocketAddress(address, port));
                promise.succeeded(channel);
            } catch (IOException e) {
                promise.failed(e);
            }
        }
    }

    /// Nobody else knows it.
    @Override
    public String name() {
        return "server.invalid";
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public Egress.Proxy with(Egress.@Nullable Login login) {
        return new Egress.Proxy(Egress.Proxy.Kind.HTTP_CONNECT, "localhost", port(), login);
    }

    @Override
    public boolean isMine(InetSocketAddress peer) {
        return ports.contains(peer.getPort());
    }

    @Override
    public BlockingQueue<String> refused() {
        return refused;
    }

    @Override
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the proxy did not stop", e);
        }
    }
}
