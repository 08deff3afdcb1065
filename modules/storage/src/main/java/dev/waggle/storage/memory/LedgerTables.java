package dev.waggle.storage.memory;

import dev.waggle.address.Bytes;
import dev.waggle.address.MessageId;
import dev.waggle.storage.MediaStore;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.Purge;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rows of the account's own books. Guarded by the backend's lock.
final class LedgerTables {
    @Nullable
    Bytes device;

    long applied;
    final TreeMap<MessageKey, Instant> seen = new TreeMap<>();
    final Map<MessageId, OutboundRow> outbound = new HashMap<>();
    final Map<MessageKey, MsgSecret> secrets = new HashMap<>();
    final Map<MessageKey, MediaRow> media = new HashMap<>();
    final TreeMap<Long, EventRow> events = new TreeMap<>();
    private final Map<String, Long> floors = new HashMap<>();
    private long latestEvent;

    void apply(LedgerWrite write) {
        switch (write) {
            case LedgerWrite.PutDevice(var row) -> device = row;
            case LedgerWrite.AppendEvent(var event) -> append(event);
            case LedgerWrite.PutSeen(var key, var at) -> seen.putIfAbsent(key, at);
            case LedgerWrite.PutOutbound(var row) -> outbound.put(row.id(), row);
            case LedgerWrite.SetOutboundState(var id, var state, var problem, var at) ->
                outbound.computeIfPresent(id, (key, row) -> row.withState(state, problem, at));
            case LedgerWrite.PutMsgSecret(var secret) ->
                secrets.merge(secret.key(), secret, (older, newer) -> newer.over(older));
            case LedgerWrite.PutMedia(var row) -> media.put(row.key(), row);
        }
    }

    List<MediaRow> media(MessageId id) {
        return media.values().stream()
                .filter(row -> row.key().id().equals(id))
                .sorted(Comparator.comparing(MediaRow::at).reversed())
                .limit(MediaStore.SAME_ID_MAX)
                .toList();
    }

    private void append(EventRow event) {
        events.putIfAbsent(event.sequence(), event);
        latestEvent = Math.max(latestEvent, event.sequence());
    }

    int purge(Purge.Events purge) {
        List<EventRow> gone = events.values().stream()
                .filter(event ->
                        wanted(event.type(), purge.types()) && event.at().isBefore(purge.before()))
                .toList();
        for (EventRow event : gone) {
            events.remove(event.sequence());
            floors.merge(event.type(), event.sequence(), Math::max);
        }
        return gone.size();
    }

    List<EventRow> events(long after, Set<String> types, int limit) {
        return events.tailMap(after, false).values().stream()
                .filter(event -> wanted(event.type(), types))
                .limit(limit)
                .toList();
    }

    EventSpan span(Set<String> types) {
        long floor = floors.entrySet().stream()
                .filter(entry -> wanted(entry.getKey(), types))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
        long oldest =
                events(0, types, 1).stream().findFirst().map(EventRow::sequence).orElse(latestEvent + 1);
        return new EventSpan(floor, oldest, latestEvent);
    }

    private static boolean wanted(String type, Set<String> types) {
        return types.isEmpty() || types.contains(type);
    }
}
