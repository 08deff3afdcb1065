package dev.waggle.platform.account;

import com.google.protobuf.ByteString;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.PairingView.State;
import dev.waggle.platform.account.pairing.Pairing;
import dev.waggle.platform.account.state.Credentials;
import dev.waggle.proto.journal.Paired;
import dev.waggle.stanza.login.ClientSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What people are shown of the present pairing, and who is watching it. The last one stays readable after its end.
final class PairingDesk {
    /// The admin room watches once for all its readers.
    private static final int WATCHERS_MAX = 64;

    private @Nullable PairingView view;
    private @Nullable ActorRef<Pairing.Command> pairing;
    private final List<ActorRef<Answer<PairingView>>> watchers = new ArrayList<>();

    PairingView open(String id, String method, ActorRef<Pairing.Command> opened) {
        pairing = opened;
        watchers.clear();
        PairingView begun = new PairingView(id, State.OPENING, method, null, null, null, null);
        view = begun;
        return begun;
    }

    boolean active() {
        PairingView now = view;
        return now != null && !now.over();
    }

    @Nullable
    ActorRef<Pairing.Command> pairing() {
        return active() ? pairing : null;
    }

    Answer<PairingView> read(String id) {
        PairingView now = view;
        return now != null && now.id().equals(id)
                ? Answer.of(now)
                : Answer.refuse(Refusal.Code.PAIRING_NOT_FOUND, "there is no such pairing");
    }

    void watch(String id, ActorRef<Answer<PairingView>> watcher) {
        Answer<PairingView> now = watchers.size() < WATCHERS_MAX
                ? read(id)
                : Answer.refuse(Refusal.Code.MAILBOX_FULL, WATCHERS_MAX + " watch this pairing already");
        watcher.tell(now);
        if (now instanceof Answer.Granted<PairingView>(var seen) && !seen.over()) {
            watchers.add(watcher);
        }
    }

    void shown(State state, @Nullable String qr, @Nullable String code, @Nullable Instant until) {
        PairingView now = view;
        if (now != null) {
            tell(new PairingView(now.id(), state, now.method(), qr, code, until, null));
        }
    }

    void over(State state, @Nullable String problem) {
        PairingView now = view;
        if (now != null && !now.over()) {
            tell(new PairingView(now.id(), state, now.method(), null, null, null, problem));
            watchers.clear();
        }
    }

    private void tell(PairingView changed) {
        view = changed;
        watchers.forEach(watcher -> watcher.tell(Answer.of(changed)));
    }

    static Pairing.Keys keys(Credentials drawn) {
        return new Pairing.Keys(drawn.noise(), drawn.local().identity(), drawn.advSecret());
    }

    /// By the code that the phone with this number shows, or (null) by QR.
    static Pairing.Way way(@Nullable String phone, ClientSettings client) {
        return new Pairing.Way(phone == null ? null : Jid.pn(phone), client.pairingPlatform(), "Chrome (Linux)");
    }

    static Paired paired(Pairing.Proposed proposed) {
        Jid lid = proposed.lid();
        return Paired.newBuilder()
                .setJid(proposed.jid().toString())
                .setLid(lid == null ? "" : lid.toString())
                .setSignedDeviceIdentity(
                        ByteString.copyFrom(proposed.deviceIdentity().unsafeArray()))
                .setPlatform(proposed.platform())
                .setBusinessName(proposed.businessName())
                .build();
    }
}
