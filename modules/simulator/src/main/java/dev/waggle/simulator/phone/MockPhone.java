package dev.waggle.simulator.phone;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Mac;
import dev.waggle.simulator.check.AdvBytes;
import dev.waggle.simulator.check.FieldException;
import dev.waggle.simulator.check.FieldsWriter;
import dev.waggle.simulator.check.SignedIdentity;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One user's phone: signs companions in. Pure bookkeeping over one identity
/// key.
public final class MockPhone {
    private static final int DEVICES_MAX = 10_000;

    private final KeyPair identity;
    private final int rawId;
    private final SecureRandom random;
    private final Map<Integer, Signed> invited = new HashMap<>();
    private int lastIndex;

    /// A companion under its key index: the details that were signed, and its identity key.
    private record Signed(Bytes details, Bytes companion) {}

    /// What goes into `pair-success`: the key index (from 1, never given twice) and the bytes of
    /// `ADVSignedDeviceIdentityHMAC`.
    public record Invitation(int keyIndex, Bytes container) {}

    /// @param rawId names this phone's installation in every list and identity that it signs
    public MockPhone(KeyPair identity, int rawId, SecureRandom random) {
        this.identity = identity;
        this.rawId = rawId;
        this.random = random;
    }

    public Bytes identityKey() {
        return identity.publicKey();
    }

    /// Signs a companion in.
    ///
    /// @param companion its identity key, 32 bytes
    /// @param advSecret 32 bytes that only the companion and this phone know
    /// @param now Unix seconds
    /// @throws IllegalStateException after 10,000 companions
    public Invitation invite(Bytes companion, Bytes advSecret, long now) {
        if (lastIndex >= DEVICES_MAX) {
            throw new IllegalStateException("companions: " + lastIndex + " (expected: below " + DEVICES_MAX + ")");
        }
        int index = ++lastIndex;
        Bytes details = new FieldsWriter()
                .number(1, rawId)
                .number(2, now)
                .number(3, index)
                .number(4, 0)
                .number(5, 0)
                .done();
        invited.put(index, new Signed(details, companion));
        Bytes signature = sign(AdvBytes.account(details, companion));
        Bytes whole = new SignedIdentity(details, identity.publicKey(), signature, Bytes.EMPTY).write();
        byte[] hmac = Mac.sha256(advSecret.unsafeArray(), whole.unsafeArray());
        // The account type is written although it is the default: the real phone does, and readers check that it is
        // there.
        Bytes container = new FieldsWriter()
                .bytes(1, whole)
                .bytes(2, Bytes.wrap(hmac))
                .number(3, 0)
                .done();
        return new Invitation(index, container);
    }

    /// The companion's `pair-device-sign` answer, taken once per invitation: its `ADVSignedDeviceIdentity` without
    /// account signature key.
    ///
    /// @return the full identity with that key, or empty when the answer is not the invitation that it was given,
    /// or its device signature does not verify
    public Optional<Bytes> countersigned(int keyIndex, Bytes answer) {
        Signed asked = invited.remove(keyIndex);
        if (asked == null) {
            return Optional.empty();
        }
        try {
            SignedIdentity shown = SignedIdentity.read(answer);
            return accepted(asked, shown)
                    ? Optional.of(shown.withAccountKey(identity.publicKey()).write())
                    : Optional.empty();
        } catch (FieldException e) {
            return Optional.empty();
        }
    }

    private boolean accepted(Signed asked, SignedIdentity shown) {
        return shown.details().equals(asked.details())
                && shown.accountKey().isEmpty()
                && shown.accountSigned(identity.publicKey(), asked.companion())
                && shown.deviceSigned(identity.publicKey(), asked.companion());
    }

    /// The companion went away before it answered.
    public void forget(int keyIndex) {
        invited.remove(keyIndex);
    }

    /// `ADVSignedKeyIndexList`: who is linked now.
    ///
    /// @param linked the key indexes of the linked companions
    /// @param now Unix seconds
    public Bytes keyIndexList(Collection<Integer> linked, long now) {
        FieldsWriter indexes = new FieldsWriter();
        linked.forEach(indexes::packed);
        Bytes details = new FieldsWriter()
                .number(1, rawId)
                .number(2, now)
                .number(3, lastIndex)
                .bytes(4, indexes.done())
                .number(5, 0)
                .done();
        return new FieldsWriter()
                .bytes(1, details)
                .bytes(2, sign(AdvBytes.keyIndexList(details)))
                .bytes(3, identity.publicKey())
                .done();
    }

    private Bytes sign(byte[] message) {
        return Bytes.wrap(identity.sign(message, random));
    }
}
