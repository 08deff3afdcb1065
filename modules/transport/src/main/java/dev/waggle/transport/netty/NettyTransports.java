package dev.waggle.transport.netty;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Egress;
import dev.waggle.transport.Target;
import dev.waggle.transport.TransportEvents;
import dev.waggle.transport.TransportFactory;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// WebSocket connections on Netty: binary messages up to 16 MiB, names resolved by the proxy where there is one.
///
/// All connections share the threads and, per trust file, one TLS context with its session cache.
public final class NettyTransports implements TransportFactory {
    private static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
    private static final int OUTBOUND_BYTES_MAX = 4 * 1024 * 1024;
    private static final String ORIGIN = "https://web.whatsapp.com";
    private static final Path SYSTEM_TRUST = Path.of("");

    private final MultiThreadIoEventLoopGroup threads;
    private final Map<Path, SslContext> contexts = new ConcurrentHashMap<>();

    public NettyTransports(int threadCount) {
        threads = new MultiThreadIoEventLoopGroup(threadCount, NioIoHandler.newFactory());
    }

    @Override
    public void connect(Target target, TransportEvents events) {
        WebSocketChannel handler = new WebSocketChannel(events);
        Bootstrap bootstrap = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        target.connectMax().toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(65_536, OUTBOUND_BYTES_MAX))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws SSLException {
                        fill(channel, target, handler);
                    }
                });
        boolean remote = target.egress().proxy() != null;
        if (remote) {
            bootstrap.resolver(NoopAddressResolverGroup.INSTANCE);
        }
        InetSocketAddress address = remote
                ? InetSocketAddress.createUnresolved(target.uri().getHost(), target.port())
                : new InetSocketAddress(target.uri().getHost(), target.port());
        var _ = bootstrap.connect(address).addListener(done -> {
            if (!done.isSuccess()) {
                handler.over(
                        new DisconnectReason.Refused(String.valueOf(done.cause().getMessage())));
            }
        });
    }

    private void fill(SocketChannel channel, Target target, WebSocketChannel handler) throws SSLException {
        ChannelPipeline pipeline = channel.pipeline();
        ProxyHandler proxy = proxy(target.egress().proxy());
        if (proxy != null) {
            proxy.setConnectTimeoutMillis(target.connectMax().toMillis());
            pipeline.addLast(proxy);
        }
        if (target.secure()) {
            var tls = context(target.egress().trust())
                    .newHandler(channel.alloc(), target.uri().getHost(), target.port());
            SSLParameters parameters = tls.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.engine().setSSLParameters(parameters);
            tls.setHandshakeTimeoutMillis(target.connectMax().toMillis());
            pipeline.addLast(tls);
        }
        var handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                target.uri(),
                WebSocketVersion.V13,
                null,
                false,
                new DefaultHttpHeaders().set("Origin", ORIGIN),
                MESSAGE_BYTES_MAX);
        var config = WebSocketClientProtocolConfig.newBuilder()
                .handleCloseFrames(false)
                .handshakeTimeoutMillis(target.connectMax().toMillis())
                .build();
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(65_536));
        pipeline.addLast(new WebSocketClientProtocolHandler(handshaker, config));
        pipeline.addLast(new WebSocketFrameAggregator(MESSAGE_BYTES_MAX));
        pipeline.addLast(handler);
    }

    private static @Nullable ProxyHandler proxy(Egress.@Nullable Proxy proxy) {
        if (proxy == null) {
            return null;
        }
        InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
        Egress.Login login = proxy.login();
        return switch (proxy.kind()) {
            case SOCKS5 ->
                login == null
                        ? new Socks5ProxyHandler(address)
                        : new Socks5ProxyHandler(address, login.user(), login.password());
            case HTTP_CONNECT ->
                login == null
                        ? new HttpProxyHandler(address)
                        : new HttpProxyHandler(address, login.user(), login.password());
        };
    }

    private SslContext context(@Nullable Path trust) throws SSLException {
        Path key = trust == null ? SYSTEM_TRUST : trust;
        SslContext known = contexts.get(key);
        if (known == null) {
            SslContextBuilder builder = SslContextBuilder.forClient();
            known = trust == null
                    ? builder.build()
                    : builder.trustManager(trust.toFile()).build();
            contexts.put(key, known);
        }
        return known;
    }

    @Override
    public void close() {
        var _ = threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
