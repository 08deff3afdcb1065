package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.signal.SignalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Everything that we share with one remote device: the session in use and up to 40 earlier ones. A value: every
/// operation gives a new one, and two are equal when they hold the same keys.
///
/// Below 1 kB stored when every message arrives; a passed-over message adds 34 bytes until it comes or 2,000 later
/// ones do.
///
/// Life of a record: [#load]; [Sessions] while it is live; [#parked] as the last thing stored before it is given up
/// in an orderly way.
public final class SessionRecord {
    static final int ARCHIVED_MAX = 40;

    private final Bytes localIdentity;
    private final int localRegistrationId;
    private final @Nullable SessionState current;
    private final List<SessionState> archived;

    SessionRecord(
            Bytes localIdentity, int localRegistrationId, @Nullable SessionState current, List<SessionState> archived) {
        this.localIdentity = localIdentity;
        this.localRegistrationId = localRegistrationId;
        this.current = current;
        this.archived = List.copyOf(archived.size() > ARCHIVED_MAX ? archived.subList(0, ARCHIVED_MAX) : archived);
    }

    /// @throws SignalException when the bytes are not what [#encode] wrote; such a row counts as absent
    public static SessionRecord parse(byte[] stored) {
        return SessionCodec.parse(stored);
    }

    /// The record of a store, ready to be used: [#resume]d, or with [#droppedSendingChains] when another
    /// incarnation of the store wrote it, for it comes out of a backup then.
    ///
    /// @param incarnation of the store: 0, or the number that its last restoring was given
    /// @throws SignalException as [#parse]
    public static SessionRecord load(byte[] stored, long incarnation) {
        return SessionCodec.load(stored, incarnation);
    }

    /// As a store of this incarnation keeps it.
    public Bytes encode(long incarnation) {
        return SessionCodec.encode(this, incarnation);
    }

    public Bytes encode() {
        return encode(0);
    }

    /// For what was stored by this incarnation: whoever wrote it may have sent up to the stored ceilings, so every
    /// sending chain goes on there. At most 64 steps a chain in practice, 0.3 µs each.
    public SessionRecord resume() {
        return mapped(SessionState::resumed);
    }

    /// What an orderly farewell stores: the next counter is the ceiling, so that a load passes over nothing. The
    /// record that this was made from must not encrypt any more.
    public SessionRecord parked() {
        return mapped(SessionState::parked);
    }

    /// For a record out of a backup, in whose place others may have sent: nothing can be sent until a new session
    /// is started or the other side turns its ratchet, but messages on their way can still be read.
    public SessionRecord droppedSendingChains() {
        return mapped(SessionState::silenced);
    }

    /// Without a session in use, the one that was being archived: the next send needs a bundle.
    public SessionRecord withCurrentArchived() {
        return current == null
                ? this
                : new SessionRecord(localIdentity, localRegistrationId, null, archivedWithCurrent());
    }

    /// True when [Sessions#encrypt] has something to encrypt with.
    public boolean hasSession() {
        return current != null && current.canSend();
    }

    /// True when the stored ceiling covers the next counter: the next message will not ask to be stored first.
    public boolean covered() {
        return current != null && current.sending().covered();
    }

    /// True while the other side has not answered: messages are pre-key messages.
    public boolean unanswered() {
        return current != null && current.unanswered() != null;
    }

    /// Of the session in use.
    public OptionalInt remoteRegistrationId() {
        return current == null ? OptionalInt.empty() : OptionalInt.of(current.remoteRegistrationId());
    }

    /// 32 bytes; of the session in use, else of the last one that was.
    public Optional<Bytes> remoteIdentity() {
        return newest().map(SessionState::remoteIdentity);
    }

    /// 32 bytes, names the session in use on both sides: two records with the same one hold the same session.
    public Optional<Bytes> aliceBaseKey() {
        return Optional.ofNullable(current).map(SessionState::baseKey);
    }

    /// The chain on which the next message leaves (its public ratchet key, 32 bytes) and that message's counter;
    /// empty when the chain is not yet computed. With it a caller can tell which counters it has seen.
    public Optional<SendingPosition> sendingPosition() {
        return current != null && current.sending() instanceof Sending.Open open
                ? Optional.of(new SendingPosition(open.ratchet().publicKey(), open.counter(), open.ceiling()))
                : Optional.empty();
    }

    public int archivedSessions() {
        return archived.size();
    }

    Bytes localIdentity() {
        return localIdentity;
    }

    int localRegistrationId() {
        return localRegistrationId;
    }

    @Nullable
    SessionState current() {
        return current;
    }

    List<SessionState> archived() {
        return archived;
    }

    /// The session in use first.
    List<SessionState> states() {
        return current == null ? archived : archivedWithCurrent();
    }

    /// `next` takes the place of `old` and comes into use; what was in use before is archived.
    @SuppressWarnings("ReferenceEquality") // `old` is one of ours
    SessionRecord promoted(SessionState old, SessionState next) {
        if (old == current) {
            return new SessionRecord(localIdentity, localRegistrationId, next, archived);
        }
        var others = new ArrayList<SessionState>(archived.size() + 1);
        for (var state : states()) {
            if (state != old) {
                others.add(state);
            }
        }
        return new SessionRecord(localIdentity, localRegistrationId, next, others);
    }

    SessionRecord withCurrent(SessionState next) {
        return new SessionRecord(localIdentity, localRegistrationId, next, archived);
    }

    SessionRecord withNew(SessionState next) {
        return new SessionRecord(localIdentity, localRegistrationId, next, states());
    }

    private Optional<SessionState> newest() {
        return current != null ? Optional.of(current) : archived.stream().findFirst();
    }

    private List<SessionState> archivedWithCurrent() {
        var all = new ArrayList<SessionState>(archived.size() + 1);
        if (current != null) {
            all.add(current);
        }
        all.addAll(archived);
        return all;
    }

    private SessionRecord mapped(UnaryOperator<SessionState> change) {
        return new SessionRecord(
                localIdentity,
                localRegistrationId,
                current == null ? null : change.apply(current),
                archived.stream().map(change).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionRecord that
                && localIdentity.equals(that.localIdentity)
                && localRegistrationId == that.localRegistrationId
                && Objects.equals(current, that.current)
                && archived.equals(that.archived);
    }

    @Override
    public int hashCode() {
        return Objects.hash(localIdentity, current);
    }

    @Override
    public String toString() {
        return "SessionRecord[session=" + hasSession() + ", archived=" + archived.size() + "]";
    }
}
