package dev.waggle.cache.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one connection to the server, made again for as long as it takes. Thread-safe.
final class RedisLink implements RedisConnectionStateListener {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 10_000;
    private static final int FAILURES_MAX = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration AGAIN_FIRST = Duration.ofMillis(50);
    private static final Duration AGAIN_MAX = Duration.ofSeconds(2);

    private final RedisOptions options;
    private final ClientResources resources;
    private final RedisClient client;
    private final Breaker breaker = new Breaker(FAILURES_MAX, PAUSE, System::nanoTime);
    private final AtomicLong gaps = new AtomicLong();
    private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;
    private volatile boolean closed;

    RedisLink(RedisOptions options) {
        this.options = options;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(Delay.exponential(AGAIN_FIRST, AGAIN_MAX, 2, TimeUnit.MILLISECONDS))
                .build();
        this.client = RedisClient.create(resources, options.server());
        client.setOptions(clientOptions(options));
        client.addListener(this);
        connect(AGAIN_FIRST);
    }

    /// Nothing waits for a connection and nothing is said again after one broke: by then it may be old.
    private static ClientOptions clientOptions(RedisOptions options) {
        ClientOptions.Builder all = ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(_ -> true)
                .requestQueueSize(WAITING_MAX)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(options.timeout().multipliedBy(10))
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(options.timeout()));
        if (options.trust() != null) {
            all.sslOptions(SslOptions.builder()
                    .jdkSslProvider()
                    .trustManager(options.trust().toFile())
                    .build());
        }
        return all.build();
    }

    private void connect(Duration delay) {
        if (closed) {
            return;
        }
        var _ = client.connectAsync(CODEC, options.server()).handle((made, failure) -> {
            if (made != null) {
                connected(made);
            } else if (!closed) {
                log.debug("cache at {}: no connection yet: {}", options.place(), String.valueOf(failure));
                later(delay);
            }
            return null;
        });
    }

    private void connected(StatefulRedisConnection<String, byte[]> made) {
        connection = made;
        if (closed) {
            var _ = made.closeAsync();
        }
    }

    private void later(Duration delay) {
        Duration doubled = delay.multipliedBy(2);
        Duration next = doubled.compareTo(AGAIN_MAX) > 0 ? AGAIN_MAX : doubled;
        try {
            var _ = resources
                    .eventExecutorGroup()
                    .schedule(() -> connect(next), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("cache at {}: closed while it was connecting", options.place());
        }
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> handler, SocketAddress address) {
        if (breaker.succeeded()) {
            log.info("cache at {} answers again", options.place());
        }
    }

    /// What was asked last may or may not have been done, and another server may answer next.
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
        gaps.incrementAndGet();
    }

    long gaps() {
        return gaps.get();
    }

    /// Never fails.
    <T> CompletionStage<Reply<T>> call(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> question) {
        StatefulRedisConnection<String, byte[]> now = connection;
        if (closed || now == null || !breaker.admits()) {
            return CompletableFuture.completedStage(new Reply.Unasked<>());
        }
        CompletionStage<T> asked;
        try {
            asked = question.apply(now.async());
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedStage(e);
        }
        return asked.handle((answer, failure) -> {
            if (failure == null) {
                if (breaker.succeeded()) {
                    log.info("cache at {} answers again", options.place());
                }
                return new Reply.Given<>(answer);
            }
            if (breaker.failed()) {
                log.warn("cache at {} is not asked for a while: {}", options.place(), failure.toString());
            }
            return new Reply.Failed<>();
        });
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        StatefulRedisConnection<String, byte[]> now = connection;
        if (now != null) {
            now.close();
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var _ = resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
