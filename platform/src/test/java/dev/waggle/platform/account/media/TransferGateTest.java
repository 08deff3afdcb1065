package dev.waggle.platform.account.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransferGateTest {
    private static final int AT_ONCE = 2;
    private static final int WAITING = 3;

    private final TransferGate gate = new TransferGate(new MediaSettings(
            1, AT_ONCE, WAITING, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    @AfterEach
    void stop() {
        go.countDown();
        threads.close();
    }

    private String transfer(CountDownLatch entered) throws IOException {
        return gate.pass(() -> {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            entered.countDown();
            try {
                assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                running.decrementAndGet();
            }
            return "done";
        });
    }

    @Test
    void some_run_some_wait_and_the_rest_is_refused_until_there_is_room() throws Exception {
        CountDownLatch entered = new CountDownLatch(AT_ONCE);
        List<Future<String>> inside = new ArrayList<>();
        for (int i = 0; i < AT_ONCE + WAITING; i++) {
            inside.add(threads.submit(() -> transfer(entered)));
        }
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        while (gate.inside() < AT_ONCE + WAITING) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> gate.pass(() -> "one too many"))
                .isInstanceOfSatisfying(
                        TransferException.class,
                        busy -> assertThat(busy.kind()).isEqualTo(TransferException.Kind.BUSY));
        go.countDown();
        for (Future<String> one : inside) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo("done");
        }
        assertThat(mostRunning).hasValue(AT_ONCE);
        assertThat(gate.pass(() -> "room again")).isEqualTo("room again");
    }

    @Test
    void a_transfer_that_fails_leaves_its_place() throws Exception {
        for (int i = 0; i < 2 * (AT_ONCE + WAITING); i++) {
            assertThatThrownBy(() -> gate.pass(() -> {
                        throw new IOException("the host");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the host");
        }
        assertThat(gate.inside()).isZero();
    }
}
