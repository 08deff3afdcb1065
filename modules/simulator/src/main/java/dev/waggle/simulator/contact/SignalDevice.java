package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.group.GroupOutcome;
import dev.waggle.signal.group.SenderKeyRecord;
import dev.waggle.signal.group.SenderKeys;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.PreKeyLookup;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.signal.session.CiphertextType;
import dev.waggle.signal.session.DecryptOutcome;
import dev.waggle.signal.session.Peer;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.signal.session.Sessions;
import dev.waggle.simulator.directory.DeviceKeys;
import dev.waggle.simulator.directory.OneTimeKey;
import dev.waggle.simulator.directory.SignedKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Signal state of one device in this process, in memory only. Other devices go by the name that
/// [Neighbourhood#name] gives them. At most 50,000 sessions and as many sender keys, then the longest unused is
/// dropped.
final class SignalDevice {
    private static final int KEPT_MAX = 50_000;
    private static final int ONE_TIME_MAX = 10_000;

    private final LocalIdentity local;
    private final SecureRandom random;
    private final SignedPreKey signedKey;
    private final Map<Integer, PreKey> oneTimeKeys = new HashMap<>();
    private final Map<Jid, SessionRecord> sessions = new Recent<>(KEPT_MAX);
    private final Map<GroupSender, SenderKeyRecord> senderKeys = new Recent<>(KEPT_MAX);
    private int lastKeyId;

    private record GroupSender(Jid group, Jid device) {}

    SignalDevice(LocalIdentity local, SecureRandom random) {
        this.local = local;
        this.random = random;
        this.signedKey = SignedPreKey.generate(1, local.identity(), random);
    }

    DeviceKeys publicKeys() {
        return new DeviceKeys(
                local.registrationId(),
                local.identity().publicKey(),
                new SignedKey(signedKey.id(), signedKey.keyPair().publicKey(), signedKey.signature()));
    }

    LocalIdentity local() {
        return local;
    }

    /// New one-time keys with growing ids; none when 10,000 are waiting for use.
    List<OneTimeKey> mint(int count) {
        List<OneTimeKey> minted = new ArrayList<>(count);
        for (int i = 0; i < count && oneTimeKeys.size() < ONE_TIME_MAX; i++) {
            PreKey key = PreKey.generate(++lastKeyId, random);
            oneTimeKeys.put(key.id(), key);
            minted.add(new OneTimeKey(key.id(), key.keyPair().publicKey()));
        }
        return minted;
    }

    boolean hasSession(Jid device) {
        SessionRecord record = sessions.get(device);
        return record != null && record.hasSession();
    }

    Optional<Integer> registrationOf(Jid device) {
        SessionRecord record = sessions.get(device);
        return record == null || record.remoteRegistrationId().isEmpty()
                ? Optional.empty()
                : Optional.of(record.remoteRegistrationId().getAsInt());
    }

    /// @return false when the bundle is not genuine
    boolean start(Jid device, PreKeyBundle bundle) {
        try {
            sessions.put(device, Sessions.start(local, sessions.get(device), bundle, random));
            return true;
        } catch (SignalException e) {
            return false;
        }
    }

    /// Forgets all about a device, as if this one had been reinstalled.
    void forget(Jid device) {
        sessions.remove(device);
        senderKeys.keySet().removeIf(name -> name.device().equals(device));
    }

    /// @throws IllegalStateException without a session
    Cipher encrypt(Jid device, Bytes message) {
        SessionRecord record = sessions.get(device);
        if (record == null) {
            throw new IllegalStateException("session: none (expected: one with " + device + ")");
        }
        var encrypted = Sessions.encrypt(record, Padding.pad(message, random));
        sessions.put(device, encrypted.next());
        return new Cipher(encrypted.type() == CiphertextType.PRE_KEY ? "pkmsg" : "msg", encrypted.ciphertext());
    }

    /// Reads a `msg` or `pkmsg`. A new identity of a known device is accepted, as a phone does after showing a
    /// notice.
    Opened open(Jid device, Cipher cipher) {
        DecryptOutcome outcome = outcome(device, cipher, Peer.unknown());
        if (outcome instanceof DecryptOutcome.UntrustedIdentity changed) {
            sessions.remove(device);
            outcome = outcome(device, cipher, Peer.known(changed.newKey()));
        }
        return switch (outcome) {
            case DecryptOutcome.Plaintext plain -> {
                sessions.put(device, plain.next());
                plain.consumedPreKeyId().ifPresent(oneTimeKeys::remove);
                yield unpadded(plain.plaintext());
            }
            case DecryptOutcome.Duplicate ignored -> new Opened.Again();
            case DecryptOutcome.NoSession ignored -> new Opened.Failed(1);
            case DecryptOutcome.InvalidKeyId ignored -> new Opened.Failed(3);
            case DecryptOutcome.InvalidMessage ignored -> new Opened.Failed(4);
            case DecryptOutcome.UntrustedIdentity ignored -> new Opened.Failed(4);
            case DecryptOutcome.TooFarAhead ignored -> new Opened.Failed(6);
            case DecryptOutcome.BadMac ignored -> new Opened.Failed(7);
        };
    }

    private DecryptOutcome outcome(Jid device, Cipher cipher, Peer peer) {
        @Nullable SessionRecord record = sessions.get(device);
        byte[] bytes = cipher.bytes().toArray();
        return cipher.opensSession()
                ? Sessions.decryptPreKey(local, record, bytes, lookup(bytes), peer, random)
                : Sessions.decryptMessage(local, record, bytes, peer, random);
    }

    private PreKeyLookup lookup(byte[] bytes) {
        try {
            var id = PreKeyMessage.parse(bytes).preKeyId();
            PreKey named = id.isPresent() ? oneTimeKeys.get(id.getAsInt()) : null;
            return new PreKeyLookup(List.of(signedKey), named == null ? List.of() : List.of(named));
        } catch (SignalException e) {
            return PreKeyLookup.NONE;
        }
    }

    private static Opened unpadded(Bytes padded) {
        return Padding.strip(padded).<Opened>map(Opened.Plain::new).orElseGet(() -> new Opened.Failed(4));
    }

    /// Takes the key that another device sends under in a group.
    ///
    /// @return false when it is none
    boolean learn(Jid group, Jid device, Bytes distribution) {
        try {
            senderKeys.merge(
                    new GroupSender(group, device),
                    SenderKeys.process(null, distribution.unsafeArray()),
                    (known, fresh) -> SenderKeys.process(known, distribution.unsafeArray()));
            return true;
        } catch (SignalException e) {
            return false;
        }
    }

    /// Reads a `skmsg`.
    Opened openGroup(Jid group, Jid device, Bytes ciphertext) {
        GroupSender name = new GroupSender(group, device);
        return switch (SenderKeys.decrypt(senderKeys.get(name), ciphertext.toArray())) {
            case GroupOutcome.Plaintext plain -> {
                senderKeys.put(name, plain.next());
                yield unpadded(plain.plaintext());
            }
            case GroupOutcome.Duplicate ignored -> new Opened.Again();
            case GroupOutcome.NoSenderKey ignored -> new Opened.Failed(1);
            case GroupOutcome.BadSignature ignored -> new Opened.Failed(7);
            case GroupOutcome.InvalidMessage ignored -> new Opened.Failed(4);
            case GroupOutcome.TooFarAhead ignored -> new Opened.Failed(6);
        };
    }
}
