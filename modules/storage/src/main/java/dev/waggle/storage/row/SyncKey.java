package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import java.time.Instant;

/// An app-state key as the primary shared it. `fingerprint` is opaque.
public record SyncKey(Bytes id, Bytes key, Bytes fingerprint, Instant at) {
    public SyncKey {
        at = Times.millis(at);
    }
}
