package dev.waggle.stanza.pairing;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Mac;
import dev.waggle.proto.adv.ADVDeviceIdentity;
import dev.waggle.proto.adv.ADVEncryptionType;
import dev.waggle.proto.adv.ADVKeyIndexList;
import dev.waggle.proto.adv.ADVSignedDeviceIdentity;
import dev.waggle.proto.adv.ADVSignedDeviceIdentityHMAC;
import dev.waggle.proto.adv.ADVSignedKeyIndexList;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// The phone's side of device signatures.
public final class AdvPrimary {
    private AdvPrimary() {}

    /// What the phone vouches for.
    ///
    /// @param rawId of the account, changes when its identity does
    /// @param keyIndex 1 or more, unique per device of the account
    public record Identity(int rawId, Instant at, int keyIndex, boolean hosted) {
        public Identity {
            if (keyIndex < 1) {
                throw new IllegalArgumentException("key index: " + keyIndex + " (expected: 1 or more)");
            }
        }

        private ADVDeviceIdentity details() {
            return ADVDeviceIdentity.newBuilder()
                    .setRawId(rawId)
                    .setTimestamp(at.getEpochSecond())
                    .setKeyIndex(keyIndex)
                    .setAccountType(ADVEncryptionType.E2EE)
                    .setDeviceType(type(hosted))
                    .build();
        }
    }

    private static ADVEncryptionType type(boolean hosted) {
        return hosted ? ADVEncryptionType.HOSTED : ADVEncryptionType.E2EE;
    }

    /// Vouches for a companion: the serialized `ADVSignedDeviceIdentityHMAC` for its `pair-success`. The account
    /// type is always written, because some companions insist on it.
    ///
    /// @param account the phone's identity
    /// @param companionIdentity as the QR code, or the code exchange, told it: 32 bytes
    /// @param advSecret as the QR code, or the code exchange, gave it: 32 bytes
    public static Bytes vouch(
            Identity identity, KeyPair account, Bytes companionIdentity, Bytes advSecret, SecureRandom random) {
        byte[] details = identity.details().toByteArray();
        byte[] prefix = identity.hosted() ? AdvParts.HOSTED_ACCOUNT : AdvParts.ACCOUNT;
        byte[] message = AdvParts.join(prefix, details, companionIdentity.unsafeArray());
        byte[] signed = ADVSignedDeviceIdentity.newBuilder()
                .setDetails(ByteString.copyFrom(details))
                .setAccountSignatureKey(ByteString.copyFrom(account.publicKey().unsafeArray()))
                .setAccountSignature(ByteString.copyFrom(account.sign(message, random)))
                .build()
                .toByteArray();
        byte[] hmacPrefix = identity.hosted() ? AdvParts.HOSTED_ACCOUNT : new byte[0];
        byte[] hmac = Mac.sha256(advSecret.unsafeArray(), hmacPrefix, signed);
        return Bytes.wrap(ADVSignedDeviceIdentityHMAC.newBuilder()
                .setDetails(ByteString.copyFrom(signed))
                .setHmac(ByteString.copyFrom(hmac))
                .setAccountType(type(identity.hosted()))
                .build()
                .toByteArray());
    }

    /// Checks what the companion answered and gives its complete `device-identity`, with the account's key.
    ///
    /// @param reply the bytes in `pair-device-sign`
    /// @throws PairingException when it is malformed, or vouches for something else, or is not signed by the
    /// companion
    public static Bytes confirm(Bytes reply, KeyPair account, Bytes companionIdentity) {
        ADVSignedDeviceIdentity answered = AdvParts.parse("adv", ADVSignedDeviceIdentity.parser(), reply.unsafeArray());
        if (answered.hasAccountSignatureKey()) {
            throw PairingException.malformed("adv reply", "names the account's key", "no account key");
        }
        Bytes complete = Bytes.wrap(answered.toBuilder()
                .setAccountSignatureKey(ByteString.copyFrom(account.publicKey().unsafeArray()))
                .build()
                .toByteArray());
        Adv.verify(complete, companionIdentity, null);
        return complete;
    }

    /// The serialized `ADVSignedKeyIndexList`: which devices of the account are valid.
    public static Bytes keyIndexes(
            int rawId, Instant at, int currentIndex, List<Integer> valid, KeyPair account, SecureRandom random) {
        byte[] details = ADVKeyIndexList.newBuilder()
                .setRawId(rawId)
                .setTimestamp(at.getEpochSecond())
                .setCurrentIndex(currentIndex)
                .addAllValidIndexes(valid)
                .build()
                .toByteArray();
        byte[] message = AdvParts.join(AdvParts.KEY_INDEX_LIST, details);
        return Bytes.wrap(ADVSignedKeyIndexList.newBuilder()
                .setDetails(ByteString.copyFrom(details))
                .setAccountSignature(ByteString.copyFrom(account.sign(message, random)))
                .setAccountSignatureKey(ByteString.copyFrom(account.publicKey().unsafeArray()))
                .build()
                .toByteArray());
    }
}
