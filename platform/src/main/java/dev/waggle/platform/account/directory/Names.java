package dev.waggle.platform.account.directory;

import dev.waggle.address.AddressException;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.proto.cache.Cached;
import dev.waggle.proto.cache.CachedIdentity;
import dev.waggle.storage.ProtocolStore;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.row.LidMapping;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The two names of users: the cache in front of the store. Thread-safe.
///
/// What was just learned is held here until the store has it: the next question may come sooner, and must not get
/// the answer from before.
final class Names {
    private static final int UNSTORED_MAX = 10_000;

    private final ProtocolStore store;
    private final FreshCache cache;
    private final Clock clock;
    /// Empty most of the time, of every account: so it is the smallest thing that can be bounded.
    private final Map<Jid, Identity> unstored = Collections.synchronizedMap(new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Jid, Identity> eldest) {
            return size() > UNSTORED_MAX;
        }
    });

    Names(ProtocolStore store, FreshCache cache, Clock clock) {
        this.store = store;
        this.cache = cache;
        this.clock = clock;
    }

    /// What is known without the server.
    CompletionStage<Identity> find(Jid user) {
        Jid bare = user.bare().canonical();
        CacheNamespace namespace = namespace(bare);
        Identity fresh = unstored.get(bare);
        if (namespace == null || fresh != null) {
            return CompletableFuture.completedStage(fresh != null ? fresh : new Identity(bare, null));
        }
        return cache.get(namespace, bare.toString())
                .thenCompose(cached -> cached.flatMap(Names::identity)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() -> stored(bare)));
    }

    /// By name, bare and canonical, as asked.
    CompletionStage<Map<Jid, Identity>> findAll(Collection<Jid> users) {
        Map<Jid, Identity> found = new LinkedHashMap<>();
        List<String> lids = new ArrayList<>();
        List<String> pns = new ArrayList<>();
        for (Jid user : users) {
            CacheNamespace namespace = namespace(user);
            Identity fresh = unstored.get(user);
            if (namespace == null || fresh != null) {
                found.put(user, fresh != null ? fresh : new Identity(user, null));
            } else {
                (user.isLid() ? lids : pns).add(user.toString());
            }
        }
        return cache.getAll(CacheNamespace.LID_PN_BY_LID, lids)
                .thenCombine(cache.getAll(CacheNamespace.LID_PN_BY_PN, pns), (byLid, byPn) -> {
                    add(byLid, found);
                    add(byPn, found);
                    return found;
                })
                .thenCompose(_ -> rest(users, found));
    }

    private static void add(Map<String, Cached> cached, Map<Jid, Identity> found) {
        cached.forEach((name, value) -> identity(value).ifPresent(one -> found.put(Jid.parse(name), one)));
    }

    private CompletionStage<Map<Jid, Identity>> rest(Collection<Jid> users, Map<Jid, Identity> found) {
        CompletionStage<Map<Jid, Identity>> all = CompletableFuture.completedStage(found);
        for (Jid user : users.stream().filter(one -> !found.containsKey(one)).toList()) {
            all = all.thenCombine(stored(user), (map, identity) -> {
                map.put(user, identity);
                return map;
            });
        }
        return all;
    }

    private static @Nullable CacheNamespace namespace(Jid bare) {
        return bare.isLid() ? CacheNamespace.LID_PN_BY_LID : bare.isPn() ? CacheNamespace.LID_PN_BY_PN : null;
    }

    private static Optional<Identity> identity(Cached cached) {
        CachedIdentity both = cached.getIdentity();
        try {
            return Optional.of(new Identity(Jid.parse(both.getPn()), Jid.parse(both.getLid())));
        } catch (AddressException _) {
            return Optional.empty();
        }
    }

    private CompletionStage<Identity> stored(Jid bare) {
        CacheNamespace namespace = bare.isLid() ? CacheNamespace.LID_PN_BY_LID : CacheNamespace.LID_PN_BY_PN;
        long before = cache.changes(namespace);
        CompletionStage<Optional<LidMapping>> row =
                bare.isLid() ? store.loadLidMapping(bare) : store.loadPnMapping(bare);
        return row.thenApply(found -> {
            Identity identity = bare.isLid()
                    ? new Identity(found.map(LidMapping::pn).orElse(null), bare)
                    : new Identity(bare, found.map(LidMapping::lid).orElse(null));
            cache.unlessChanged(namespace, before, () -> keep(namespace, bare, identity));
            return identity;
        });
    }

    /// Only whole pairs: that a name is unknown may change at any moment.
    private void keep(CacheNamespace namespace, Jid name, Identity identity) {
        Jid pn = identity.pn();
        Jid lid = identity.lid();
        if (pn != null && lid != null) {
            cache.put(
                    namespace,
                    name.toString(),
                    Cached.newBuilder()
                            .setIdentity(CachedIdentity.newBuilder()
                                    .setPn(pn.toString())
                                    .setLid(lid.toString())));
        }
    }

    /// Both names at once; written only when new.
    ///
    /// @return true when the store had the pair before
    CompletionStage<Boolean> learn(Jid lid, Jid pn, String source) {
        return learn(List.of(new Identity(pn, lid)), source);
    }

    /// Identities with one name are passed over.
    ///
    /// @return true when the store had all of them before
    CompletionStage<Boolean> learn(Collection<Identity> told, String source) {
        Map<Jid, Jid> pairs = new LinkedHashMap<>();
        told.forEach(one -> {
            Jid pn = one.pn();
            Jid lid = one.lid();
            if (pn != null && lid != null) {
                pairs.put(lid.bare(), pn.bare().canonical());
            }
        });
        boolean held = pairs.entrySet().removeIf(pair -> {
            Identity waiting = unstored.get(pair.getKey());
            return waiting != null && pair.getValue().equals(waiting.pn());
        });
        return pairs.isEmpty()
                ? CompletableFuture.completedStage(!held)
                : known(pairs).thenApply(before -> {
                    pairs.entrySet().removeIf(pair -> {
                        Identity old = before.get(pair.getKey());
                        boolean same = old != null && pair.getValue().equals(old.pn());
                        if (same) {
                            release(pair.getKey(), pair.getValue());
                        }
                        return same;
                    });
                    boolean news = !pairs.isEmpty();
                    write(pairs, source);
                    return !held && !news;
                });
    }

    /// What was known of these LIDs; from this call on they are held as told.
    private CompletionStage<Map<Jid, Identity>> known(Map<Jid, Jid> pairs) {
        CompletionStage<Map<Jid, Identity>> before = findAll(List.copyOf(pairs.keySet()));
        pairs.forEach((lid, pn) -> {
            Identity identity = new Identity(pn, lid);
            unstored.put(lid, identity);
            unstored.put(pn, identity);
        });
        return before;
    }

    private void write(Map<Jid, Jid> pairs, String source) {
        if (pairs.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<LidMapping> rows = new ArrayList<>();
        pairs.forEach((lid, pn) -> {
            rows.add(new LidMapping(lid, pn, now, now, source));
            replace(new Identity(pn, lid));
        });
        // A write that fails leaves the pair here; what came with a message is in the journal as well.
        var _ = store.putLidMappings(rows).thenRun(() -> pairs.forEach(this::release));
    }

    private void replace(Identity identity) {
        Jid pn = identity.pn();
        Jid lid = identity.lid();
        if (pn != null && lid != null) {
            var _ = cache.forget(
                    CacheNamespace.LID_PN_BY_LID, List.of(), () -> keep(CacheNamespace.LID_PN_BY_LID, lid, identity));
            var _ = cache.forget(
                    CacheNamespace.LID_PN_BY_PN, List.of(), () -> keep(CacheNamespace.LID_PN_BY_PN, pn, identity));
        }
    }

    private void release(Jid lid, Jid pn) {
        Identity identity = new Identity(pn, lid);
        unstored.remove(lid, identity);
        unstored.remove(pn, identity);
    }
}
