package dev.waggle.platform.webhook;

import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.webhook.call.Outcome;
import dev.waggle.platform.webhook.lane.Cursor;
import dev.waggle.platform.webhook.lane.Item;
import dev.waggle.platform.webhook.lane.Progress;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.vault.Sealer;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What a [Delivery] is told by others, first, and by itself. The first group holds nothing that is local to a
/// node: the pair can live anywhere.
sealed interface DeliveryCommand {

    /// What is answered in any case.
    sealed interface Question<T> extends DeliveryCommand {
        ActorRef<Reply<T>> replyTo();

        default void away(String why) {
            replyTo().tell(new Reply.Away<>(why));
        }

        default void refuse(WebhookRefused.Code code, String detail) {
            replyTo().tell(new Reply.Refused<>(code, detail));
        }
    }

    /// The webhook is there, or was changed.
    record Run() implements DeliveryCommand {}

    record Describe(ActorRef<Reply<Position>> replyTo) implements Question<Position> {}

    /// See [dev.waggle.platform.port.webhook.Webhooks#seek].
    record Seek(long after, ActorRef<Reply<Position>> replyTo) implements Question<Position> {}

    record Redeliver(long sequence, ActorRef<Reply<Trial>> replyTo) implements Question<Trial> {}

    record Drop(long sequence, ActorRef<Reply<Done>> replyTo) implements Question<Done> {}

    /// Forget everything and stop.
    record End(ActorRef<Reply<Done>> replyTo) implements Question<Done> {}

    /// What a node of another build asked, and this one does not know.
    record Unheard(ActorRef<Reply<Done>> replyTo) implements Question<Done> {}

    /// @param made the cursor was not there yet
    record Opened(Sealer sealer, Cursor cursor, boolean made) implements DeliveryCommand {}

    record NotOpened(Throwable failure) implements DeliveryCommand {}

    record ReadAhead(
            int round, List<PublicEvent> page, @Nullable Throwable failure) implements DeliveryCommand {}

    record ReadBehind(
            int round,
            Progress.Need.Behind need,
            List<PublicEvent> page,
            @Nullable Throwable failure) implements DeliveryCommand {}

    record Carried(int round, Item item, Outcome outcome) implements DeliveryCommand {}

    /// @param more there was no such dead letter before
    record Buried(
            int round, Item item, boolean more, @Nullable Throwable failure) implements DeliveryCommand {}

    record Stored(int round, int settled, @Nullable Throwable failure) implements DeliveryCommand {}

    record Sought(long after, @Nullable Throwable failure, ActorRef<Reply<Position>> replyTo)
            implements DeliveryCommand {}

    /// Something to do on the delivery's thread.
    record Then(Runnable work) implements DeliveryCommand {}
}
