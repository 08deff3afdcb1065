package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.runtime.Task;
import dev.waggle.transport.runtime.TaskRefusedException;
import dev.waggle.transport.runtime.TaskRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every runtime does, one that is turned by hand included. See [RuntimeThreadsContract] for those with
/// threads.
@Timeout(60)
public abstract class RuntimeContract {
    static final Duration SOON = Duration.ofMillis(5);
    static final Duration FAR = Duration.ofHours(1);
    static final int MOST = 50;

    TaskRuntime runtime;

    /// A runtime that nobody else uses; it is closed after the test.
    ///
    /// @param most work at once
    protected abstract TaskRuntime open(int most);

    /// Lets the runtime work and this much time go by. Nothing to do for one that works by itself.
    protected void pass(Duration span) {}

    @BeforeEach
    void start() {
        runtime = open(MOST);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    <T> T given(CompletionStage<T> stage) throws Exception {
        pass(Duration.ZERO);
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Test
    void a_task_gives_what_its_work_gives() throws Exception {
        assertThat(given(runtime.spawn("work", () -> "done").done())).isEqualTo("done");
    }

    @Test
    void a_task_fails_as_its_work_fails() {
        Task<Void> task = runtime.spawn("work", () -> {
            throw new IOException("the disk");
        });
        assertThatThrownBy(() -> given(task.done()))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk");
    }

    /// So that a caller may hold what the work wants.
    @Test
    void work_does_not_run_on_the_stack_of_its_caller() throws Exception {
        ReentrantLock held = new ReentrantLock();
        Task<Boolean> task;
        held.lock();
        try {
            task = runtime.spawn("work", held::isHeldByCurrentThread);
        } finally {
            held.unlock();
        }
        assertThat(given(task.done())).isFalse();
    }

    @Test
    void nobody_outside_completes_a_task() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Task<String> task = runtime.spawn("work", () -> {
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            return "its own";
        });
        task.done().toCompletableFuture().complete("another's");
        go.countDown();
        assertThat(given(task.done())).isEqualTo("its own");
    }

    @Test
    void an_abort_after_the_end_changes_nothing() throws Exception {
        Task<String> task = runtime.spawn("work", () -> "done");
        given(task.done());
        task.abort();
        assertThat(given(task.done())).isEqualTo("done");
    }

    @Test
    void a_step_runs_once_its_time_has_come() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Task<Void> task = runtime.after(SOON, "step", ran::incrementAndGet);
        pass(SOON);
        given(task.done());
        assertThat(ran).hasValue(1);
    }

    @Test
    void a_step_that_fails_fails_its_task() {
        Task<Void> task = runtime.after(SOON, "step", () -> {
            throw new IllegalStateException("no");
        });
        pass(SOON);
        assertThatThrownBy(() -> given(task.done())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_step_that_was_aborted_in_time_never_runs() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Task<Void> task = runtime.after(FAR, "step", ran::incrementAndGet);
        task.abort();
        task.abort();
        pass(FAR.multipliedBy(2));
        assertThatThrownBy(() -> given(task.done())).isInstanceOf(CancellationException.class);
        assertThat(ran).hasValue(0);
    }

    @Test
    void a_step_comes_again_until_it_is_aborted_failures_or_not() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch thrice = new CountDownLatch(3);
        Task<Void> task = runtime.every(SOON, "step", () -> {
            ran.incrementAndGet();
            thrice.countDown();
            throw new IllegalStateException("once more");
        });
        pass(SOON.multipliedBy(3));
        assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
        task.abort();
        assertThatThrownBy(() -> given(task.done())).isInstanceOf(CancellationException.class);
        given(runtime.spawn("after it", () -> "").done());
        int now = ran.get();
        pass(FAR);
        assertThat(ran.get()).isBetween(now, now + 1);
    }

    @Test
    void a_step_that_comes_without_a_pause_is_refused() {
        assertThatThrownBy(() -> runtime.every(Duration.ZERO, "step", () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delay: PT0S (expected: longer than nothing)");
    }

    @Test
    void what_comes_in_time_is_as_it_is() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        CompletionStage<String> limited = runtime.within(FAR, stage);
        stage.complete("in time");
        assertThat(given(limited)).isEqualTo("in time");
        CompletionStage<String> failing =
                runtime.within(FAR, CompletableFuture.failedFuture(new IOException("in time, too")));
        assertThatThrownBy(() -> given(failing)).isInstanceOf(IOException.class);
    }

    @Test
    void what_comes_too_late_is_a_timeout_and_goes_on() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        CompletionStage<String> limited = runtime.within(SOON, stage);
        pass(SOON);
        assertThatThrownBy(() -> given(limited)).isInstanceOf(TimeoutException.class);
        assertThat(stage).isNotDone();
        stage.complete("late");
        assertThatThrownBy(() -> given(limited)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void a_closed_runtime_ends_what_waits_and_takes_nothing_more() {
        AtomicInteger ran = new AtomicInteger();
        Task<Void> waiting = runtime.after(FAR, "step", ran::incrementAndGet);
        Task<Void> coming = runtime.every(FAR, "step", ran::incrementAndGet);
        runtime.close();
        assertThatThrownBy(() -> given(waiting.done())).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> given(coming.done())).isInstanceOf(CancellationException.class);
        for (Task<?> late : new Task<?>[] {
            runtime.spawn("late", () -> ran.incrementAndGet()),
            runtime.after(SOON, "late", ran::incrementAndGet),
            runtime.every(SOON, "late", ran::incrementAndGet)
        }) {
            assertThatThrownBy(() -> given(late.done())).isInstanceOf(TaskRefusedException.class);
        }
        pass(FAR.multipliedBy(2));
        assertThat(ran).hasValue(0);
        runtime.close();
    }

    @Test
    void more_than_it_takes_is_refused_by_name() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Task<?>[] taken = new Task<?>[MOST];
        for (int i = 0; i < MOST; i++) {
            taken[i] = runtime.spawn("work", () -> go.await(20, TimeUnit.SECONDS));
        }
        Task<Boolean> more = runtime.spawn("more", () -> true);
        go.countDown();
        assertThatThrownBy(() -> given(more.done()))
                .isInstanceOf(TaskRefusedException.class)
                .hasMessage("tasks: 50 (expected: fewer at once)");
        for (Task<?> each : taken) {
            given(each.done());
        }
    }
}
