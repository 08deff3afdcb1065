package dev.waggle.platform.webhook;

import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.webhook.DeliveryCommand.Describe;
import dev.waggle.platform.webhook.DeliveryCommand.End;
import dev.waggle.platform.webhook.DeliveryCommand.NotOpened;
import dev.waggle.platform.webhook.DeliveryCommand.Opened;
import dev.waggle.platform.webhook.DeliveryCommand.Question;
import dev.waggle.platform.webhook.DeliveryCommand.Run;
import dev.waggle.platform.webhook.DeliveryCommand.Stored;
import dev.waggle.platform.webhook.DeliveryCommand.Then;
import dev.waggle.platform.webhook.lane.Backoff;
import dev.waggle.platform.webhook.lane.Cursor;
import dev.waggle.platform.webhook.shelf.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Delivers one account's events to one webhook: finds its place, then does the [Work]. It reads the log itself:
/// whether the account runs, and where, does not matter.
final class Delivery extends AbstractBehavior<DeliveryCommand> {
    /// Questions that wait until its place is known.
    private static final int EARLY_MAX = 64;

    private final TimerScheduler<DeliveryCommand> timers;
    private final Pair pair;
    private final DeliveryServices services;
    private final Backoff backoff;
    private final List<Question<?>> early = new ArrayList<>();
    private @Nullable Work work;

    static Behavior<DeliveryCommand> create(Pair pair, DeliveryServices services) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Delivery(context, timers, pair, services)));
    }

    private Delivery(
            ActorContext<DeliveryCommand> context,
            TimerScheduler<DeliveryCommand> timers,
            Pair pair,
            DeliveryServices services) {
        super(context);
        this.timers = timers;
        this.pair = pair;
        this.services = services;
        this.backoff = new Backoff(services.node().random());
        context.getSelf().tell(new Then(this::open));
    }

    @Override
    public Receive<DeliveryCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(End.class, end -> ending(end.replyTo()))
                .onMessage(DeliveryCommand.class, this::onMessage)
                .onSignal(PostStop.class, _ -> {
                    services.calls().leave(pair);
                    return this;
                })
                .build();
    }

    private Behavior<DeliveryCommand> onMessage(DeliveryCommand message) {
        Work current = work;
        if (current != null) {
            current.on(message);
            return this;
        }
        switch (message) {
            case Opened opened -> opened(opened);
            case NotOpened(var failure) -> notOpened(Failing.text(failure));
            case Then(var next) -> next.run();
            case Question<?> question when early.size() < EARLY_MAX -> early.add(question);
            case Question<?> question -> question.away("too many questions before its place is known");
            default -> {
                // A change of the webhook is seen when it begins; everything else is told by the work.
            }
        }
        return this;
    }

    private void open() {
        CompletionStage<Opened> opened = services.shelf()
                .sealer(pair.account())
                .thenCompose(sealer -> services.shelf()
                        .cursor(sealer, pair)
                        .thenCompose(stored -> stored.isPresent()
                                ? CompletableFuture.completedStage(new Opened(sealer, stored.get(), false))
                                : beginning().thenApply(after -> new Opened(sealer, Cursor.at(after), true))));
        getContext().pipeToSelf(opened, (done, failure) -> failure == null ? done : new NotOpened(failure));
    }

    private CompletionStage<Long> beginning() {
        return CompletableFuture.completedStage(pair.webhook())
                .thenApply(services.definitions()::there)
                .thenCompose(
                        definition -> Beginning.of(services.node().events(), pair.account(), definition.webhook()));
    }

    private void opened(Opened opened) {
        services.definitions().find(pair.webhook()).ifPresent(definition -> {
            Work begun = new Work(getContext(), timers, pair, services, definition, opened);
            work = begun;
            List.copyOf(early).forEach(begun::on);
            early.clear();
            begun.on(new Run());
        });
    }

    /// A webhook that was deleted meanwhile ends this by [End].
    private void notOpened(String why) {
        getContext().getLog().warn("webhook {}: its place is not known yet: {}", pair, why);
        services.meters().report(pair, Position.State.STORE_AWAY, 0);
        early.forEach(question -> question.away(why));
        early.clear();
        timers.startSingleTimer("open again", new Then(this::open), backoff.next());
    }

    private Behavior<DeliveryCommand> ending(ActorRef<Reply<Done>> replyTo) {
        services.meters().forget(pair);
        services.calls().leave(pair);
        early.forEach(question -> question.refuse(WebhookRefused.Code.WEBHOOK_NOT_FOUND, "it is being removed"));
        return work != null && work.writing()
                ? Behaviors.receiveMessage(message -> switch (message) {
                    case Stored _ -> ended(replyTo);
                    case Question<?> question -> {
                        question.refuse(WebhookRefused.Code.WEBHOOK_NOT_FOUND, "it is being removed");
                        yield Behaviors.same();
                    }
                    default -> Behaviors.same();
                })
                : ended(replyTo);
    }

    private Behavior<DeliveryCommand> ended(ActorRef<Reply<Done>> replyTo) {
        var _ = services.shelf()
                .forget(pair)
                .whenComplete((_, failure) -> replyTo.tell(
                        failure == null
                                ? new Reply.Told<>(Done.getInstance())
                                : new Reply.Away<>(Failing.text(failure))));
        return Behaviors.stopped();
    }
}
