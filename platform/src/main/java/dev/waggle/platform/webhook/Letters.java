package dev.waggle.platform.webhook;

import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.webhook.DeliveryCommand.Drop;
import dev.waggle.platform.webhook.DeliveryCommand.Redeliver;
import dev.waggle.platform.webhook.DeliveryCommand.Then;
import dev.waggle.platform.webhook.call.Outcome;
import dev.waggle.platform.webhook.shelf.Pair;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.vault.Sealer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// The dead letters of one delivery. Part of it, on whose thread it is called.
final class Letters {
    private final ActorContext<DeliveryCommand> context;
    private final Pair pair;
    private final DeliveryServices services;
    private final Sealer sealer;
    private final Function<PublicEvent, CompletionStage<Outcome>> carry;
    private final Runnable gone;

    /// @param carry one attempt
    /// @param gone a letter is no more
    Letters(
            ActorContext<DeliveryCommand> context,
            Pair pair,
            DeliveryServices services,
            Sealer sealer,
            Function<PublicEvent, CompletionStage<Outcome>> carry,
            Runnable gone) {
        this.context = context;
        this.pair = pair;
        this.services = services;
        this.sealer = sealer;
        this.carry = carry;
        this.gone = gone;
    }

    /// @return whether it is one more: an event that is told again may be given up again
    CompletionStage<Boolean> put(DeadLetter letter) {
        return services.shelf()
                .hasLetter(pair, letter.sequence())
                .thenCompose(there -> services.shelf().put(sealer, pair, letter).thenApply(_ -> !there));
    }

    void redeliver(Redeliver asked) {
        long sequence = asked.sequence();
        long began = System.nanoTime();
        CompletionStage<Trial> tried = there(sequence)
                .thenCompose(_ -> services.node().events().page(pair.account(), sequence - 1, Set.of(), 1))
                .thenCompose(page -> carry.apply(page.getFirst()))
                .thenApply(outcome -> outcome.trial(began));
        context.pipeToSelf(
                tried,
                (trial, failure) -> new Then(() -> {
                    if (failure != null) {
                        asked.replyTo().tell(Failing.reply(failure));
                    } else if (trial.taken()) {
                        delete(sequence, asked.replyTo(), trial);
                    } else {
                        asked.replyTo().tell(new Reply.Told<>(trial));
                    }
                }));
    }

    void drop(Drop asked) {
        context.pipeToSelf(
                there(asked.sequence()),
                (_, failure) -> new Then(() -> {
                    if (failure == null) {
                        delete(asked.sequence(), asked.replyTo(), Done.getInstance());
                    } else {
                        asked.replyTo().tell(Failing.reply(failure));
                    }
                }));
    }

    private CompletionStage<Boolean> there(long sequence) {
        return services.shelf().hasLetter(pair, sequence).thenApply(there -> {
            if (!there) {
                throw new WebhookRefused(
                        WebhookRefused.Code.DEAD_LETTER_NOT_FOUND,
                        "there is no dead letter " + pair.account() + "." + sequence);
            }
            return true;
        });
    }

    private <T> void delete(long sequence, ActorRef<Reply<T>> replyTo, T answer) {
        context.pipeToSelf(
                services.shelf().deleteLetter(pair, sequence),
                (_, failure) -> new Then(() -> {
                    if (failure == null) {
                        gone.run();
                        replyTo.tell(new Reply.Told<>(answer));
                    } else {
                        replyTo.tell(Failing.reply(failure));
                    }
                }));
    }
}
