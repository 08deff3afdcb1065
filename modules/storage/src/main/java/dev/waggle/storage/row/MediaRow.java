package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import java.time.Instant;

/// Where the file of a message is and how it is opened. `payload` is opaque, `at` the message's time.
public record MediaRow(MessageKey key, Bytes payload, Instant at) {
    public MediaRow {
        at = Times.millis(at);
    }
}
