package dev.waggle.simulator.server;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The end of a connection as RFC 6455, 7.1.1 wants it: our close frame, theirs, then the socket. A socket that is
/// closed while something of theirs is unread is reset instead, and a reset takes back what was written last.
///
/// Belongs to the channel's event loop.
final class Farewell extends ChannelInboundHandlerAdapter {
    static final long PATIENCE_SECONDS = 2;
    private static final int NORMAL = 1000;

    private @Nullable ChannelHandlerContext context;
    private boolean said;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /// From now on what the client says is not heard any more.
    void say() {
        ChannelHandlerContext here = context;
        if (said || here == null) {
            return;
        }
        said = true;
        var _ = here.writeAndFlush(new CloseWebSocketFrame(NORMAL, ""))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        here.channel().config().setAutoRead(true);
        var _ = here.executor().schedule(() -> close(here), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void close(ChannelHandlerContext here) {
        var _ = here.close();
    }

    boolean said() {
        return said;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (!said && !(message instanceof CloseWebSocketFrame)) {
            here.fireChannelRead(message);
            return;
        }
        try {
            if (message instanceof CloseWebSocketFrame theirs) {
                theirs(here, theirs.statusCode());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /// @param code -1: the client said none, so none may be said
    private void theirs(ChannelHandlerContext here, int code) {
        if (said) {
            var _ = here.close();
            return;
        }
        said = true;
        var _ = here.writeAndFlush(code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, ""))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
