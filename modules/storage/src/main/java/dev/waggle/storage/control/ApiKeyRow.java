package dev.waggle.storage.control;

import dev.waggle.address.Bytes;
import dev.waggle.storage.row.Times;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An API key, its secret hashed by the caller. Without `expiresAt` it holds until it is disabled or deleted.
public record ApiKeyRow(
        String id,
        Bytes secretHash,
        Set<String> scopes,
        String label,
        Instant createdAt,
        @Nullable Instant expiresAt,
        boolean disabled) {
    public ApiKeyRow {
        scopes = Set.copyOf(scopes);
        createdAt = Times.millis(createdAt);
        expiresAt = expiresAt == null ? null : Times.millis(expiresAt);
    }
}
