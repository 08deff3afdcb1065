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
import dev.waggle.proto.journal.OwnerChanged;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.Received;
import dev.waggle.proto.journal.SendsCancelled;
import dev.waggle.proto.journal.SendsReleased;
import dev.waggle.proto.journal.Unlinked;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.storage.control.Incarnation;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Journal events as the account writes them: public events numbered in order, everything dated.
public final class Drafts {
    private Drafts() {}

    /// Numbers the public events of a draft from the state's next sequence on.
    public static Event stamped(Event.Builder draft, AccountState state, Instant at) {
        OwnerChanged owner = draft.getOwnerChanged();
        long epoch = Math.max(state.epoch(), owner.getEpoch());
        draft.setAtMillis(at.toEpochMilli()).setRevision(state.revision() + 1).setEpoch(epoch);
        for (int i = 0; i < draft.getPublishedCount(); i++) {
            draft.getPublishedBuilder(i)
                    .setSequence(Math.max(state.nextSequence(), owner.getNextSequence()) + i)
                    .setEpoch(epoch)
                    .setAtMillis(at.toEpochMilli());
        }
        return draft.build();
    }

    /// The first thing that a new owner says. Out of a backup, epochs and public sequences go on above everything
    /// that was told between the backup and its restoring. What was seen last is over, and readers are told.
    ///
    /// @param incarnation of the store, see [dev.waggle.storage.control.Incarnation]
    public static Event.Builder owned(AccountState state, long incarnation) {
        OwnerChanged.Builder owner = OwnerChanged.newBuilder().setEpoch(Math.max(state.epoch() + 1, incarnation));
        if (state.epoch() < incarnation) {
            owner.setNextSequence(Math.max(state.nextSequence(), Incarnation.firstSequence(incarnation)));
        }
        Event.Builder event = Event.newBuilder().setOwnerChanged(owner);
        Observed seen = state.apply(event.build()).observed();
        return seen.equals(state.observed())
                ? event
                : event.addPublished(stateEvent(seen.getState(), seen.getReason(), state.running()));
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

    /// The server's answer to a send is told once and before anything else of it: a receipt that is faster than the
    /// answer, or that outlives a crash which the answer did not, stands for both.
    public static Event.Builder received(AccountState state, List<Recordable> batch) {
        Set<String> unanswered = new HashSet<>(state.open().keySet());
        Event.Builder event = Event.newBuilder();
        Received.Builder received = Received.newBuilder();
        for (Recordable recordable : batch) {
            event.addAllDeltas(recordable.deltas());
            Set<String> stale = new HashSet<>();
            for (Progress step : recordable.progress()) {
                boolean answer =
                        step.getState().equals("SENT") || step.getState().equals("FAILED");
                if (unanswered.remove(step.getMessageId())) {
                    if (!answer) {
                        event.addPublished(sent(step, recordable));
                    }
                    received.addProgress(step);
                } else if (answer) {
                    stale.add(step.getMessageId());
                } else {
                    received.addProgress(step);
                }
            }
            recordable.published().stream()
                    .filter(published -> !answers(published)
                            || !stale.contains(published.getProgress().getId()))
                    .forEach(event::addPublished);
        }
        return event.setReceived(received);
    }

    private static boolean answers(PublicEvent published) {
        return published.getType().equals("message.sent") || published.getType().equals("message.failed");
    }

    private static PublicEvent sent(Progress step, Recordable recordable) {
        Party chat = recordable.published().stream()
                .filter(published -> published.getProgress().getId().equals(step.getMessageId()))
                .map(published -> published.getProgress().getChat())
                .findFirst()
                .orElse(Party.getDefaultInstance());
        return PublicEvent.newBuilder()
                .setType("message.sent")
                .setProgress(ProgressBody.newBuilder()
                        .setId(step.getMessageId())
                        .setChat(chat)
                        .setState("SENT")
                        .setTimestampMillis(step.getAtMillis()))
                .build();
    }

    /// The link is over. After a logout nobody can say any more what became of the open sends: each ends with a
    /// reason. Those that were still waiting for their time have certainly not left.
    public static Event.Builder unlinked(AccountState state, Unlinked why, Instant at) {
        Event.Builder event = Event.newBuilder()
                .setUnlinked(why)
                .addPublished(stateEvent(why.getReason().name(), why.getDetail(), state.running()));
        if (why.getReason() == Unlinked.Reason.LOGGED_OUT) {
            state.open()
                    .values()
                    .forEach(intent -> event.addPublished(
                            failed(intent, Scheduled.waits(intent) ? "account-logged-out" : "outcome-unknown", at)));
        }
        return event;
    }

    /// It has not left, and from now on will not.
    public static Event.Builder cancelled(Intent intent, Instant at) {
        return Event.newBuilder()
                .setSendsCancelled(SendsCancelled.newBuilder().addMessageIds(intent.getMessageId()))
                .addPublished(failed(intent, "cancelled", at));
    }

    public static Event.Builder released(Collection<String> ids) {
        return Event.newBuilder().setSendsReleased(SendsReleased.newBuilder().addAllMessageIds(ids));
    }

    private static PublicEvent failed(Intent intent, String problem, Instant at) {
        return PublicEvent.newBuilder()
                .setType("message.failed")
                .setProgress(ProgressBody.newBuilder()
                        .setId(intent.getMessageId())
                        .setChat(Party.newBuilder().setJid(intent.getChat()))
                        .setState("FAILED")
                        .setProblem(problem)
                        .setTimestampMillis(at.toEpochMilli()))
                .build();
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
