package dev.waggle.platform.cluster.handover;

import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// Hears which members are leaving, and has this one leave when it is one of them and has no shard any more, or has
/// waited long enough.
public final class Handover extends AbstractBehavior<Handover.Command> {
    public sealed interface Command {}

    private record Heard(Replicator.SubscribeResponse<ORSet<String>> change) implements Command {}

    private record Look() implements Command {}

    private record Seen(int shards) implements Command {}

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final TimerScheduler<Command> timers;
    private final Leaving leaving;
    private final EntityTypeKey<?> type;
    private final ActorRef<CurrentShardRegionState> states;
    private long since;
    private boolean begun;
    private boolean left;

    /// @param type what a member that leaves has shards of
    public static Behavior<Command> create(Leaving leaving, EntityTypeKey<?> type) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> DistributedData.withReplicatorMessageAdapter(
                (ReplicatorMessageAdapter<Command, ORSet<String>> replicator) -> {
                    replicator.subscribe(Leaving.KEY, Heard::new);
                    return new Handover(context, timers, leaving, type);
                })));
    }

    private Handover(
            ActorContext<Command> context, TimerScheduler<Command> timers, Leaving leaving, EntityTypeKey<?> type) {
        super(context);
        this.timers = timers;
        this.leaving = leaving;
        this.type = type;
        this.states = context.messageAdapter(
                CurrentShardRegionState.class,
                state -> new Seen(state.getShards().size()));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Heard(var change) -> {
                if (change instanceof Replicator.Changed<ORSet<String>> changed) {
                    heard(changed.get(Leaving.KEY).getElements());
                }
            }
            case Look() -> look();
            case Seen(var shards) -> seen(shards);
        }
        return this;
    }

    private void heard(Set<String> members) {
        leaving.know(members);
        if (!begun && members.contains(Leaving.name(leaving.self()))) {
            begun = true;
            since = System.nanoTime();
            getContext().getLog().info("handing the accounts over");
            look();
        }
    }

    private void look() {
        if (!leaving.hasHeirs()) {
            leave("there is nobody else");
        } else if (System.nanoTime() - since > leaving.most().toNanos()) {
            leave("not everything was taken over after " + leaving.most());
        } else {
            ClusterSharding.get(getContext().getSystem()).shardState().tell(new GetShardRegionState(type, states));
            timers.startSingleTimer(new Look(), LOOK_EVERY);
        }
    }

    private void seen(int shards) {
        if (shards == 0) {
            leave("everything was taken over");
        }
    }

    private void leave(String why) {
        if (!left) {
            left = true;
            timers.cancelAll();
            getContext().getLog().info("leaving the cluster: {}", why);
            leaving.leave();
        }
    }
}
