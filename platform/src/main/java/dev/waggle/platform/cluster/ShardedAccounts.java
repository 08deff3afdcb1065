package dev.waggle.platform.cluster;

import com.typesafe.config.Config;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountServices;
import dev.waggle.platform.cluster.handover.Handover;
import dev.waggle.platform.cluster.handover.Leaving;
import dev.waggle.platform.cluster.lease.Warden;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.cluster.sharding.typed.HashCodeNoEnvelopeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// The way to every account of a cluster, from any of its nodes: whoever is told something here is found by the
/// account's id, and begun when it runs nowhere. Accounts that ran once and should run are begun again by the
/// cluster when their node is gone.
public final class ShardedAccounts extends AbstractBehavior<Accounts.Command> {
    /// Stands in what is remembered of the shards: never to be changed.
    public static final EntityTypeKey<Accounts.Command> KEY = EntityTypeKey.create(Accounts.Command.class, "account");

    private final ActorRef<Accounts.Command> region;

    /// @param fencedOff told which accounts end since their lease is over
    /// @param erase removes data key, rows and directory entry of an account that does not run
    /// @param gone told when an account does not run here any more
    /// @param adrift told when nobody here can say any more what an account does, since its lease is over
    public static Behavior<Accounts.Command> create(
            int shards,
            Fencing fencing,
            FencedOff fencedOff,
            AccountServices services,
            Function<AccountId, CompletionStage<Void>> erase,
            Consumer<AccountId> gone,
            Consumer<AccountId> adrift) {
        return Behaviors.setup(context -> {
            Placement.keep(context.getSystem().classicSystem(), KEY.name());
            Leaving leaving = Leaving.of(context.getSystem());
            context.spawn(Handover.create(leaving, KEY), "handover");
            ActorRef<Warden.Command> warden = fencing.warden(context);
            return new ShardedAccounts(
                    context,
                    ClusterSharding.get(context.getSystem())
                            .init(Entity.of(
                                            KEY,
                                            entity -> AccountEntity.create(
                                                    new AccountId(entity.getEntityId()),
                                                    new AccountEntity.Place(
                                                            services,
                                                            warden,
                                                            fencedOff,
                                                            Fencing.name(
                                                                    shard(new AccountId(entity.getEntityId()), shards)),
                                                            erase,
                                                            gone,
                                                            adrift,
                                                            entity.getShard())))
                                    .withMessageExtractor(new ByAccount(shards))
                                    .withAllocationStrategy(placement(context.getSystem(), leaving))
                                    .withStopMessage(new Accounts.HandOff())));
        });
    }

    private ShardedAccounts(ActorContext<Accounts.Command> context, ActorRef<Accounts.Command> region) {
        super(context);
        this.region = region;
    }

    private static Placement placement(ActorSystem<?> system, Leaving leaving) {
        Config config = system.settings().config().getConfig("pekko.cluster.sharding.least-shard-allocation-strategy");
        int atOnce = config.getInt("rebalance-absolute-limit");
        return new Placement(
                KEY.name(),
                ShardCoordinator.ShardAllocationStrategy$.MODULE$.leastShardAllocationStrategy(
                        atOnce, config.getDouble("rebalance-relative-limit")),
                leaving::isAt,
                atOnce);
    }

    /// The shard that an account is in, with others.
    static String shard(AccountId account, int shards) {
        return new ByAccount(shards).shardId(account.value());
    }

    private static final class ByAccount extends HashCodeNoEnvelopeMessageExtractor<Accounts.Command> {
        ByAccount(int shards) {
            super(shards);
        }

        @Override
        public String entityId(Accounts.Command message) {
            return switch (message) {
                case Accounts.Tell(var account, var _) -> account.value();
                case Accounts.Erase(var account, var _) -> account.value();
                case Accounts.Restart(var account, var _) -> account.value();
                case Accounts.Unheard(var account, var _, var _) -> account.value();
                default -> throw new IllegalArgumentException("of no account: " + message);
            };
        }
    }

    @Override
    public Receive<Accounts.Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Accounts.Command> onMessage(Accounts.Command message) {
        switch (message) {
            case Accounts.Tell _, Accounts.Erase _, Accounts.Restart _, Accounts.Unheard _ -> region.tell(message);
            case Accounts.LeaveAll(var replyTo) -> replyTo.tell(Done.getInstance());
            case Accounts.Nothing(), Accounts.HandOff(), Accounts.Private _ -> {
                // Answered by whoever made it, or said to others.
            }
        }
        return this;
    }
}
