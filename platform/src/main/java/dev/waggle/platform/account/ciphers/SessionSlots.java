package dev.waggle.platform.account.ciphers;

import dev.waggle.address.DeviceAddress;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.storage.row.SessionRow;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/// The live records of one remote user's devices, and which of them may be stored.
final class SessionSlots {
    private final Map<DeviceAddress, Slot<SessionRecord>> slots = new HashMap<>();
    private final Map<Long, Slot<SessionRecord>> tokens = new HashMap<>();
    private final long incarnation;

    SessionSlots(long incarnation) {
        this.incarnation = incarnation;
    }

    boolean live(DeviceAddress address) {
        return slots.containsKey(address);
    }

    Slot<SessionRecord> slot(DeviceAddress address) {
        return slots.computeIfAbsent(address, _ -> new Slot<>(null));
    }

    /// A row that cannot be read counts as absent: a new session will replace it.
    void loaded(SessionRow row, Logger log) {
        try {
            slot(row.address()).record = SessionRecord.load(row.record().unsafeArray(), incarnation);
        } catch (SignalException e) {
            log.warn(
                    "session {} cannot be read and counts as absent",
                    row.address().device());
        }
    }

    /// The record has consumed a message that is not journaled yet.
    void out(long token, Slot<SessionRecord> slot) {
        slot.tokens.add(token);
        tokens.put(token, slot);
    }

    /// True when something may be stored now that could not be before.
    boolean settle(Collection<Long> settled) {
        boolean storable = false;
        for (Long token : settled) {
            Slot<SessionRecord> slot = tokens.remove(token);
            if (slot != null) {
                slot.tokens.remove(token);
                storable |= slot.storable();
            }
        }
        return storable;
    }

    /// True when no record waits for the journal.
    boolean settled() {
        return tokens.isEmpty();
    }

    List<DeviceAddress> storable() {
        return slots.entrySet().stream()
                .filter(entry -> entry.getValue().storable())
                .map(Map.Entry::getKey)
                .toList();
    }

    List<StoreWrite> writes(Collection<DeviceAddress> addresses) {
        List<StoreWrite> writes = new ArrayList<>();
        for (DeviceAddress address : addresses) {
            Slot<SessionRecord> slot = slot(address);
            SessionRecord record = slot.record;
            writes.add(
                    record == null
                            ? new SignalWrite.DeleteSession(address)
                            : new SignalWrite.PutSession(address, record.encode(incarnation)));
            writes.addAll(slot.along);
        }
        return writes;
    }

    void stored(Collection<DeviceAddress> addresses) {
        addresses.forEach(address -> {
            Slot<SessionRecord> slot = slot(address);
            slot.dirty = false;
            slot.along.clear();
        });
    }

    /// Gives back the counters of every record that may be stored, and says what to write. The live records give
    /// them back as well: whatever becomes of the write, the next seal stores first.
    List<StoreWrite> park() {
        slots.values().stream().filter(slot -> slot.tokens.isEmpty()).forEach(slot -> {
            SessionRecord record = slot.record;
            if (record != null) {
                slot.record = record.parked();
                slot.dirty = true;
            }
        });
        return writes(storable());
    }
}
