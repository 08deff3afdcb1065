package dev.waggle.platform.account.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.QueryDevices;
import dev.waggle.stanza.iq.QueryDevices.UserDevices;
import dev.waggle.storage.ProtocolStore;
import dev.waggle.storage.row.DeviceList;
import java.time.Clock;
import java.time.Duration;
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

/// The devices of users, keyed by the user's preferred name: memory, then store, then one question for all that
/// miss. Thread-safe. Two callers that miss at once both ask; the answers are equal.
final class Devices {
    private static final int USERS_MAX = 5_000;
    private static final Duration FRESH_MAX = Duration.ofHours(1);

    private final ProtocolStore store;
    private final Names names;
    private final Lines lines;
    private final Clock clock;
    private final Cache<Jid, List<Jid>> known = Caffeine.newBuilder()
            .maximumSize(USERS_MAX)
            .expireAfterWrite(FRESH_MAX)
            .build();

    Devices(ProtocolStore store, Names names, Lines lines, Clock clock) {
        this.store = store;
        this.names = names;
        this.lines = lines;
        this.clock = clock;
    }

    /// By user as asked, bare. A user that the server does not know has no entry.
    CompletionStage<Map<Jid, List<Jid>>> find(Collection<Jid> users, boolean fresh) {
        Set<Jid> bare = new LinkedHashSet<>();
        users.forEach(user -> bare.add(user.bare().canonical()));
        return preferred(bare).thenCompose(preferred -> {
            Map<Jid, List<Jid>> found = new LinkedHashMap<>();
            List<Jid> missing = new ArrayList<>();
            for (Jid user : new LinkedHashSet<>(preferred.values())) {
                List<Jid> cached = fresh ? null : known.getIfPresent(user);
                if (cached == null) {
                    missing.add(user);
                } else {
                    found.put(user, cached);
                }
            }
            return fill(missing, fresh, found).thenCompose(_ -> answer(bare, preferred, found));
        });
    }

    private CompletionStage<Map<Jid, Jid>> preferred(Set<Jid> users) {
        Map<Jid, Jid> preferred = new LinkedHashMap<>();
        CompletionStage<Map<Jid, Jid>> all = CompletableFuture.completedStage(preferred);
        for (Jid user : users) {
            all = all.thenCombine(names.find(user), (map, identity) -> {
                map.put(user, identity.preferred());
                return map;
            });
        }
        return all;
    }

    private CompletionStage<Void> fill(List<Jid> missing, boolean fresh, Map<Jid, List<Jid>> found) {
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
                known.put(row.user(), devices);
                found.put(row.user(), devices);
            });
            List<Jid> unknown =
                    missing.stream().filter(user -> !found.containsKey(user)).toList();
            return unknown.isEmpty() ? CompletableFuture.completedStage(null) : ask(unknown, found);
        });
    }

    private CompletionStage<Void> ask(List<Jid> users, Map<Jid, List<Jid>> found) {
        return lines.ask(new QueryDevices(users)).thenCompose(answers -> {
            List<DeviceList> rows = new ArrayList<>();
            answers.values().forEach(answer -> {
                if (!answer.devices().isEmpty()) {
                    rows.add(learned(answer, found));
                }
            });
            return store.putDeviceLists(rows);
        });
    }

    private DeviceList learned(UserDevices answer, Map<Jid, List<Jid>> found) {
        Jid user = answer.user().bare();
        Jid lid = answer.lid() == null ? null : answer.lid().bare();
        if (lid != null && user.isPn()) {
            names.learn(lid, user, "usync");
        }
        Jid key = lid == null ? user : lid;
        List<Jid> devices = answer.devices().stream()
                .filter(device -> !device.hosted())
                .map(device -> key.withDevice(device.id()))
                .toList();
        known.put(key, devices);
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
    private CompletionStage<Map<Jid, List<Jid>>> answer(
            Set<Jid> asked, Map<Jid, Jid> preferred, Map<Jid, List<Jid>> found) {
        Map<Jid, List<Jid>> answer = new LinkedHashMap<>();
        for (Jid user : asked) {
            List<Jid> devices = found.get(preferred.get(user));
            if (devices != null) {
                answer.put(user, devices);
            }
        }
        return CompletableFuture.completedStage(answer);
    }

    void forget(Jid user) {
        var _ = names.find(user).thenCompose(identity -> {
            CompletionStage<Void> gone = CompletableFuture.completedStage(null);
            for (Jid name : new Jid[] {identity.pn(), identity.lid()}) {
                if (name != null) {
                    known.invalidate(name);
                    gone = gone.thenCompose(_ -> store.deleteDeviceList(name));
                }
            }
            return gone;
        });
    }
}
