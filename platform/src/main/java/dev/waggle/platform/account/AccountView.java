package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.address.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An account as it reads from outside. Instants are null until the thing first happened in this process.
///
/// @param proxy without its password; empty: the node's own way out
public record AccountView(
        AccountId id,
        boolean running,
        ObservedState observed,
        String reason,
        @Nullable Jid jid,
        @Nullable Jid pn,
        @Nullable Jid lid,
        String pushName,
        String node,
        long epoch,
        @Nullable Instant lastTrafficAt,
        @Nullable Instant lastServerAckAt,
        @Nullable Restriction restriction,
        List<String> labels,
        Map<String, String> metadata,
        Set<String> plugins,
        String proxy,
        long lastSequence) {

    /// What the server forbids for now; `until` is null when it did not say.
    public record Restriction(
            String kind, int waCode, @Nullable Instant until) {}

    public AccountView {
        labels = List.copyOf(labels);
        metadata = Map.copyOf(metadata);
        plugins = Set.copyOf(plugins);
    }

    /// The same account, seen otherwise.
    AccountView observed(ObservedState other, String why) {
        return new AccountView(
                id,
                running,
                other,
                why,
                jid,
                pn,
                lid,
                pushName,
                node,
                epoch,
                lastTrafficAt,
                lastServerAckAt,
                restriction,
                labels,
                metadata,
                plugins,
                proxy,
                lastSequence);
    }
}
