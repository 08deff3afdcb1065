package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.Homeless;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.webhook.DeliveryCommand.Question;
import dev.waggle.platform.webhook.shelf.Definition;
import dev.waggle.platform.webhook.shelf.Definitions;
import dev.waggle.platform.webhook.shelf.Pair;
import dev.waggle.storage.control.AccountRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Deliveries, one for each webhook and each account that it selects: all of a node that is alone, or one part of a
/// cluster's ([Spread]).
final class Deliveries extends AbstractBehavior<Deliveries.Command> {
    sealed interface Command {}

    /// What nodes say to parts, wherever those are. Nothing is lost with news of what the store knows too: parts
    /// read it anew.
    sealed interface Public extends Command, Homeless {
        @Override
        default void givenUp() {}
    }

    private static final Reply.Away<Done> MOVES = new Reply.Away<>("the deliveries move to another node");

    /// What they say to themselves.
    sealed interface Private extends Command {}

    /// Everything anew, after the start.
    record Sync() implements Public {}

    /// Another node takes this part over.
    record Stop() implements Command {}

    /// A webhook was made or changed.
    record Changed(String webhook) implements Public {}

    /// An account was made or changed.
    record Listed(AccountRow row) implements Public {}

    record Ask(Pair pair, Question<?> question) implements Public {
        @Override
        public void givenUp() {
            question.away(MOVES.detail());
        }
    }

    /// Whatever is kept of these pairs goes. Answers when it is gone.
    record Forget(Set<Pair> pairs, ActorRef<Reply<Done>> replyTo) implements Public {
        @Override
        public void givenUp() {
            replyTo.tell(MOVES);
        }
    }

    /// Everything of an account, which is being deleted.
    record ForgetAccount(AccountId account, ActorRef<Reply<Done>> replyTo) implements Public {
        @Override
        public void givenUp() {
            replyTo.tell(MOVES);
        }
    }

    private record Gone(String webhook) implements Private {}

    private record Forgotten(Set<Pair> pairs, Reply<Done> reply, ActorRef<Reply<Done>> replyTo) implements Private {}

    private record Ended(Pair pair, ActorRef<DeliveryCommand> actor) implements Private {}

    private record Revive(Pair pair) implements Private {}

    /// Left cursors, once this node has surely heard of every account that has one.
    private record Orphans(List<Pair> pairs) implements Private {}

    /// By then the node's view of accounts and webhooks is read anew twice.
    private static final Duration HEARD_MAX = Duration.ofSeconds(65);

    private static final Duration END_MAX = Duration.ofSeconds(30);
    /// A delivery that ended by a mistake of ours begins again from its cursor.
    private static final Duration REVIVE = Duration.ofSeconds(2);

    private final TimerScheduler<Command> timers;
    private final WebhookServices node;
    private final Definitions definitions;
    private final DeliveryServices services;
    private final Predicate<AccountId> mine;
    private final Map<Pair, ActorRef<DeliveryCommand>> running = new HashMap<>();
    /// What is kept of them is being removed.
    private final Set<Pair> leaving = new HashSet<>();
    /// Being deleted; until they are listed again.
    private final Set<AccountId> going = new HashSet<>();
    private boolean late;

    /// @param mine the accounts that these are for
    static Behavior<Command> create(
            WebhookServices node, DeliveryServices shared, Definitions definitions, Predicate<AccountId> mine) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Deliveries(context, timers, node, shared, definitions, mine)));
    }

    private Deliveries(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            WebhookServices node,
            DeliveryServices shared,
            Definitions definitions,
            Predicate<AccountId> mine) {
        super(context);
        this.timers = timers;
        this.node = node;
        this.definitions = definitions;
        this.mine = mine;
        ActorRef<Command> self = context.getSelf();
        this.services = shared.telling(webhook -> self.tell(new Gone(webhook)));
        context.pipeToSelf(
                services.shelf().pairs(), (pairs, failure) -> new Orphans(failure == null ? pairs : List.of()));
        if (node.directory().shared()) {
            self.tell(new Sync());
        }
    }

    private void orphaned(List<Pair> pairs) {
        if (node.directory().shared() && !late) {
            late = true;
            timers.startSingleTimer(new Orphans(pairs), HEARD_MAX);
        } else {
            forget(orphans(pairs), getContext().getSystem().ignoreRef());
        }
    }

    /// Cursors that were left by a deletion that did not finish.
    private Set<Pair> orphans(List<Pair> pairs) {
        Set<Pair> orphans = new HashSet<>(pairs);
        orphans.removeIf(pair -> !mine.test(pair.account()) || wanted(pair) || running.containsKey(pair));
        return orphans;
    }

    static boolean wants(Definition definition, AccountRow row) {
        return definition.webhook().selector().selects(row.id(), row.labels());
    }

    private boolean wanted(Pair pair) {
        return definitions
                .find(pair.webhook())
                .flatMap(definition -> node.directory().find(pair.account()).filter(row -> wants(definition, row)))
                .isPresent();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Stop() -> {
                return Behaviors.stopped();
            }
            case Orphans(var pairs) -> orphaned(pairs);
            case Sync _ -> {
                definitions.all().forEach(this::sync);
                forget(unwanted(), getContext().getSystem().ignoreRef());
            }
            case Changed(var webhook) -> definitions.find(webhook).ifPresent(this::sync);
            case Listed(var row) -> listed(row);
            case Ask(var pair, var question) -> ask(pair, question);
            case Forget(var pairs, var replyTo) -> forget(pairs, replyTo);
            case ForgetAccount(var account, var replyTo) -> forgetAccount(account, replyTo);
            case Gone(var webhook) -> gone(webhook);
            case Forgotten(var pairs, var reply, var replyTo) -> forgotten(pairs, reply, replyTo);
            case Ended(var pair, var actor) -> ended(pair, actor);
            case Revive(var pair) -> begin(pair);
        }
        return this;
    }

    /// Whose webhook another node removed or changed.
    private Set<Pair> unwanted() {
        Set<Pair> unwanted = new HashSet<>(running.keySet());
        unwanted.removeIf(pair -> definitions
                .find(pair.webhook())
                .filter(definition -> node.directory()
                        .find(pair.account())
                        .map(row -> wants(definition, row))
                        .orElse(true))
                .isPresent());
        return unwanted;
    }

    private void sync(Definition definition) {
        for (AccountRow row : node.directory().all()) {
            if (!mine.test(row.id())) {
                continue;
            }
            Pair pair = new Pair(definition.webhook().id(), row.id());
            ActorRef<DeliveryCommand> actor = running.get(pair);
            if (actor != null) {
                actor.tell(new DeliveryCommand.Run());
            }
            place(pair);
        }
    }

    private void listed(AccountRow row) {
        node.directory().heard(row);
        going.remove(row.id());
        definitions
                .all()
                .forEach(definition -> place(new Pair(definition.webhook().id(), row.id())));
    }

    private void place(Pair pair) {
        if (wanted(pair)) {
            begin(pair);
        } else if (running.containsKey(pair)) {
            forget(Set.of(pair), getContext().getSystem().ignoreRef());
        }
    }

    private void begin(Pair pair) {
        if (running.containsKey(pair) || leaving.contains(pair) || going.contains(pair.account()) || !wanted(pair)) {
            return;
        }
        ActorRef<DeliveryCommand> actor = getContext().spawnAnonymous(Delivery.create(pair, services));
        running.put(pair, actor);
        getContext().watchWith(actor, new Ended(pair, actor));
    }

    private void ask(Pair pair, Question<?> question) {
        if (question instanceof DeliveryCommand.Unheard) {
            question.refuse(WebhookRefused.Code.OTHER_BUILD, "a question that the node of this webhook does not know");
            return;
        }
        begin(pair);
        ActorRef<DeliveryCommand> actor = running.get(pair);
        if (actor == null) {
            question.refuse(
                    WebhookRefused.Code.ACCOUNT_NOT_SELECTED,
                    "webhook " + pair.webhook() + " selects no account " + pair.account());
        } else {
            actor.tell(question);
        }
    }

    private void ended(Pair pair, ActorRef<DeliveryCommand> actor) {
        if (running.remove(pair, actor)) {
            timers.startSingleTimer(pair, new Revive(pair), REVIVE);
        }
    }

    /// The receiver wants nothing more: nobody's events are sent there from now on.
    private void gone(String webhook) {
        getContext().getLog().warn("webhook {} answered 410 and is stopped", webhook);
        getContext()
                .pipeToSelf(
                        definitions.change(webhook, definition -> definition.stopped(Webhook.GONE)),
                        (_, _) -> new Changed(webhook));
    }

    private void forgetAccount(AccountId account, ActorRef<Reply<Done>> replyTo) {
        going.add(account);
        Set<Pair> pairs = new HashSet<>();
        definitions
                .all()
                .forEach(definition -> pairs.add(new Pair(definition.webhook().id(), account)));
        forget(pairs, replyTo);
    }

    private void forget(Set<Pair> pairs, ActorRef<Reply<Done>> replyTo) {
        leaving.addAll(pairs);
        CompletionStage<Reply<Done>> all = CompletableFuture.completedStage(new Reply.Told<>(Done.getInstance()));
        for (Pair pair : pairs) {
            all = all.thenCombine(forget(pair), (before, one) -> before instanceof Reply.Told ? one : before);
        }
        getContext()
                .pipeToSelf(
                        all,
                        (reply, failure) ->
                                new Forgotten(pairs, failure == null ? reply : Failing.reply(failure), replyTo));
    }

    private CompletionStage<Reply<Done>> forget(Pair pair) {
        ActorRef<DeliveryCommand> actor = running.remove(pair);
        return actor == null
                ? services.shelf().forget(pair).thenApply(_ -> new Reply.Told<>(Done.getInstance()))
                : AskPattern.ask(
                        actor,
                        DeliveryCommand.End::new,
                        END_MAX,
                        getContext().getSystem().scheduler());
    }

    /// Whoever wants them again meanwhile has them begin anew.
    private void forgotten(Set<Pair> pairs, Reply<Done> reply, ActorRef<Reply<Done>> replyTo) {
        leaving.removeAll(pairs);
        pairs.forEach(this::begin);
        replyTo.tell(reply);
    }
}
