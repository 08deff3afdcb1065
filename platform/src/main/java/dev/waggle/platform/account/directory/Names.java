package dev.waggle.platform.account.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.storage.ProtocolStore;
import dev.waggle.storage.row.LidMapping;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The two names of users: memory in front of the store. Thread-safe.
final class Names {
    private static final int USERS_MAX = 20_000;

    private final ProtocolStore store;
    private final Clock clock;
    private final Cache<Jid, Identity> known =
            Caffeine.newBuilder().maximumSize(USERS_MAX).build();

    Names(ProtocolStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What is known without the server.
    CompletionStage<Identity> find(Jid user) {
        Jid bare = user.bare().canonical();
        Identity cached = known.getIfPresent(bare);
        if (cached != null) {
            return CompletableFuture.completedStage(cached);
        }
        if (bare.isLid()) {
            return store.loadLidMapping(bare)
                    .thenApply(row -> remember(row.map(LidMapping::pn).orElse(null), bare));
        }
        if (bare.isPn()) {
            return store.loadPnMapping(bare)
                    .thenApply(row -> remember(bare, row.map(LidMapping::lid).orElse(null)));
        }
        return CompletableFuture.completedStage(new Identity(bare, null));
    }

    private Identity remember(@Nullable Jid pn, @Nullable Jid lid) {
        Identity identity = new Identity(pn, lid);
        if (pn != null && lid != null) {
            known.put(pn, identity);
            known.put(lid, identity);
        }
        return identity;
    }

    /// Both names at once; written only when new.
    void learn(Jid lid, Jid pn, String source) {
        Jid bareLid = lid.bare();
        Jid barePn = pn.bare().canonical();
        Identity before = known.getIfPresent(bareLid);
        if (before != null && barePn.equals(before.pn())) {
            return;
        }
        remember(barePn, bareLid);
        Instant now = clock.instant();
        var _ = store.putLidMappings(List.of(new LidMapping(bareLid, barePn, now, now, source)));
    }
}
