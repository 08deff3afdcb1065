package dev.waggle.platform.cluster.budget;

import dev.waggle.platform.port.Homeless;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The one place that permits are counted: one in a cluster, or that of a node that is alone.
final class BudgetKeeper extends AbstractBehavior<BudgetKeeper.Command> {
    sealed interface Command {}

    /// Of one node; a later one takes the place of the one before.
    ///
    /// @param first when the most urgent of those who wait there had its last traffic, in epoch milliseconds
    record Want(String node, long first, int count, ActorRef<Grant> replyTo) implements Command, Homeless {
        /// The node goes on slowly and says it again within a second: told at once, it would only do so sooner.
        @Override
        public void givenUp() {}
    }

    record Change(Rate rate) implements Command {}

    record Describe(ActorRef<Standing> replyTo) implements Command {}

    /// Another node keeps the budget from now on.
    record Stop() implements Command {}

    private record Serve() implements Command {}

    sealed interface Reply {}

    /// Comes soon, whether there are any or not.
    record Grant(int count) implements Reply {}

    /// @param waiting dials that were wanted and not granted yet, as far as nodes said
    record Standing(Rate rate, int waiting) implements Reply {}

    private record Waiting(Want want, long since) {}

    private static final Duration SERVE_EVERY = Duration.ofMillis(50);
    private static final long ANSWER_NANOS = Duration.ofMillis(500).toNanos();

    private final TimerScheduler<Command> timers;
    private final TokenBucket bucket;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private Rate rate;

    /// @param stored the rate that was set last
    static Behavior<Command> create(Rate first, Supplier<CompletionStage<Rate>> stored) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new BudgetKeeper(context, timers, first, stored)));
    }

    private BudgetKeeper(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Rate first,
            Supplier<CompletionStage<Rate>> stored) {
        super(context);
        this.timers = timers;
        this.rate = first;
        this.bucket = new TokenBucket(first, System.nanoTime());
        context.pipeToSelf(stored.get(), (found, failure) -> new Change(failure == null ? found : first));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        long now = System.nanoTime();
        switch (message) {
            case Want want -> {
                waiting.put(want.node(), new Waiting(want, now));
                serve(now);
            }
            case Change(var next) -> {
                rate = next;
                bucket.change(next, now);
            }
            case Describe(var replyTo) -> {
                int all = waiting.values().stream()
                        .mapToInt(one -> one.want().count())
                        .sum();
                replyTo.tell(new Standing(rate, all));
            }
            case Serve() -> serve(now);
            case Stop() -> {
                return Behaviors.stopped();
            }
        }
        return this;
    }

    /// Whose account heard of the server last comes first.
    static List<Want> inOrder(List<Want> wants) {
        return wants.stream()
                .sorted(Comparator.comparingLong(Want::first).reversed())
                .toList();
    }

    private void serve(long now) {
        List<Want> wants = waiting.values().stream().map(Waiting::want).toList();
        for (Want want : inOrder(wants)) {
            int given = bucket.take(want.count(), now);
            Waiting one = waiting.get(want.node());
            if (given > 0 || one == null || now - one.since() >= ANSWER_NANOS) {
                want.replyTo().tell(new Grant(given));
                waiting.remove(want.node());
            }
        }
        if (!waiting.isEmpty()) {
            timers.startSingleTimer(new Serve(), SERVE_EVERY);
        }
    }
}
