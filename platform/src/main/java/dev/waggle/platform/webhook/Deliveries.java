package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.webhook.call.Courier;
import dev.waggle.storage.control.AccountRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// The deliveries of one node: one for each webhook and each account that it selects. One node is all there is yet:
/// sharding takes this place, with the same messages.
final class Deliveries extends AbstractBehavior<Deliveries.Command> {
    sealed interface Command {}

    /// Everything anew: after the start, and after a webhook was made or changed.
    record Sync() implements Command {}

    /// An account was made or changed.
    record Listed(AccountRow row) implements Command {}

    record Tell(Pair pair, DeliveryCommand command) implements Command {}

    /// Whatever is kept of these pairs goes. Answers when it is gone.
    record Forget(List<Pair> pairs, ActorRef<Reply<Done>> replyTo) implements Command {}

    /// Everything of an account.
    record ForgetAccount(AccountId account, ActorRef<Reply<Done>> replyTo) implements Command {}

    private record Gone(String webhook) implements Command {}

    private record Forgotten(Pair pair, Reply<Done> reply) implements Command {}

    private record Ended(Pair pair, ActorRef<DeliveryCommand> actor) implements Command {}

    private static final class Leaving {
        private final Set<Pair> open;
        private final ActorRef<Reply<Done>> replyTo;
        private Reply<Done> reply = new Reply.Told<>(Done.getInstance());

        private Leaving(Set<Pair> open, ActorRef<Reply<Done>> replyTo) {
            this.open = open;
            this.replyTo = replyTo;
        }
    }

    private static final java.time.Duration END_MAX = java.time.Duration.ofSeconds(30);

    private final WebhookServices services;
    private final Definitions definitions;
    private final WebhookShelf shelf;
    private final Courier courier;
    private final WebhookMeters meters;
    private final Map<Pair, ActorRef<DeliveryCommand>> running = new HashMap<>();
    private final java.util.List<Leaving> leaving = new java.util.ArrayList<>();

    static Behavior<Command> create(
            WebhookServices services, Definitions definitions, WebhookShelf shelf, Courier courier) {
        return Behaviors.setup(context -> new Deliveries(context, services, definitions, shelf, courier));
    }

    private Deliveries(
            ActorContext<Command> context,
            WebhookServices services,
            Definitions definitions,
            WebhookShelf shelf,
            Courier courier) {
        super(context);
        this.services = services;
        this.definitions = definitions;
        this.shelf = shelf;
        this.courier = courier;
        this.meters = new WebhookMeters(services.meters(), services.clock());
        sync();
        context.pipeToSelf(
                shelf.pairs(),
                (pairs, failure) -> new Forget(
                        failure == null ? pairs.stream().filter(this::orphan).toList() : List.of(),
                        context.getSystem().ignoreRef()));
    }

    /// A cursor that was left by a deletion that did not finish.
    private boolean orphan(Pair pair) {
        return services.directory()
                .find(pair.account())
                .filter(row -> definitions
                        .find(pair.webhook())
                        .filter(definition -> wants(definition, row))
                        .isPresent())
                .isEmpty();
    }

    static boolean wants(Definition definition, AccountRow row) {
        return definition.webhook().selector().selects(row.id(), row.labels());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Sync _ -> sync();
            case Listed(var row) -> definitions.all().forEach(definition -> place(definition, row, false));
            case Tell(var pair, var command) -> tell(pair, command);
            case Forget(var pairs, var replyTo) -> forget(new HashSet<>(pairs), replyTo);
            case ForgetAccount(var account, var replyTo) -> forgetAccount(account, replyTo);
            case Gone(var webhook) -> gone(webhook);
            case Forgotten(var pair, var reply) -> forgotten(pair, reply);
            case Ended(var pair, var actor) -> running.remove(pair, actor);
        }
        return this;
    }

    private void sync() {
        for (AccountRow row : services.directory().all()) {
            definitions.all().forEach(definition -> place(definition, row, true));
        }
    }

    private void place(Definition definition, AccountRow row, boolean changed) {
        Pair pair = new Pair(definition.webhook().id(), row.id());
        boolean there = running.containsKey(pair);
        if (!wants(definition, row)) {
            if (there) {
                forget(new HashSet<>(Set.of(pair)), getContext().getSystem().ignoreRef());
            }
        } else if (!there) {
            start(pair, definition);
        } else if (changed) {
            tell(pair, new DeliveryCommand.Run());
        }
    }

    private void start(Pair pair, Definition definition) {
        Behavior<DeliveryCommand> delivery = Delivery.create(
                pair,
                definition,
                services,
                definitions,
                shelf,
                courier,
                meters,
                webhook -> getContext().getSelf().tell(new Gone(webhook)));
        ActorRef<DeliveryCommand> actor = getContext()
                .spawnAnonymous(Behaviors.supervise(delivery).onFailure(SupervisorStrategy.restart()));
        running.put(pair, actor);
        getContext().watchWith(actor, new Ended(pair, actor));
    }

    private void tell(Pair pair, DeliveryCommand command) {
        ActorRef<DeliveryCommand> actor = running.get(pair);
        if (actor != null) {
            actor.tell(command);
        }
    }

    /// The receiver wants nothing more: nobody's events are sent there from now on.
    private void gone(String webhook) {
        getContext().getLog().warn("webhook {} answered 410 and is stopped", webhook);
        getContext()
                .pipeToSelf(
                        definitions.change(webhook, definition -> definition.stopped(Webhook.GONE)),
                        (_, _) -> new Sync());
    }

    private void forgetAccount(AccountId account, ActorRef<Reply<Done>> replyTo) {
        Set<Pair> pairs = new HashSet<>();
        definitions.all().forEach(definition -> pairs.add(new Pair(definition.webhook().id(), account)));
        forget(pairs, replyTo);
    }

    private void forget(Set<Pair> pairs, ActorRef<Reply<Done>> replyTo) {
        if (pairs.isEmpty()) {
            replyTo.tell(new Reply.Told<>(Done.getInstance()));
            return;
        }
        leaving.add(new Leaving(pairs, replyTo));
        for (Pair pair : Set.copyOf(pairs)) {
            ActorRef<DeliveryCommand> actor = running.remove(pair);
            if (actor != null) {
                getContext()
                        .<DeliveryCommand, Reply<Done>>ask(
                                replies(), actor, END_MAX, DeliveryCommand.End::new, (reply, failure) ->
                                        new Forgotten(pair, failure == null ? reply : Seeking.refused(failure)));
            } else {
                getContext().pipeToSelf(shelf.forget(pair), (_, failure) -> new Forgotten(
                        pair, failure == null ? new Reply.Told<>(Done.getInstance()) : Seeking.refused(failure)));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<Reply<Done>> replies() {
        return (Class<Reply<Done>>) (Class<?>) Reply.class;
    }

    private void forgotten(Pair pair, Reply<Done> reply) {
        for (Leaving one : List.copyOf(leaving)) {
            if (one.open.remove(pair) && !(reply instanceof Reply.Told)) {
                one.reply = reply;
            }
            if (one.open.isEmpty()) {
                leaving.remove(one);
                one.replyTo.tell(one.reply);
            }
        }
    }
}
