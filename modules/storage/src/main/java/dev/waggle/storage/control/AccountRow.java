package dev.waggle.storage.control;

import dev.waggle.address.AccountId;
import dev.waggle.address.Jid;
import dev.waggle.storage.row.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The directory's view of an account: what people set and what was observed last. The account itself is its only
/// writer.
public record AccountRow(
        AccountId id,
        String desiredState,
        String observedState,
        String pushName,
        List<String> labels,
        Map<String, String> metadata,
        @Nullable Jid jid,
        @Nullable Jid pn,
        @Nullable Jid lid,
        Instant updatedAt) {
    private static final Set<String> CONNECTED = Set.of("CONNECTING", "SYNCING", "ONLINE");

    public AccountRow {
        labels = List.copyOf(labels);
        metadata = Map.copyOf(metadata);
        updatedAt = Times.millis(updatedAt);
    }

    /// The same account a moment later, which waits if it was connected or about to be.
    public AccountRow waiting() {
        if (!CONNECTED.contains(observedState)) {
            return this;
        }
        return new AccountRow(id, desiredState, "WAITING", pushName, labels, metadata, jid, pn, lid, updatedAt)
                .after(this);
    }

    /// The same, or as if written a moment after `other` when it was not: so that clocks that differ between
    /// writers do not put the earlier one last.
    public AccountRow after(@Nullable AccountRow other) {
        return other == null || updatedAt.isAfter(other.updatedAt())
                ? this
                : new AccountRow(
                        id,
                        desiredState,
                        observedState,
                        pushName,
                        labels,
                        metadata,
                        jid,
                        pn,
                        lid,
                        other.updatedAt().plusMillis(1));
    }
}
