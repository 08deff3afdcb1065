package dev.waggle.platform.account.retention;

import dev.waggle.storage.Backend;
import dev.waggle.storage.write.Purge;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Removes what an account need not keep any longer. Stores that are away are asked again at the next look: what
/// stays too long does no harm.
public final class Retention {
    /// @param idempotencyWindow how long the key of a send is good
    public record Ports(
            Backend store,
            RetentionSettings settings,
            Duration idempotencyWindow,
            RandomGenerator random,
            Clock clock) {}

    public sealed interface Command {}

    /// Look now, not only when it is time.
    ///
    /// @param gone how many rows went; fails as the stores do, or when a look is under way
    public record Look(CompletableFuture<Integer> gone) implements Command {}

    private record Due() implements Command {}

    private record Looked(int rows) implements Command {}

    private record Failed(String why) implements Command {}

    /// Timers of the actor system reach about 248 days.
    private static final Duration EVERY_MAX = Duration.ofDays(100);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Ports ports;
    private boolean looking;

    public static Behavior<Command> create(Ports ports) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Retention retention = new Retention(context, timers, ports);
            retention.later();
            return Behaviors.receiveMessage(retention::onMessage);
        }));
    }

    private Retention(ActorContext<Command> context, TimerScheduler<Command> timers, Ports ports) {
        this.context = context;
        this.timers = timers;
        this.ports = ports;
    }

    /// The accounts of a node begin together: each draws its own moments, so that their looks are spread evenly.
    private void later() {
        Duration every = ports.settings().every();
        long millis = (every.compareTo(EVERY_MAX) > 0 ? EVERY_MAX : every).toMillis();
        timers.startSingleTimer(
                "look", new Due(), Duration.ofMillis(1 + ports.random().nextLong(2 * millis + 1)));
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Look(var gone)
            when looking -> gone.completeExceptionally(new IllegalStateException("a look is under way"));
            case Look(var gone) -> look(gone);
            case Due() when looking -> later();
            case Due() -> look(new CompletableFuture<>());
            case Looked(var rows) -> {
                if (rows > 0) {
                    context.getLog().info("{} rows were kept for long enough and are gone", rows);
                }
                looking = false;
                later();
            }
            case Failed(var why) -> {
                context.getLog().warn("what was kept for long enough stays until the next look: {}", why);
                looking = false;
                later();
            }
        }
        return Behaviors.same();
    }

    private void look(CompletableFuture<Integer> told) {
        looking = true;
        CompletionStage<Integer> gone = CompletableFuture.completedStage(0);
        for (Purge purge : ports.settings().due(ports.clock().instant(), ports.idempotencyWindow())) {
            gone = gone.thenCompose(before -> ports.store().purge(purge).thenApply(rows -> before + rows));
        }
        context.pipeToSelf(gone, (rows, failure) -> {
            if (failure == null) {
                told.complete(rows);
                return new Looked(rows);
            }
            told.completeExceptionally(failure);
            return new Failed(String.valueOf(failure));
        });
    }
}
