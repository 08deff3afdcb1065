package dev.waggle.platform.account.state;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.AccountStateBody;
import dev.waggle.proto.journal.CredentialsDrawn;
import dev.waggle.proto.journal.DesiredStateSet;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Observed;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.Received;
import dev.waggle.proto.journal.Unlinked;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.SignedPreKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Journal events as the account writes them: public events numbered in order, everything dated.
public final class Drafts {
    private Drafts() {}

    /// Numbers the public events of a draft from the state's next sequence on.
    public static Event stamped(Event.Builder draft, AccountState state, Instant at) {
        draft.setAtMillis(at.toEpochMilli());
        for (int i = 0; i < draft.getPublishedCount(); i++) {
            draft.getPublishedBuilder(i)
                    .setSequence(state.nextSequence() + i)
                    .setEpoch(state.epoch())
                    .setAtMillis(at.toEpochMilli());
        }
        return draft.build();
    }

    public static Event.Builder observed(AccountState state, String next, String reason) {
        return Event.newBuilder()
                .setObserved(Observed.newBuilder().setState(next).setReason(reason))
                .addPublished(stateEvent(next, reason, state.running()));
    }

    /// What a person wants. Readers of the log see it at once where there is a link to start or to stop.
    public static Event.Builder desired(AccountState state, boolean running) {
        Event.Builder event = Event.newBuilder()
                .setDesiredStateSet(DesiredStateSet.newBuilder().setRunning(running));
        AccountState after = state.apply(event.build());
        return state.linked() == null
                ? event
                : event.addPublished(
                        stateEvent(after.observed().getState(), after.observed().getReason(), running));
    }

    private static PublicEvent.Builder stateEvent(String state, String reason, boolean running) {
        return PublicEvent.newBuilder()
                .setType("account.state")
                .setAccountState(AccountStateBody.newBuilder()
                        .setState(state)
                        .setReason(reason)
                        .setDesired(running ? "RUNNING" : "STOPPED"));
    }

    public static Event.Builder received(List<Recordable> batch) {
        Event.Builder event = Event.newBuilder();
        Received.Builder received = Received.newBuilder();
        for (Recordable recordable : batch) {
            event.addAllPublished(recordable.published());
            event.addAllDeltas(recordable.deltas());
            received.addAllProgress(recordable.progress());
        }
        return event.setReceived(received);
    }

    /// Nobody can say any more what became of the open sends: each ends with a reason.
    public static Event.Builder unlinked(Unlinked why, Collection<Intent> open) {
        Event.Builder event = Event.newBuilder().setUnlinked(why);
        if (why.getReason() == Unlinked.Reason.LOGGED_OUT) {
            open.forEach(intent -> event.addPublished(PublicEvent.newBuilder()
                    .setType("message.failed")
                    .setProgress(ProgressBody.newBuilder()
                            .setId(intent.getMessageId())
                            .setChat(Party.newBuilder().setJid(intent.getChat()))
                            .setState("FAILED")
                            .setProblem("outcome-unknown"))));
        }
        return event;
    }

    /// New keys for a new link.
    public static CredentialsDrawn credentials(SecureRandom random) {
        LocalIdentity identity = LocalIdentity.generate(random);
        SignedPreKey signed = SignedPreKey.generate(1, identity.identity(), random);
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return CredentialsDrawn.newBuilder()
                .setNoisePrivate(bytes(KeyPair.generate(random).privateKey()))
                .setIdentityPrivate(bytes(identity.identity().privateKey()))
                .setRegistrationId(identity.registrationId())
                .setSignedPreKeyId(signed.id())
                .setSignedPreKeyPrivate(bytes(signed.keyPair().privateKey()))
                .setSignedPreKeySignature(bytes(signed.signature()))
                .setAdvSecret(ByteString.copyFrom(secret))
                .build();
    }

    private static ByteString bytes(Bytes bytes) {
        return ByteString.copyFrom(bytes.unsafeArray());
    }
}
