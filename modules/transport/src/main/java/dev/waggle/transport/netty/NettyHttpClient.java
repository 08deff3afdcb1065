package dev.waggle.transport.netty;

import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on Netty: one virtual thread drives one exchange, a few shared threads do the sockets.
///
/// Connections are kept for the next call to the same host by the same way out; the guard is asked for such a
/// connection's address again. A kept connection that turns out to have ended before a byte of the answer came is
/// replaced once: for methods that may be repeated, and for all of them when the request had not left yet.
public final class NettyHttpClient implements HttpClient {
    private static final int LINE_BYTES_MAX = 16 * 1024;
    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final int CHUNK_BYTES_MAX = 64 * 1024;
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

    private final MultiThreadIoEventLoopGroup threads;
    private final TlsContexts contexts = new TlsContexts();
    private final HttpPool pool = new HttpPool();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    public NettyHttpClient(int threadCount) {
        threads = new MultiThreadIoEventLoopGroup(threadCount, NioIoHandler.newFactory());
    }

    /// Cancelling the stage's future ends the exchange. A header that is none is an [IllegalArgumentException].
    @Override
    public CompletionStage<HttpExchange> execute(HttpCall call) {
        CompletableFuture<HttpExchange> answer = new CompletableFuture<>();
        HttpRequest head = HttpHeads.request(call);
        Thread driver = Thread.ofVirtual().name("http").unstarted(() -> run(call, head, answer));
        var _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                driver.interrupt();
            }
        });
        driver.start();
        return answer;
    }

    private void run(HttpCall call, HttpRequest head, CompletableFuture<HttpExchange> answer) {
        try {
            HttpExchange exchange = follow(call, head);
            if (!answer.complete(exchange)) {
                exchange.close();
            }
        } catch (HttpException | RuntimeException e) {
            answer.completeExceptionally(e);
        } catch (InterruptedException _) {
            answer.cancel(false);
        }
    }

    private HttpExchange follow(HttpCall call, HttpRequest head) throws HttpException, InterruptedException {
        HttpCall hop = call;
        HttpExchange answer = one(hop, head);
        for (int left = call.limits().redirectsMax(); call.limits().redirectsMax() > 0; left--) {
            Optional<HttpCall> next = HttpHeads.redirect(hop, answer);
            if (next.isEmpty()) {
                return answer;
            }
            answer.close();
            if (left == 0) {
                throw new HttpException(
                        HttpException.Kind.TOO_MANY_REDIRECTS,
                        "more than " + call.limits().redirectsMax(),
                        true);
            }
            hop = next.get();
            answer = one(hop, HttpHeads.request(hop));
        }
        return answer;
    }

    private HttpExchange one(HttpCall call, HttpRequest head) throws HttpException, InterruptedException {
        Way way = Way.of(call);
        HttpConnection kept = kept(way, call);
        if (kept != null) {
            HttpConnection.Answer answer = begin(kept, call);
            try {
                return exchange(kept, answer, call, head);
            } catch (HttpException e) {
                if (e.kind() != HttpException.Kind.BROKEN || e.sent() && !REPEATABLE.contains(call.method())) {
                    throw e;
                }
            }
        }
        HttpConnection made = dial(way, call);
        return exchange(made, begin(made, call), call, head);
    }

    /// Behind a proxy the peer is the proxy; there the guard is asked for a literal address only.
    private @Nullable HttpConnection kept(Way way, HttpCall call) {
        InetAddress literal = way.literal();
        if (call.egress().proxy() != null) {
            boolean passes = literal == null || call.guard().test(literal);
            return passes ? pool.take(HttpPool.Key.of(way), _ -> true) : null;
        }
        return pool.take(HttpPool.Key.of(way), connection -> {
            InetAddress peer = connection.peer();
            return peer != null && call.guard().test(peer);
        });
    }

    private HttpConnection dial(Way way, HttpCall call) throws HttpException, InterruptedException {
        HttpPool.Key key = HttpPool.Key.of(way);
        HttpConnection.Owner owner = new HttpConnection.Owner() {
            @Override
            public void free(HttpConnection connection) {
                pool.put(key, connection);
            }

            @Override
            public void gone(HttpConnection connection) {
                var _ = pool.forget(key, connection);
            }
        };
        CompletableFuture<Channel> dialled = Dialer.dial(
                threads,
                contexts,
                way,
                call.guard(),
                (pipeline, _) -> pipeline.addLast(
                        new HttpClientCodec(LINE_BYTES_MAX, HEAD_BYTES_MAX, CHUNK_BYTES_MAX),
                        new HttpConnection(owner)));
        try {
            Channel channel = dialled.get();
            open.add(channel);
            HttpConnection made = channel.pipeline().get(HttpConnection.class);
            if (made == null) {
                throw new HttpException(HttpException.Kind.BROKEN, "the connection ended at once", false);
            }
            return made;
        } catch (ExecutionException e) {
            throw DialFailures.http(DialFailures.of(cause(e), call.egress().proxy() != null));
        } catch (InterruptedException e) {
            dialled.cancel(false);
            throw e;
        }
    }

    private static HttpConnection.Answer begin(HttpConnection connection, HttpCall call) {
        return connection.begin(call.limits().idleMax(), call.limits().bodyBytesMax());
    }

    private static HttpExchange exchange(
            HttpConnection connection, HttpConnection.Answer answer, HttpCall call, HttpRequest head)
            throws HttpException, InterruptedException {
        long deadline = System.nanoTime() + call.limits().headMax().toNanos();
        boolean done = false;
        HttpUpload upload = new HttpUpload(connection.channel(), answer, call, deadline);
        try {
            upload.write(head, call.body());
            HttpResponse response = answer.head.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            done = true;
            return new HttpExchange(call.uri(), response.status().code(), HttpHeads.headers(response), answer.body);
        } catch (HttpException e) {
            throw new HttpException(e.kind(), e.detail(), upload.sent());
        } catch (ExecutionException e) {
            throw cause(e) instanceof HttpException known
                    ? new HttpException(known.kind(), known.detail(), upload.sent())
                    : new HttpException(HttpException.Kind.BROKEN, String.valueOf(cause(e)), upload.sent());
        } catch (TimeoutException _) {
            throw new HttpException(HttpException.Kind.TIMEOUT, "no answer in time", true);
        } finally {
            if (!done) {
                connection.abandon(answer);
            }
        }
    }

    private static Throwable cause(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }

    @Override
    public void close() {
        // While the threads still run: one that ends may leave behind what it was about to tell.
        var _ = open.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        var _ = threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
