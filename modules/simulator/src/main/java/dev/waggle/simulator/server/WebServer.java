package dev.waggle.simulator.server;

import dev.waggle.address.Jid;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.media.MediaGate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Listens on loopback: one port in the clear, one with TLS, the same routes on both (`/ws/chat`, everything else
/// is HTTP).
public final class WebServer implements AutoCloseable {
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("waggle-simulator-io", true), NioIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Exchange exchange;
    private final ServerKeys keys;
    private final HttpService service;

    public WebServer(Exchange exchange, ServerKeys keys, HttpService service) {
        this.exchange = exchange;
        this.keys = keys;
        this.service = service;
    }

    /// Starts to listen in the clear.
    ///
    /// @param port 0 = any free one
    /// @return the port
    /// @throws IllegalStateException when it cannot be bound
    public int listen(int port) {
        return bind(port, null, peer -> true);
    }

    /// Starts to listen with TLS.
    ///
    /// @param admits whoever else connects is cut at once
    public int listenTls(int port, TlsIdentity identity, Predicate<InetSocketAddress> admits) {
        try {
            return bind(
                    port,
                    SslContextBuilder.forServer(identity.serverKey(), identity.server(), identity.authority())
                            .build(),
                    admits);
        } catch (SSLException e) {
            throw new IllegalStateException("the certificate is not usable", e);
        }
    }

    private int bind(int port, @Nullable SslContext tls, Predicate<InetSocketAddress> admits) {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (admits.test(channel.remoteAddress())) {
                            accept(channel, tls);
                        } else {
                            var _ = channel.close();
                        }
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException("port: " + port + " (expected: free)", bound.cause());
        }
        channels.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private void accept(SocketChannel channel, @Nullable SslContext tls) {
        channels.add(channel);
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new ChunkedWriteHandler(),
                        new MediaGate(exchange.media(), exchange.faults()::strikeMedia, this::violation),
                        new HttpObjectAggregator(BODY_BYTES_MAX),
                        new HttpGate(service, this::session));
    }

    private void violation(String rule, Jid device, String detail) {
        exchange.run(() -> exchange.report().violation(rule, device, detail));
    }

    private void session(Channel channel) {
        Farewell farewell = new Farewell();
        channel.pipeline().addLast(farewell, new SocketSession(exchange, keys, channel, farewell));
    }

    @Override
    public void close() {
        channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
