package dev.waggle.platform.account.directory;

import dev.waggle.address.Jid;
import dev.waggle.proto.cache.Cached;
import dev.waggle.proto.cache.CachedDevices;
import dev.waggle.stanza.iq.QueryDevices;
import dev.waggle.stanza.iq.QueryDevices.UserDevices;
import dev.waggle.storage.ProtocolStore;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.write.ProtocolWrite;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// The devices of users, keyed by the user's preferred name: the cache, then the store, then one question for all
/// that miss. Thread-safe. Two callers that miss at once both ask; the answers are equal.
final class Devices {
    private final ProtocolStore store;
    private final FreshCache cache;
    private final Names names;
    private final Lines lines;
    private final Clock clock;

    Devices(ProtocolStore store, FreshCache cache, Names names, Lines lines, Clock clock) {
        this.store = store;
        this.cache = cache;
        this.names = names;
        this.lines = lines;
        this.clock = clock;
    }

    /// By user as asked, bare. A user that the server does not know has no entry.
    CompletionStage<Map<Jid, List<Jid>>> find(Collection<Jid> users, boolean fresh) {
        Set<Jid> bare = new LinkedHashSet<>();
        users.forEach(user -> bare.add(user.bare().canonical()));
        long before = cache.changes(CacheNamespace.DEVICE_REGISTRY);
        return names.findAll(bare).thenCompose(identities -> {
            Map<Jid, Jid> preferred = new LinkedHashMap<>();
            identities.forEach((user, identity) -> preferred.put(user, identity.preferred()));
            return cached(new LinkedHashSet<>(preferred.values()), fresh)
                    .thenCompose(found -> fill(missing(preferred, found), fresh, before, found)
                            .thenApply(_ -> answer(bare, preferred, found)));
        });
    }

    private CompletionStage<Map<Jid, List<Jid>>> cached(Set<Jid> users, boolean fresh) {
        if (fresh) {
            return CompletableFuture.completedStage(new LinkedHashMap<>());
        }
        Map<String, Jid> byName = new LinkedHashMap<>();
        users.forEach(user -> byName.put(user.toString(), user));
        return cache.getAll(CacheNamespace.DEVICE_REGISTRY, byName.keySet()).thenApply(values -> {
            Map<Jid, List<Jid>> found = new LinkedHashMap<>();
            byName.forEach((name, user) -> {
                Cached value = values.get(name);
                if (value != null && value.hasDevices()) {
                    found.put(
                            user,
                            value.getDevices().getIdsList().stream()
                                    .map(user::withDevice)
                                    .toList());
                }
            });
            return found;
        });
    }

    private static List<Jid> missing(Map<Jid, Jid> preferred, Map<Jid, List<Jid>> found) {
        return preferred.values().stream()
                .distinct()
                .filter(user -> !found.containsKey(user))
                .toList();
    }

    private void keep(Jid user, List<Jid> devices) {
        cache.put(
                CacheNamespace.DEVICE_REGISTRY,
                user.toString(),
                Cached.newBuilder()
                        .setDevices(CachedDevices.newBuilder()
                                .addAllIds(devices.stream().map(Jid::device).toList())));
    }

    private CompletionStage<Void> fill(List<Jid> missing, boolean fresh, long before, Map<Jid, List<Jid>> found) {
        if (missing.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        CompletionStage<List<DeviceList>> stored =
                fresh ? CompletableFuture.completedStage(List.of()) : store.loadDeviceLists(missing);
        return stored.thenCompose(rows -> {
            rows.forEach(row -> {
                List<Jid> devices = row.devices().stream()
                        .filter(device -> !device.hosted())
                        .map(device -> row.user().withDevice(device.id()))
                        .toList();
                cache.unlessChanged(CacheNamespace.DEVICE_REGISTRY, before, () -> keep(row.user(), devices));
                found.put(row.user(), devices);
            });
            List<Jid> unknown =
                    missing.stream().filter(user -> !found.containsKey(user)).toList();
            return unknown.isEmpty() ? CompletableFuture.completedStage(null) : ask(unknown, found);
        });
    }

    /// What is being asked while a notification says that devices changed is used, and not kept.
    private CompletionStage<Void> ask(List<Jid> users, Map<Jid, List<Jid>> found) {
        long before = cache.changes(CacheNamespace.DEVICE_REGISTRY);
        return lines.ask(new QueryDevices(users)).thenCompose(answers -> {
            List<DeviceList> rows = new ArrayList<>();
            answers.values().forEach(answer -> {
                if (!answer.devices().isEmpty()) {
                    rows.add(learned(answer, found));
                }
            });
            List<CompletionStage<Void>> stored = new ArrayList<>();
            cache.unlessChanged(CacheNamespace.DEVICE_REGISTRY, before, () -> {
                stored.add(store.putDeviceLists(rows));
                rows.forEach(row -> keep(row.user(), found.getOrDefault(row.user(), List.of())));
            });
            return stored.isEmpty() ? CompletableFuture.completedStage(null) : stored.getFirst();
        });
    }

    private DeviceList learned(UserDevices answer, Map<Jid, List<Jid>> found) {
        Jid user = answer.user().bare();
        Jid lid = answer.lid() == null ? null : answer.lid().bare();
        if (lid != null && user.isPn()) {
            var _ = names.learn(lid, user, "usync");
        }
        Jid key = lid == null ? user : lid;
        List<Jid> devices = answer.devices().stream()
                .filter(device -> !device.hosted())
                .map(device -> key.withDevice(device.id()))
                .toList();
        found.put(key, devices);
        found.put(user, devices);
        Instant now = clock.instant();
        return new DeviceList(
                key,
                answer.devices().stream()
                        .map(device -> new DeviceList.Device(device.id(), device.keyIndex(), device.hosted()))
                        .toList(),
                now,
                null,
                OptionalInt.empty());
    }

    /// The asked names may have become better ones by the question.
    private static Map<Jid, List<Jid>> answer(Set<Jid> asked, Map<Jid, Jid> preferred, Map<Jid, List<Jid>> found) {
        Map<Jid, List<Jid>> answer = new LinkedHashMap<>();
        for (Jid user : asked) {
            List<Jid> devices = found.get(preferred.get(user));
            if (devices != null) {
                answer.put(user, devices);
            }
        }
        return answer;
    }

    /// Done when neither store nor cache will answer for them.
    CompletionStage<Done> forget(Collection<Jid> users) {
        Set<Jid> bare = new LinkedHashSet<>();
        users.forEach(user -> bare.add(user.bare().canonical()));
        var _ = cache.forget(CacheNamespace.DEVICE_REGISTRY, List.of(), () -> {});
        return names.findAll(bare).thenCompose(identities -> {
            Set<Jid> all = new LinkedHashSet<>();
            identities.values().forEach(identity -> {
                for (Jid name : new Jid[] {identity.pn(), identity.lid()}) {
                    if (name != null) {
                        all.add(name);
                    }
                }
            });
            List<CompletionStage<Void>> stored = new ArrayList<>();
            return cache.forget(
                            CacheNamespace.DEVICE_REGISTRY,
                            all.stream().map(Jid::toString).toList(),
                            () -> stored.add(store.write(all.stream()
                                    .map(ProtocolWrite.DeleteDeviceList::new)
                                    .toList())))
                    .thenCombine(stored.getFirst(), (done, _) -> done);
        });
    }
}
