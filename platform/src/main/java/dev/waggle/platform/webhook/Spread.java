package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.webhook.shelf.Pair;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// The deliveries of a cluster, in parts that live anywhere: each is a [Deliveries] for its share of the accounts.
/// Takes the same messages, and gives each to the parts that it concerns.
final class Spread extends AbstractBehavior<Deliveries.Command> {
    private static final EntityTypeKey<Deliveries.Command> KEY =
            EntityTypeKey.create(Deliveries.Command.class, WebhookDesk.SPREAD);
    /// Never to be changed while any node runs: an account would be in two parts.
    private static final int PARTS = 32;

    private static final Duration FORGET_MAX = Duration.ofSeconds(50);

    private final ActorRef<ShardingEnvelope<Deliveries.Command>> region;

    /// @param part makes the deliveries of some accounts
    static Behavior<Deliveries.Command> create(Function<Predicate<AccountId>, Behavior<Deliveries.Command>> part) {
        return Behaviors.setup(context -> new Spread(
                context,
                ClusterSharding.get(context.getSystem())
                        .init(Entity.of(
                                        KEY,
                                        entity -> part.apply(
                                                account -> of(account).equals(entity.getEntityId())))
                                .withMessageExtractor(new HashCodeMessageExtractor<>(PARTS))
                                .withStopMessage(new Deliveries.Stop()))));
    }

    private Spread(ActorContext<Deliveries.Command> context, ActorRef<ShardingEnvelope<Deliveries.Command>> region) {
        super(context);
        this.region = region;
    }

    private static String of(AccountId account) {
        return Integer.toString(Math.floorMod(account.value().hashCode(), PARTS));
    }

    @Override
    public Receive<Deliveries.Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Deliveries.Command> onMessage(Deliveries.Command message) {
        switch (message) {
            case Deliveries.Sync _, Deliveries.Changed _ -> {
                for (int part = 0; part < PARTS; part++) {
                    region.tell(new ShardingEnvelope<>(Integer.toString(part), message));
                }
            }
            case Deliveries.Listed(var row) -> tell(of(row.id()), message);
            case Deliveries.Ask(var pair, var _) -> tell(of(pair.account()), message);
            case Deliveries.ForgetAccount(var account, var _) -> tell(of(account), message);
            case Deliveries.Forget(var pairs, var replyTo) -> forget(pairs, replyTo);
            case Deliveries.Stop(), Deliveries.Private _ -> {
                // Said to the parts, or by them to themselves.
            }
        }
        return this;
    }

    private void tell(String part, Deliveries.Command message) {
        region.tell(new ShardingEnvelope<>(part, message));
    }

    private void forget(Set<Pair> pairs, ActorRef<Reply<Done>> replyTo) {
        Map<String, Set<Pair>> byPart =
                pairs.stream().collect(Collectors.groupingBy(pair -> of(pair.account()), Collectors.toSet()));
        CompletionStage<Reply<Done>> all = CompletableFuture.completedStage(new Reply.Told<>(Done.getInstance()));
        for (var part : byPart.entrySet()) {
            CompletionStage<Reply<Done>> one = AskPattern.ask(
                    region,
                    to -> new ShardingEnvelope<>(part.getKey(), new Deliveries.Forget(part.getValue(), to)),
                    FORGET_MAX,
                    getContext().getSystem().scheduler());
            all = all.thenCombine(one, (before, now) -> before instanceof Reply.Told ? now : before);
        }
        var _ = all.whenComplete((reply, failure) -> replyTo.tell(failure == null ? reply : Failing.reply(failure)));
    }
}
