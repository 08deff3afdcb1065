package dev.waggle.transport.netty;

import dev.waggle.transport.http.HttpException;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One connection, which carries one exchange after the other. What comes without a question ends it.
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
    /// What is awaited. All but `written` is touched on the channel's thread only, and read by the exchange.
    static final class Answer {
        final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
        final HttpBodyStream body;
        volatile boolean written;
        private boolean interim;

        private Answer(HttpConnection connection, Duration idleMax, long bodyBytesMax) {
            Channel channel = connection.channel();
            body = new HttpBodyStream(
                    idleMax,
                    bodyBytesMax,
                    () -> {
                        var _ = channel.read();
                    },
                    () -> connection.abandon(this));
        }

        void failed(HttpException cause) {
            head.completeExceptionally(cause);
            body.failed(cause);
        }
    }

    /// On the channel's thread.
    interface Owner {
        /// The next exchange may begin.
        void free(HttpConnection connection);

        void gone(HttpConnection connection);
    }

    private final Owner owner;
    private volatile @Nullable Channel channel;
    private volatile @Nullable InetAddress peer;
    private volatile @Nullable Answer current;

    HttpConnection(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    Channel channel() {
        Channel now = channel;
        if (now == null) {
            throw new IllegalStateException("not connected");
        }
        return now;
    }

    /// Where the bytes go; null until they can.
    @Nullable
    InetAddress peer() {
        return peer;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        peer = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    }

    /// From here on an answer is expected.
    Answer begin(Duration idleMax, long bodyBytesMax) {
        var _ = channel().config().setAutoRead(false);
        Answer answer = new Answer(this, idleMax, bodyBytesMax);
        current = answer;
        return answer;
    }

    /// Ends the connection when it still carries this answer. One that came whole meanwhile has left it to the next
    /// exchange, which must not be harmed: the channel's thread knows.
    void abandon(Answer answer) {
        try {
            channel().eventLoop().execute(() -> {
                if (current == answer) {
                    fail(new HttpException(HttpException.Kind.BROKEN, "given up", true));
                }
            });
        } catch (RejectedExecutionException _) {
            // The client is closed, and its connections with it.
        }
    }

    void end() {
        var _ = channel().close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        Answer answer = current;
        if (answer == null) {
            end();
            return;
        }
        if (message.decoderResult().isFailure()) {
            fail(new HttpException(
                    HttpException.Kind.MALFORMED,
                    String.valueOf(message.decoderResult().cause()),
                    true));
            return;
        }
        if (message instanceof HttpResponse response) {
            head(answer, response);
        }
        if (message instanceof HttpContent content) {
            content(answer, content);
        }
    }

    private void head(Answer answer, HttpResponse response) {
        int status = response.status().code();
        if (status == 101) {
            fail(new HttpException(HttpException.Kind.MALFORMED, "an upgrade that nobody asked for", true));
        } else if (status < 200) {
            answer.interim = true;
        } else {
            answer.head.complete(response);
        }
    }

    private void content(Answer answer, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (answer.interim) {
            answer.interim = !last;
            return;
        }
        if (!answer.body.add(ByteBufUtil.getBytes(content.content()))) {
            current = null;
            end();
        } else if (last) {
            current = null;
            boolean again = answer.written && HttpUtil.isKeepAlive(answer.head.getNow(null));
            if (again) {
                owner.free(this);
            } else {
                end();
            }
            answer.body.end();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Answer answer = current;
        if (answer != null && answer.body.wantsMore()) {
            var _ = context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        owner.gone(this);
        fail(new HttpException(HttpException.Kind.BROKEN, "the connection ended before the answer did", true));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean tls = cause instanceof SSLException || cause.getCause() instanceof SSLException;
        fail(new HttpException(
                tls ? HttpException.Kind.TLS : HttpException.Kind.BROKEN,
                cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                true));
    }

    private void fail(HttpException failure) {
        Answer answer = current;
        current = null;
        if (answer != null) {
            answer.failed(failure);
        }
        end();
    }
}
