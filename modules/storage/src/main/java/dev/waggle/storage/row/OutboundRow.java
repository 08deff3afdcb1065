package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import java.time.Instant;

/// A send. `sequence` is the journal sequence that accepted it, `payload` opaque, `problem` a stable code or empty.
public record OutboundRow(
        MessageId id,
        String idempotencyKey,
        Bytes bodyHash,
        Jid chat,
        OutboundState state,
        Instant acceptedAt,
        Bytes payload,
        String problem,
        long sequence) {
    public OutboundRow {
        acceptedAt = Times.millis(acceptedAt);
    }

    public OutboundRow withState(OutboundState next, String why) {
        return new OutboundRow(id, idempotencyKey, bodyHash, chat, next, acceptedAt, payload, why, sequence);
    }
}
