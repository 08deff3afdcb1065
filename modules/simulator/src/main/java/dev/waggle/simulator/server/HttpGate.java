package dev.waggle.simulator.server;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.media.MediaGate;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.util.function.Consumer;

/// Tells the upgrade of `/ws/chat` from everything else.
final class HttpGate extends SimpleChannelInboundHandler<FullHttpRequest> {
    static final String CHAT = "/ws/chat";

    /// A frame of the protocol and its header may come in one WebSocket message, and some together.
    private static final int MESSAGE_BYTES_MAX = 17 << 20;

    private final HttpService service;
    private final Consumer<Channel> sessions;

    HttpGate(HttpService service, Consumer<Channel> sessions) {
        this.service = service;
        this.sessions = sessions;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        boolean upgrade = request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (upgrade && uri.path().equals(CHAT)) {
            upgrade(context, request);
            return;
        }
        byte[] body = new byte[request.content().readableBytes()];
        request.content().readBytes(body);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpQuestion question =
                new HttpQuestion(request.method().name(), uri.path(), uri.parameters(), Bytes.wrap(body));
        var _ = service.answer(question).whenComplete((reply, failure) -> {
            HttpReply sent = failure == null
                    ? reply
                    : new HttpReply(500, "text/plain", Bytes.utf8(String.valueOf(failure.getMessage())));
            context.channel().eventLoop().execute(() -> reply(context, sent, keepAlive));
        });
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://localhost" + CHAT, null, false, MESSAGE_BYTES_MAX)
                .newHandshaker(request);
        if (handshaker == null) {
            var _ = WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        context.pipeline().remove(MediaGate.class);
        context.pipeline().remove(ChunkedWriteHandler.class);
        context.pipeline().addLast(new WebSocketFrameAggregator(MESSAGE_BYTES_MAX));
        sessions.accept(context.channel());
        var _ = handshaker.handshake(context.channel(), request);
        context.pipeline().remove(this);
    }

    private static void reply(ChannelHandlerContext context, HttpReply reply, boolean keepAlive) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                Unpooled.wrappedBuffer(reply.body().unsafeArray()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().size());
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
