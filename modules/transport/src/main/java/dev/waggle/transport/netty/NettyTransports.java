package dev.waggle.transport.netty;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Target;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportEvents;
import dev.waggle.transport.TransportFactory;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// WebSocket connections on Netty: binary messages up to 16 MiB, names resolved by the proxy where there is one.
///
/// All connections share the threads and, per trust and identity, one TLS context with its session cache.
public final class NettyTransports implements TransportFactory {
    static final int OUTBOUND_BYTES_MAX = 4 * 1024 * 1024;
    private static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
    private static final String ORIGIN = "https://web.whatsapp.com";

    private final MultiThreadIoEventLoopGroup threads;
    private final TlsContexts contexts = new TlsContexts();
    private final Set<Told> open = ConcurrentHashMap.newKeySet();

    public NettyTransports(int threadCount) {
        threads = new MultiThreadIoEventLoopGroup(threadCount, NioIoHandler.newFactory());
    }

    @Override
    public void connect(Target target, TransportEvents events) {
        Told told = new Told(events);
        open.add(told);
        var _ = Dialer.dial(
                        threads,
                        contexts,
                        Way.of(target),
                        address -> true,
                        (pipeline, millisLeft) ->
                                upgrade(pipeline, target, millisLeft, new WebSocketChannel(told, told.over)))
                .whenComplete((channel, failure) -> {
                    if (failure != null && told.over.compareAndSet(false, true)) {
                        told.disconnected(DialFailures.reason(DialFailures.of(failure, false)));
                    }
                });
    }

    /// Whoever hears of a connection, until it is over.
    private final class Told implements TransportEvents {
        private final TransportEvents events;
        private final AtomicBoolean over = new AtomicBoolean();

        Told(TransportEvents events) {
            this.events = events;
        }

        @Override
        public void connected(Transport transport) {
            events.connected(transport);
        }

        @Override
        public void received(byte[] bytes) {
            events.received(bytes);
        }

        @Override
        public void disconnected(DisconnectReason reason) {
            open.remove(this);
            events.disconnected(reason);
        }
    }

    private static void upgrade(ChannelPipeline pipeline, Target target, long millisLeft, WebSocketChannel handler) {
        var handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                target.uri(),
                WebSocketVersion.V13,
                null,
                false,
                new DefaultHttpHeaders().set("Origin", ORIGIN),
                MESSAGE_BYTES_MAX);
        var config = WebSocketClientProtocolConfig.newBuilder()
                .handleCloseFrames(false)
                .handshakeTimeoutMillis(millisLeft)
                .build();
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(65_536));
        pipeline.addLast(new WebSocketClientProtocolHandler(handshaker, config));
        pipeline.addLast(new WebSocketFrameAggregator(MESSAGE_BYTES_MAX));
        pipeline.addLast(handler);
    }

    @Override
    public void close() {
        var _ = threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        // A thread that ends may leave behind what it was about to tell.
        for (Told told : open) {
            if (told.over.compareAndSet(false, true)) {
                told.disconnected(new DisconnectReason.ByUs());
            }
        }
    }
}
