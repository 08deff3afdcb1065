package dev.waggle.transport.contract;

import dev.waggle.transport.Egress;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.bbottema.javasocksproxyserver.ProxyHandler;
import org.bbottema.javasocksproxyserver.auth.UsernamePasswordAuthenticator;
import org.jspecify.annotations.Nullable;

/// SOCKS 5 with a login: `java-socks-proxy-server`, whose outgoing sockets are bound before they connect, so that a
/// server can know them.
public final class SocksProxy implements LoopbackProxy {
    private final ServerSocket server;
    private final List<ProxyHandler> ways = new CopyOnWriteArrayList<>();
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();

    /// @param port 0: any free one
    public SocksProxy(int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Way way = new Way(server.accept());
                ways.add(way);
                Thread.ofPlatform().daemon().start(way);
            } catch (IOException _) {
                return;
            }
        }
    }

    private final class Way extends ProxyHandler {
        private final StringBuilder heard = new StringBuilder();

        Way(Socket client) {
            super(client, new UsernamePasswordAuthenticator(false) {
                @Override
                public boolean validate(String user, String password) {
                    boolean known = new Egress.Login(user, password).equals(LOGIN);
                    if (!known) {
                        refused.add(user);
                    }
                    return known;
                }
            });
            setLock(new Object());
        }

        /// The library resolves a name before it tells anybody: what came over the wire is the witness.
        @Override
        public byte getByteFromClient() throws Exception {
            byte next = super.getByteFromClient();
            heard.append((char) (next & 0xff));
            return next;
        }

        @Override
        public void connectToServer(String host, int port) throws IOException {
            asked.add(heard.indexOf(name()) >= 0 ? name() : host);
            InetAddress address = InetAddress.getAllByName(host)[0];
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ports.add(socket.getLocalPort());
            socket.connect(new InetSocketAddress(address, port));
            socket.setSoTimeout(10);
            socket.setTcpNoDelay(true);
            try {
                // The library has no other place for a socket that is bound first.
                Field field = ProxyHandler.class.getDeclaredField("m_ServerSocket");
                field.setAccessible(true);
                field.set(this, socket);
            } catch (ReflectiveOperationException e) {
                throw new IOException("another version of the proxy", e);
            }
            prepareServer();
        }
    }

    @Override
    public String name() {
        return "localhost";
    }

    @Override
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public Egress.Proxy with(Egress.@Nullable Login login) {
        return new Egress.Proxy(Egress.Proxy.Kind.SOCKS5, "localhost", port(), login);
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
            server.close();
        } catch (IOException _) {
            // It was closed.
        }
        ways.forEach(ProxyHandler::close);
    }
}
