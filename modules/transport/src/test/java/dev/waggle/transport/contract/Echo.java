package dev.waggle.transport.contract;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// A WebSocket server that sends back what it gets; a message of one byte is an [Order]. It answers at `/ws/chat`,
/// refuses `/gone`, and says nothing to any other path.
public final class Echo implements AutoCloseable {
    static final int FLOOD = 400;
    static final int FLOOD_BYTES = 64 * 1024;

    /// What a client may ask for, by its place in the list.
    enum Order {
        CLOSE,
        CLOSE_WITHOUT_CODE,
        END,
        /// 100 messages, numbered.
        HUNDRED,
        /// One message of 17 MiB.
        TOO_LARGE,
        TEXT,
        /// One message of `a`, `b` and `c` in three frames.
        PIECES,
        PING,
        /// It says `d`, and reads nothing more until [Echo#hear()].
        DEAF,
        /// [Echo#FLOOD] messages of [Echo#FLOOD_BYTES], numbered.
        FLOOD;

        byte[] bytes() {
            return new byte[] {(byte) ordinal()};
        }
    }

    private final MultiThreadIoEventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel channel;
    private final boolean secure;
    final Queue<InetSocketAddress> peers = new ConcurrentLinkedQueue<>();
    final Queue<String> clients = new ConcurrentLinkedQueue<>();
    final AtomicInteger pongs = new AtomicInteger();
    /// Of a flood, what the socket took.
    final AtomicInteger flooded = new AtomicInteger();

    private Echo(@Nullable SslContext tls) {
        secure = tls != null;
        channel = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        accept(made, tls);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    /// In the clear.
    public static Echo plain() {
        return new Echo(null);
    }

    /// @param names that its certificate is for
    public static Echo secure(Authority authority, List<String> names, boolean wantsClient) throws Exception {
        return new Echo(authority.forServer(names, wantsClient));
    }

    /// With TLS as you like.
    public static Echo with(SslContext tls) {
        return new Echo(tls);
    }

    private void accept(SocketChannel made, @Nullable SslContext tls) {
        accepted.add(made);
        peers.add(made.remoteAddress());
        if (tls != null) {
            made.pipeline().addLast(tls.newHandler(made.alloc()));
        }
        var config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/ws/chat")
                .maxFramePayloadLength(1 << 20)
                .dropPongFrames(false)
                .sendCloseFrame(null)
                .build();
        made.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(65_536),
                        new WebSocketServerProtocolHandler(config),
                        new Answers(),
                        new Refusals());
    }

    public URI uri() {
        return uri(secure ? "localhost" : "127.0.0.1");
    }

    public URI uri(String host) {
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        return URI.create((secure ? "wss://" : "ws://") + host + ":" + port + "/ws/chat");
    }

    /// Whoever is deaf reads on.
    void hear() {
        accepted.forEach(each -> each.config().setAutoRead(true));
    }

    private static final class Refusals extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.uri().equals("/gone")) {
                var _ = context.writeAndFlush(
                                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete && tls != null) {
                try {
                    clients.add(tls.engine().getSession().getPeerPrincipal().getName());
                } catch (SSLPeerUnverifiedException _) {
                    clients.add("");
                }
            }
            super.userEventTriggered(context, event);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            ByteBuf content = frame.content();
            if (frame instanceof PongWebSocketFrame) {
                pongs.incrementAndGet();
            } else if (content.readableBytes() == 1 && content.getByte(0) < Order.values().length) {
                obey(context, Order.values()[content.getByte(0)]);
            } else {
                var _ = context.writeAndFlush(frame.retain());
            }
        }

        private void obey(ChannelHandlerContext context, Order order) {
            switch (order) {
                case CLOSE -> write(context, new CloseWebSocketFrame(4001, "go away"));
                case CLOSE_WITHOUT_CODE -> write(context, new CloseWebSocketFrame());
                case END -> {
                    var _ = context.close();
                }
                case HUNDRED -> {
                    for (int i = 0; i < 100; i++) {
                        write(
                                context,
                                new BinaryWebSocketFrame(Unpooled.buffer().writeInt(i)));
                    }
                }
                case TOO_LARGE -> {
                    write(context, new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[1 << 20])));
                    for (int i = 1; i <= 16; i++) {
                        write(
                                context,
                                new ContinuationWebSocketFrame(i == 16, 0, Unpooled.wrappedBuffer(new byte[1 << 20])));
                    }
                }
                case TEXT -> write(context, new TextWebSocketFrame("no bytes"));
                case PIECES -> {
                    write(context, new BinaryWebSocketFrame(false, 0, piece('a')));
                    write(context, new ContinuationWebSocketFrame(false, 0, piece('b')));
                    write(context, new ContinuationWebSocketFrame(true, 0, piece('c')));
                }
                case PING -> write(context, new PingWebSocketFrame(piece('p')));
                case DEAF -> {
                    context.channel().config().setAutoRead(false);
                    write(context, new BinaryWebSocketFrame(piece('d')));
                }
                case FLOOD -> flood(context);
            }
        }

        private void flood(ChannelHandlerContext context) {
            for (int i = 0; i < Echo.FLOOD; i++) {
                ByteBuf message = Unpooled.buffer(FLOOD_BYTES).writeInt(i).writeZero(FLOOD_BYTES - 4);
                var _ = context.writeAndFlush(new BinaryWebSocketFrame(message)).addListener(done -> {
                    if (done.isSuccess()) {
                        flooded.incrementAndGet();
                    }
                });
            }
        }

        private ByteBuf piece(char letter) {
            return Unpooled.wrappedBuffer(new byte[] {(byte) letter});
        }

        private void write(ChannelHandlerContext context, WebSocketFrame frame) {
            var _ = context.writeAndFlush(frame);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }

    @Override
    public void close() {
        var _ = accepted.close().awaitUninterruptibly();
        var _ = threads.shutdownGracefully(0, 2, java.util.concurrent.TimeUnit.SECONDS)
                .syncUninterruptibly();
    }
}
