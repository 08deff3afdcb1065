package dev.waggle.platform.boot.ending;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a process whose node has ended and that does not end itself. Whoever sees to it that nodes run starts
/// another one only when this one is gone: a process that hangs at its end is worse than one that is killed.
public final class LastResort {
    private static final Logger log = LoggerFactory.getLogger(LastResort.class);
    /// More than everything after the actors may take that has a limit of its own.
    private static final Duration MOST = Duration.ofSeconds(90);
    /// As after an error at the start: neither is an orderly end.
    private static final int EXIT = 1;

    private LastResort() {}

    /// The time counts from when everything was handed over and the actors are to end.
    public static void over(ActorSystem<?> system) {
        over(system, MOST, () -> Runtime.getRuntime().halt(EXIT));
    }

    static void over(ActorSystem<?> system, Duration most, Runnable halt) {
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "last-resort", () -> {
                    // A daemon of its own: nothing that hangs can keep it from counting, nor it a process from ending.
                    Thread.ofPlatform().daemon().name("last-resort").start(() -> await(most, halt));
                    return CompletableFuture.completedStage(Done.getInstance());
                });
    }

    private static void await(Duration most, Runnable halt) {
        try {
            TimeUnit.NANOSECONDS.sleep(most.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        log.error("the node has ended and its process has not after {}: halting", most);
        halt.run();
    }
}
