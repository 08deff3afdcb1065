package dev.waggle.signal.session;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.proto.signal.StoredClosedChain;
import dev.waggle.proto.signal.StoredDueStep;
import dev.waggle.proto.signal.StoredOpenChain;
import dev.waggle.proto.signal.StoredReceivingChain;
import dev.waggle.proto.signal.StoredSession;
import dev.waggle.proto.signal.StoredSessionState;
import dev.waggle.proto.signal.StoredUnanswered;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.ratchet.SkippedKeys;
import dev.waggle.signal.stored.Stored;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A session record as protobuf. Checks every length and limit, so that a parsed record is as good as a live one.
final class SessionCodec {
    private SessionCodec() {}

    static SessionRecord parse(byte[] stored) {
        try {
            return record(StoredSession.parseFrom(stored));
        } catch (InvalidProtocolBufferException e) {
            throw new SignalException("session record", stored.length + " bytes", "a stored session");
        }
    }

    static SessionRecord load(byte[] stored, long incarnation) {
        try {
            var session = StoredSession.parseFrom(stored);
            var record = record(session);
            return session.getIncarnation() == incarnation ? record.resume() : record.droppedSendingChains();
        } catch (InvalidProtocolBufferException e) {
            throw new SignalException("session record", stored.length + " bytes", "a stored session");
        }
    }

    static Bytes encode(SessionRecord record, long incarnation) {
        var stored = StoredSession.newBuilder()
                .setLocalIdentity(Stored.string(record.localIdentity()))
                .setLocalRegistrationId(record.localRegistrationId());
        if (incarnation != 0) {
            stored.setIncarnation(incarnation);
        }
        var current = record.current();
        if (current != null) {
            stored.setCurrent(stored(current));
        }
        for (var state : record.archived()) {
            stored.addArchived(stored(state));
        }
        return Bytes.wrap(stored.build().toByteArray());
    }

    private static SessionRecord record(StoredSession stored) {
        if (stored.getArchivedCount() > SessionRecord.ARCHIVED_MAX) {
            throw new SignalException("archived", stored.getArchivedCount(), "<= " + SessionRecord.ARCHIVED_MAX);
        }
        return new SessionRecord(
                Stored.key("local-identity", stored.getLocalIdentity()),
                stored.getLocalRegistrationId(),
                stored.hasCurrent() ? state(stored.getCurrent()) : null,
                stored.getArchivedList().stream().map(SessionCodec::state).toList());
    }

    private static SessionState state(StoredSessionState stored) {
        if (stored.getReceivingCount() > SessionState.RECEIVING_MAX) {
            throw new SignalException("receiving", stored.getReceivingCount(), "<= " + SessionState.RECEIVING_MAX);
        }
        return new SessionState(
                Stored.key("remote-identity", stored.getRemoteIdentity()),
                stored.getRemoteRegistrationId(),
                Stored.key("base-key", stored.getBaseKey()),
                Stored.key("root-key", stored.getRootKey()),
                sending(stored),
                stored.getReceivingList().stream().map(SessionCodec::receiving).toList(),
                stored.hasUnanswered() ? unanswered(stored.getUnanswered()) : null);
    }

    private static Sending sending(StoredSessionState stored) {
        return switch (stored.getSendingCase()) {
            case OPEN -> open(stored.getOpen());
            case DUE ->
                new Sending.Due(
                        Stored.key("private-key", stored.getDue().getPrivateKey()),
                        Stored.key("their-ratchet-key", stored.getDue().getTheirRatchetKey()),
                        Stored.counter("previous-counter", stored.getDue().getPreviousCounter()));
            case CLOSED ->
                new Sending.Closed(
                        Stored.key("private-key", stored.getClosed().getPrivateKey()),
                        Stored.counter("previous-counter", stored.getClosed().getPreviousCounter()));
            case SENDING_NOT_SET -> throw new SignalException("sending", "absent", "open, due or closed");
        };
    }

    private static Sending open(StoredOpenChain stored) {
        return new Sending.Open(
                Stored.keyPair(stored.getPrivateKey(), stored.getPublicKey()),
                Stored.key("chain-key", stored.getChainKey()),
                Stored.counter("counter", stored.getCounter()),
                Stored.counter("ceiling", stored.getCeiling()),
                Stored.counter("previous-counter", stored.getPreviousCounter()));
    }

    private static ReceivingChain receiving(StoredReceivingChain stored) {
        int counter = Stored.counter("counter", stored.getCounter());
        return new ReceivingChain(
                Stored.key("ratchet-key", stored.getRatchetKey()),
                Stored.key("chain-key", stored.getChainKey()),
                counter,
                SkippedKeys.parse(stored.getSkipped(), counter));
    }

    private static SessionState.Unanswered unanswered(StoredUnanswered stored) {
        var preKeyId = stored.hasPreKeyId() ? OptionalInt.of(stored.getPreKeyId()) : OptionalInt.empty();
        return new SessionState.Unanswered(preKeyId, stored.getSignedPreKeyId());
    }

    private static StoredSessionState stored(SessionState state) {
        var stored = StoredSessionState.newBuilder()
                .setRemoteIdentity(Stored.string(state.remoteIdentity()))
                .setRemoteRegistrationId(state.remoteRegistrationId())
                .setBaseKey(Stored.string(state.baseKey()))
                .setRootKey(Stored.string(state.rootKey()));
        switch (state.sending()) {
            case Sending.Open open -> stored.setOpen(stored(open));
            case Sending.Due due -> stored.setDue(stored(due));
            case Sending.Closed closed -> stored.setClosed(stored(closed));
        }
        for (var chain : state.receiving()) {
            stored.addReceiving(stored(chain));
        }
        var unanswered = stored(state.unanswered());
        return unanswered == null
                ? stored.build()
                : stored.setUnanswered(unanswered).build();
    }

    private static StoredOpenChain.Builder stored(Sending.Open open) {
        return StoredOpenChain.newBuilder()
                .setPrivateKey(Stored.string(open.ratchet().privateKey()))
                .setPublicKey(Stored.string(open.ratchet().publicKey()))
                .setChainKey(Stored.string(open.chainKey()))
                .setCounter(open.counter())
                .setCeiling(open.ceiling())
                .setPreviousCounter(open.previousCounter());
    }

    private static StoredDueStep.Builder stored(Sending.Due due) {
        return StoredDueStep.newBuilder()
                .setPrivateKey(Stored.string(due.privateKey()))
                .setTheirRatchetKey(Stored.string(due.theirs()))
                .setPreviousCounter(due.previousCounter());
    }

    private static StoredClosedChain.Builder stored(Sending.Closed closed) {
        return StoredClosedChain.newBuilder()
                .setPrivateKey(Stored.string(closed.privateKey()))
                .setPreviousCounter(closed.previousCounter());
    }

    private static StoredReceivingChain.Builder stored(ReceivingChain chain) {
        var stored = StoredReceivingChain.newBuilder()
                .setRatchetKey(Stored.string(chain.ratchetKey()))
                .setChainKey(Stored.string(chain.chainKey()))
                .setCounter(chain.counter());
        return chain.skipped().size() == 0
                ? stored
                : stored.setSkipped(chain.skipped().stored());
    }

    private static StoredUnanswered.@Nullable Builder stored(SessionState.@Nullable Unanswered unanswered) {
        if (unanswered == null) {
            return null;
        }
        var stored = StoredUnanswered.newBuilder().setSignedPreKeyId(unanswered.signedPreKeyId());
        unanswered.preKeyId().ifPresent(stored::setPreKeyId);
        return stored;
    }
}
