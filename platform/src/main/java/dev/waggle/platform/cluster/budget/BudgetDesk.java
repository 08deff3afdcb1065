package dev.waggle.platform.cluster.budget;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Those of this node that want to dial. No more than there are accounts here, each once.
///
/// While the keeper says nothing, one a second goes on: less than any budget that makes sense, and more than none.
final class BudgetDesk extends AbstractBehavior<BudgetDesk.Command> {
    sealed interface Command {}

    /// @param last when it had its last traffic, in epoch milliseconds
    record Dial(long last, CompletableFuture<Done> permit) implements Command {}

    private record Granted(int count) implements Command {}

    private record Silence() implements Command {}

    private record Place(long last, long number, CompletableFuture<Done> permit) {}

    /// So many are asked for at once: the next ones may be less urgent than those of another node.
    private static final int ASKED_MAX = 16;

    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    private final String node;
    private final TimerScheduler<Command> timers;
    private final ActorRef<BudgetKeeper.Command> keeper;
    private final ActorRef<BudgetKeeper.Grant> grants;
    private final PriorityQueue<Place> places = new PriorityQueue<>(
            Comparator.comparingLong((Place place) -> -place.last()).thenComparingLong(Place::number));
    private long number;
    private boolean asked;

    static Behavior<Command> create(String node, ActorRef<BudgetKeeper.Command> keeper) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new BudgetDesk(context, timers, node, keeper)));
    }

    private BudgetDesk(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String node,
            ActorRef<BudgetKeeper.Command> keeper) {
        super(context);
        this.node = node;
        this.timers = timers;
        this.keeper = keeper;
        this.grants = context.messageAdapter(BudgetKeeper.Grant.class, grant -> new Granted(grant.count()));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Dial(var last, var permit) -> {
                places.add(new Place(last, number++, permit));
                if (!asked) {
                    ask();
                }
            }
            case Granted(var count) -> {
                asked = false;
                release(count);
                ask();
            }
            case Silence() -> {
                getContext().getLog().debug("the connect budget is away");
                release(1);
                ask();
            }
        }
        return this;
    }

    private void release(int count) {
        for (int i = 0; i < count && !places.isEmpty(); i++) {
            places.remove().permit().complete(Done.getInstance());
        }
    }

    private void ask() {
        Place first = places.peek();
        // Also when nobody wants anything just now, nor an answer will come: the next one has to ask again.
        asked = first != null;
        if (first == null) {
            timers.cancelAll();
            return;
        }
        keeper.tell(new BudgetKeeper.Want(node, first.last(), Math.min(places.size(), ASKED_MAX), grants));
        timers.startSingleTimer(new Silence(), ANSWER_MAX);
    }
}
