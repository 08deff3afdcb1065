package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.platform.admin.http.ProblemException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.memory.MemoryProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How long a key counts without a look at the store.
class ApiKeysTest {
    private static final String KEY = "what-the-operator-chose";
    private static final Optional<String> HEADER = Optional.of("Bearer " + KEY);

    private final ControlStore stored = new MemoryProvider().control();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final ApiKeys keys = new ApiKeys(counting(), Clock.systemUTC(), nanos::get);

    private ControlStore counting() {
        return (ControlStore) Proxy.newProxyInstance(
                ControlStore.class.getClassLoader(), new Class<?>[] {ControlStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("apiKeyByHash")) {
                        looks.incrementAndGet();
                    }
                    try {
                        return method.invoke(stored, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private String check() {
        return keys.check(HEADER).toCompletableFuture().join();
    }

    @Test
    void a_key_that_was_confirmed_is_not_asked_for_again_within_a_second() {
        keys.prepare(KEY, new SecureRandom()).toCompletableFuture().join();
        assertThat(check()).isEqualTo("environment");
        assertThat(check()).isEqualTo("environment");
        assertThat(looks).hasValue(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(check()).isEqualTo("environment");
        assertThat(looks).hasValue(2);
    }

    @Test
    void a_key_that_is_taken_back_counts_for_a_second_at_most() {
        keys.prepare(KEY, new SecureRandom()).toCompletableFuture().join();
        assertThat(check()).isEqualTo("environment");
        stored.deleteApiKey("environment").toCompletableFuture().join();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThatThrownBy(this::check)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("an unknown key");
    }
}
