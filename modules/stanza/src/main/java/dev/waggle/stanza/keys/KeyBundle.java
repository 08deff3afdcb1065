package dev.waggle.stanza.keys;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// All that is needed to open a session with a device.
///
/// @param registrationId 32 bits, changes when the device is installed anew
/// @param identityKey 32 raw bytes
/// @param oneTimeKey absent when the server has none left
/// @param deviceIdentity a companion's serialized `ADVSignedDeviceIdentity`
public record KeyBundle(
        int registrationId,
        Bytes identityKey,
        SignedKey signedKey,
        @Nullable OneTimeKey oneTimeKey,
        @Nullable Bytes deviceIdentity) {
    public KeyBundle {
        Keys.check("identity key", identityKey, Keys.KEY_BYTES);
    }

    /// Reads `registration` from `holder`, and the keys from its `keys` child when there is one, else from
    /// `holder`.
    ///
    /// @throws NodeException when a key is missing or has the wrong length
    public static KeyBundle read(Node holder) {
        Node inner = holder.child("keys");
        Node keys = inner == null ? holder : inner;
        Node oneTime = keys.child("key");
        Node identity = keys.child("device-identity");
        return new KeyBundle(
                Fields.bigEndian(holder.requireChild("registration"), 4),
                keys.requireChild("identity").requireBytes(Keys.KEY_BYTES),
                SignedKey.read(keys.requireChild("skey")),
                oneTime == null ? null : OneTimeKey.read(oneTime),
                identity == null ? null : identity.bytes());
    }

    /// The `keys` child of a retry receipt.
    ///
    /// @throws IllegalStateException without one-time key or device identity: such a bundle is of no use to the
    /// sender
    public Node toRetryNode() {
        if (oneTimeKey == null || deviceIdentity == null) {
            throw new IllegalStateException("retry bundle: incomplete (expected: one-time key and device identity)");
        }
        return Node.of(
                "keys",
                Node.of("type", Keys.TYPE),
                Node.of("identity", identityKey),
                oneTimeKey.toNode(),
                signedKey.toNode(),
                Node.of("device-identity", deviceIdentity));
    }
}
