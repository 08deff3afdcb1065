package dev.waggle.transport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/// Sends back what it gets; the single byte 0 asks for a close with code 4001, 1 for an end without a word, 2 for
/// 100 messages.
final class EchoServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;

    EchoServer() {
        channel = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        var config = WebSocketServerProtocolConfig.newBuilder()
                                .websocketPath("/ws/chat")
                                .maxFramePayloadLength(1 << 20)
                                .sendCloseFrame(null)
                                .build();
                        accepted.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(65_536),
                                        new WebSocketServerProtocolHandler(config),
                                        new Echo());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort() + "/ws/chat");
    }

    private static final class Echo extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame) {
            int order = frame.content().readableBytes() == 1 ? frame.content().getByte(0) : -1;
            switch (order) {
                case 0 -> {
                    var _ = context.writeAndFlush(new CloseWebSocketFrame(4001, "go away"));
                }
                case 1 -> {
                    var _ = context.close();
                }
                case 2 -> {
                    for (int i = 0; i < 100; i++) {
                        var _ = context.writeAndFlush(new BinaryWebSocketFrame(
                                context.alloc().buffer().writeInt(i)));
                    }
                }
                default -> {
                    var _ = context.writeAndFlush(frame.retain());
                }
            }
        }
    }

    @Override
    public void close() {
        var _ = threads.shutdownGracefully().syncUninterruptibly();
    }
}
