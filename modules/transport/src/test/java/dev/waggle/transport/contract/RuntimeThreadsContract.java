package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.runtime.Task;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a runtime does besides when its work has threads: everything may wait.
public abstract class RuntimeThreadsContract extends RuntimeContract {
    /// Waits until it is interrupted; tells that it began and that it ended.
    private static final class Sleeper {
        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        Void sleep() {
            begun.countDown();
            try {
                interrupted.complete(new CountDownLatch(1).await(50, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return null;
        }
    }

    @Test
    void work_may_wait_for_other_work() throws Exception {
        CompletableFuture<String> word = new CompletableFuture<>();
        Task<String> listener = runtime.spawn("listener", () -> word.get(20, TimeUnit.SECONDS));
        Task<Boolean> speaker = runtime.spawn("speaker", () -> word.complete("heard"));
        assertThat(given(speaker.done())).isTrue();
        assertThat(given(listener.done())).isEqualTo("heard");
    }

    @Test
    void an_abort_interrupts_what_waits() throws Exception {
        Sleeper sleeper = new Sleeper();
        Task<Void> task = runtime.spawn("sleeper", sleeper::sleep);
        assertThat(sleeper.begun.await(20, TimeUnit.SECONDS)).isTrue();
        task.abort();
        assertThatThrownBy(() -> given(task.done())).isInstanceOf(CancellationException.class);
        assertThat(given(sleeper.interrupted)).isTrue();
    }

    @Test
    void an_abort_interrupts_a_step_that_waits() throws Exception {
        Sleeper sleeper = new Sleeper();
        Task<Void> task = runtime.every(SOON, "sleeper", sleeper::sleep);
        assertThat(sleeper.begun.await(20, TimeUnit.SECONDS)).isTrue();
        task.abort();
        assertThat(given(sleeper.interrupted)).isTrue();
    }

    @Test
    void a_step_that_waits_holds_up_no_other() throws Exception {
        Sleeper sleeper = new Sleeper();
        Task<Void> waiting = runtime.after(SOON, "sleeper", sleeper::sleep);
        assertThat(sleeper.begun.await(20, TimeUnit.SECONDS)).isTrue();
        given(runtime.after(SOON, "other", () -> {}).done());
        assertThat(waiting.done().toCompletableFuture()).isNotDone();
        waiting.abort();
    }

    @Test
    void closing_interrupts_what_waits() throws Exception {
        Sleeper sleeper = new Sleeper();
        Task<Void> task = runtime.spawn("sleeper", sleeper::sleep);
        assertThat(sleeper.begun.await(20, TimeUnit.SECONDS)).isTrue();
        runtime.close();
        assertThatThrownBy(() -> given(task.done())).isInstanceOf(CancellationException.class);
        assertThat(given(sleeper.interrupted)).isTrue();
    }

    @Test
    void room_is_there_again_when_work_has_ended() throws Exception {
        for (int i = 0; i < 10 * MOST; i++) {
            given(runtime.spawn("work", () -> "").done());
        }
    }
}
