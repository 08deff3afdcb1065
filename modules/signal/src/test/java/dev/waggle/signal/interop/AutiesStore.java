package dev.waggle.signal.interop;

import com.github.auties00.libsignal.SignalProtocolAddress;
import com.github.auties00.libsignal.SignalProtocolStore;
import com.github.auties00.libsignal.groups.SignalSenderKeyName;
import com.github.auties00.libsignal.groups.state.SignalSenderKeyRecord;
import com.github.auties00.libsignal.key.SignalIdentityKeyPair;
import com.github.auties00.libsignal.key.SignalIdentityPublicKey;
import com.github.auties00.libsignal.key.SignalKeyDirection;
import com.github.auties00.libsignal.key.SignalPreKeyPair;
import com.github.auties00.libsignal.key.SignalSignedKeyPair;
import com.github.auties00.libsignal.state.SignalSessionRecord;
import dev.waggle.address.Bytes;
import dev.waggle.signal.prekey.PreKeyBundle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The memory of the other library's side.
final class AutiesStore implements SignalProtocolStore {
    private static final int REGISTRATION_ID = 4711;

    private final SignalIdentityKeyPair identity = SignalIdentityKeyPair.random();
    private final SignalSignedKeyPair signed = SignalSignedKeyPair.of(7, identity);
    private final Map<Integer, SignalPreKeyPair> preKeys = new HashMap<>();
    private final Map<SignalProtocolAddress, SignalSessionRecord> sessions = new HashMap<>();
    private final Map<SignalSenderKeyName, SignalSenderKeyRecord> senderKeys = new HashMap<>();

    PreKeyBundle bundle() {
        var oneTime = SignalPreKeyPair.random(9);
        preKeys.put(9, oneTime);
        return new PreKeyBundle(
                REGISTRATION_ID,
                Bytes.wrap(identity.publicKey().toEncodedPoint()),
                signed.id(),
                Bytes.wrap(signed.publicKey().toEncodedPoint()),
                Bytes.wrap(signed.signature()),
                OptionalInt.of(9),
                Bytes.wrap(oneTime.publicKey().toEncodedPoint()));
    }

    @Override
    public int registrationId() {
        return REGISTRATION_ID;
    }

    @Override
    public SignalIdentityKeyPair identityKeyPair() {
        return identity;
    }

    @Override
    public Optional<SignalSessionRecord> findSessionByAddress(SignalProtocolAddress address) {
        return Optional.ofNullable(sessions.get(address));
    }

    @Override
    public void addSession(SignalProtocolAddress address, SignalSessionRecord session) {
        sessions.put(address, session);
    }

    @Override
    public Optional<SignalSenderKeyRecord> findSenderKeyByName(SignalSenderKeyName name) {
        return Optional.ofNullable(senderKeys.get(name));
    }

    @Override
    public void addSenderKey(SignalSenderKeyName name, SignalSenderKeyRecord key) {
        senderKeys.put(name, key);
    }

    @Override
    public Optional<SignalSignedKeyPair> findSignedPreKeyById(Integer id) {
        return id == signed.id() ? Optional.of(signed) : Optional.empty();
    }

    @Override
    public void addSignedPreKey(SignalSignedKeyPair key) {
        throw new UnsupportedOperationException("one signed pre-key is enough");
    }

    @Override
    public Optional<SignalPreKeyPair> findPreKeyById(Integer id) {
        return Optional.ofNullable(preKeys.get(id));
    }

    @Override
    public void addPreKey(SignalPreKeyPair key) {
        preKeys.put(key.id(), key);
    }

    @Override
    public boolean removePreKey(int id) {
        return preKeys.remove(id) != null;
    }

    @Override
    public boolean isTrustedIdentity(
            SignalProtocolAddress address, SignalIdentityPublicKey key, SignalKeyDirection direction) {
        return true;
    }

    @Override
    public void addTrustedIdentity(SignalProtocolAddress address, SignalIdentityPublicKey key) {}
}
