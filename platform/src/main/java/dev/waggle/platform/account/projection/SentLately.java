package dev.waggle.platform.account.projection;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.port.SentStates;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What is known of a send, also while the stores have not followed its acceptance yet: a receipt can be faster
/// than they are, and must not be taken for one of somebody else's message. Thread-safe.
public final class SentLately implements SentStates {
    /// More than may be journaled and not yet followed.
    private static final int KEPT_MAX = 8_192;

    private final SentStates stored;
    private final Map<String, Intent> lately = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Intent> eldest) {
            return size() > KEPT_MAX;
        }
    };

    public SentLately(SentStates stored) {
        this.stored = stored;
    }

    public void accepted(Intent intent) {
        synchronized (lately) {
            lately.put(intent.getMessageId(), intent);
        }
    }

    /// The stores have followed the event: they answer for its sends from now on.
    public void followed(Event event) {
        synchronized (lately) {
            StoreWrites.intents(event).forEach(intent -> lately.remove(intent.getMessageId()));
        }
    }

    /// Remembers first and reads then: what was forgotten before, the stores have.
    @Override
    public CompletionStage<Optional<OutboundRow>> sent(String id) {
        Optional<OutboundRow> remembered = remembered(id);
        return stored.sent(id).thenApply(row -> row.or(() -> remembered));
    }

    private Optional<OutboundRow> remembered(String id) {
        synchronized (lately) {
            return Optional.ofNullable(lately.get(id)).map(intent -> row(intent, 0));
        }
    }

    /// An accepted send as the stores keep it.
    static OutboundRow row(Intent intent, long revision) {
        return new OutboundRow(
                new MessageId(intent.getMessageId()),
                intent.getIdempotencyKey(),
                Bytes.wrap(intent.getBodyHash().toByteArray()),
                Jid.parse(intent.getChat()),
                OutboundState.ACCEPTED,
                Instant.ofEpochMilli(intent.getAcceptedAtMillis()),
                Bytes.wrap(intent.toByteArray()),
                "",
                revision);
    }
}
