package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import java.time.Instant;

/// One public event: `sequence` from 1 without gaps, a dotted type such as `message.received`, an opaque payload.
public record EventRow(long sequence, String type, Instant at, Bytes payload) {
    public EventRow {
        if (sequence < 1) {
            throw new IllegalArgumentException("event sequence: " + sequence + " (expected: 1 or more)");
        }
        at = Times.millis(at);
    }
}
