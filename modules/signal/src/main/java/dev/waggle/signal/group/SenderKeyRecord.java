package dev.waggle.signal.group;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.proto.signal.StoredSenderKey;
import dev.waggle.signal.SignalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sender key of one device in one group: the newest state first, at most 5, so that what is still on its way
/// under an older one can be read. A value.
///
/// Life of a record: [#load]; [SenderKeys] while it is live; [#parked] as the last thing stored in an orderly
/// farewell.
public final class SenderKeyRecord {
    static final int STATES_MAX = 5;

    private final List<SenderKeyState> states;

    SenderKeyRecord(List<SenderKeyState> states) {
        this.states = List.copyOf(states.subList(0, Math.min(states.size(), STATES_MAX)));
    }

    /// @throws SignalException when the bytes are not what [#encode] wrote; such a row counts as absent
    public static SenderKeyRecord parse(byte[] stored) {
        return record(read(stored));
    }

    /// The record of a store, ready to be used: [#resume]d, or with [#droppedSendingChains] when another
    /// incarnation of the store wrote it, for it comes out of a backup then. Empty when nothing is left of it.
    ///
    /// @param incarnation of the store: 0, or the number that its last restoring was given
    /// @throws SignalException as [#parse]
    public static Optional<SenderKeyRecord> load(byte[] stored, long incarnation) {
        StoredSenderKey key = read(stored);
        SenderKeyRecord record = record(key);
        return key.getIncarnation() == incarnation ? Optional.of(record.resume()) : record.droppedSendingChains();
    }

    private static StoredSenderKey read(byte[] stored) {
        try {
            return StoredSenderKey.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new SignalException("sender-key", String.valueOf(e.getMessage()), "a stored sender key");
        }
    }

    private static SenderKeyRecord record(StoredSenderKey key) {
        if (key.getStatesCount() == 0 || key.getStatesCount() > STATES_MAX) {
            throw new SignalException("sender-key states", key.getStatesCount(), "1.." + STATES_MAX);
        }
        return new SenderKeyRecord(
                key.getStatesList().stream().map(SenderKeyState::parse).toList());
    }

    /// As a store of this incarnation keeps it.
    public Bytes encode(long incarnation) {
        StoredSenderKey.Builder stored = StoredSenderKey.newBuilder();
        states.forEach(state -> stored.addStates(state.stored()));
        if (incarnation != 0) {
            stored.setIncarnation(incarnation);
        }
        return Bytes.wrap(stored.build().toByteArray());
    }

    public Bytes encode() {
        return encode(0);
    }

    /// For what was stored by this incarnation: own chains go on at their stored ceiling.
    public SenderKeyRecord resume() {
        return new SenderKeyRecord(states.stream().map(SenderKeyState::resumed).toList());
    }

    /// What an orderly farewell stores; the record that this was made from must not encrypt any more.
    public SenderKeyRecord parked() {
        return new SenderKeyRecord(states.stream().map(SenderKeyState::parked).toList());
    }

    /// For a record out of a backup, in whose place others may have sent: without keys of our own. Empty when
    /// nothing is left; then [SenderKeys#create] makes a new one, which rotates the key.
    public Optional<SenderKeyRecord> droppedSendingChains() {
        List<SenderKeyState> others =
                states.stream().filter(state -> !state.own()).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(new SenderKeyRecord(others));
    }

    /// True when the key is our own.
    public boolean canSend() {
        return newest().own();
    }

    /// True when the stored ceiling covers the next iteration: the next message will not ask to be stored first.
    public boolean covered() {
        return canSend() && newest().iteration() < newest().ceiling();
    }

    /// Of the key that messages are sent under.
    public int keyId() {
        return states.getFirst().keyId();
    }

    /// Of the next message that is sent.
    public int iteration() {
        return states.getFirst().iteration();
    }

    SenderKeyState newest() {
        return states.getFirst();
    }

    /// The newest state with that id.
    @Nullable
    SenderKeyState state(int keyId) {
        return states.stream()
                .filter(state -> state.keyId() == keyId)
                .findFirst()
                .orElse(null);
    }

    SenderKeyRecord replaced(SenderKeyState old, SenderKeyState next) {
        return new SenderKeyRecord(
                states.stream().map(state -> state.equals(old) ? next : state).toList());
    }

    SenderKeyRecord with(SenderKeyState newest) {
        List<SenderKeyState> more = new ArrayList<>();
        more.add(newest);
        states.stream().filter(state -> state.keyId() != newest.keyId()).forEach(more::add);
        return new SenderKeyRecord(more);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SenderKeyRecord that && states.equals(that.states);
    }

    @Override
    public int hashCode() {
        return states.hashCode();
    }

    @Override
    public String toString() {
        return "SenderKeyRecord[" + states.size() + "]";
    }
}
