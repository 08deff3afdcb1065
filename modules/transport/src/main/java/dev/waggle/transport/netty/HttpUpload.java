package dev.waggle.transport.netty;

import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes one request, its body piece by piece: the next is read when the socket took the one before.
final class HttpUpload {
    private static final int PIECE = 64 * 1024;

    private final Channel channel;
    private final HttpConnection.Answer answer;
    private final long idleNanos;
    private final long deadline;
    private @Nullable ChannelFuture headWritten;

    /// @param deadline of the answer's head, in [System#nanoTime]
    HttpUpload(Channel channel, HttpConnection.Answer answer, HttpCall call, long deadline) {
        this.channel = channel;
        this.answer = answer;
        this.idleNanos = call.limits().idleMax().toNanos();
        this.deadline = deadline;
    }

    /// Ends early, without a failure, when the answer is there before the request is through.
    void write(HttpRequest head, HttpBody body) throws HttpException, InterruptedException {
        headWritten = channel.write(head);
        if (body.length() > 0) {
            pieces(body);
        } else {
            end();
        }
    }

    /// False when the connection had ended before the head of the request was through: nobody can have acted on it.
    boolean sent() throws InterruptedException {
        ChannelFuture write = headWritten;
        if (write == null) {
            return false;
        }
        return channel.isOpen() || !write.await(1, TimeUnit.SECONDS) || write.isSuccess();
    }

    private void end() {
        answer.written = true;
        var _ = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(done -> {
            if (!done.isSuccess()) {
                answer.failed(broken(String.valueOf(done.cause())));
            }
        });
        var _ = channel.read();
    }

    private void pieces(HttpBody body) throws HttpException, InterruptedException {
        var _ = channel.read();
        @Nullable ChannelFuture before = null;
        try (InputStream from = body.open()) {
            long left = body.length();
            while (left > 0) {
                byte[] piece = new byte[(int) Math.min(left, PIECE)];
                int read = from.readNBytes(piece, 0, piece.length);
                left -= read;
                if (read < piece.length || (left == 0 && from.read() >= 0)) {
                    throw broken("the request's body is not " + body.length() + " bytes long");
                }
                if (before != null) {
                    await(before);
                }
                if (answer.head.isDone()) {
                    return;
                }
                before = channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
            }
        } catch (HttpException e) {
            throw e;
        } catch (IOException e) {
            throw broken("the request's body could not be read: " + e.getMessage());
        }
        end();
    }

    private void await(ChannelFuture write) throws HttpException, InterruptedException {
        long left = deadline - System.nanoTime();
        if (!write.await(Math.max(0, Math.min(left, idleNanos)), TimeUnit.NANOSECONDS)) {
            throw new HttpException(HttpException.Kind.TIMEOUT, "the request was not taken in time", true);
        }
        if (!write.isSuccess() && !answer.head.isDone()) {
            throw broken(String.valueOf(write.cause()));
        }
    }

    private static HttpException broken(String why) {
        return new HttpException(HttpException.Kind.BROKEN, why, true);
    }
}
