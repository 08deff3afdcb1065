package dev.waggle.stanza.pairing;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Mac;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.proto.adv.ADVDeviceIdentity;
import dev.waggle.proto.adv.ADVEncryptionType;
import dev.waggle.proto.adv.ADVSignedDeviceIdentity;
import dev.waggle.proto.adv.ADVSignedDeviceIdentityHMAC;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// The companion's side of device signatures.
///
/// ```
/// HMAC container { details = signed, hmac = HMAC-SHA256(secret, [06 05 when hosted] signed) }
///   signed { details = identity, account key 32, account signature 64, device signature 64 }
///     account signature over  06 00 | identity | device identity key      (06 05 when the device is hosted)
///     device signature  over  06 01 | identity | device identity key | account key
/// ```
public final class Adv {
    private Adv() {}

    /// The account vouches for us.
    ///
    /// @param deviceIdentity serialized `ADVSignedDeviceIdentity` with both signatures: to be kept, and sent with
    /// every `pkmsg`
    /// @param reply the same without the account's key: what the server wants back
    /// @param keyIndex 1 or more
    /// @param accountIdentity the primary's identity key, 32 bytes; to be trusted for our LID, device 0
    public record Accepted(Bytes deviceIdentity, Bytes reply, int keyIndex, Bytes accountIdentity, boolean hosted) {}

    /// Checks what `pair-success` brings and signs it.
    ///
    /// @param container serialized `ADVSignedDeviceIdentityHMAC`
    /// @param advSecret the secret of the QR code, or of the pairing code
    /// @param identity our own
    /// @throws PairingException when it is malformed, not by somebody who knows the secret, or not signed by the
    /// account
    public static Accepted accept(Bytes container, Bytes advSecret, KeyPair identity, SecureRandom random) {
        ADVSignedDeviceIdentity signed =
                AdvParts.parse("adv", ADVSignedDeviceIdentity.parser(), authenticated(container, advSecret));
        AdvParts.checkSizes(signed);
        ADVDeviceIdentity details = AdvParts.details(signed);
        boolean hosted = AdvParts.hosted(details);
        AdvParts.verifyAccount(signed, hosted, identity.publicKey());
        byte[] message = AdvParts.deviceMessage(AdvParts.DEVICE, signed, identity.publicKey());
        ADVSignedDeviceIdentity complete = signed.toBuilder()
                .setDeviceSignature(ByteString.copyFrom(identity.sign(message, random)))
                .build();
        return new Accepted(
                Bytes.wrap(complete.toByteArray()),
                Bytes.wrap(
                        complete.toBuilder().clearAccountSignatureKey().build().toByteArray()),
                details.getKeyIndex(),
                Bytes.wrap(signed.getAccountSignatureKey().toByteArray()),
                hosted);
    }

    private static byte[] authenticated(Bytes container, Bytes advSecret) {
        ADVSignedDeviceIdentityHMAC sealed =
                AdvParts.parse("adv container", ADVSignedDeviceIdentityHMAC.parser(), container.unsafeArray());
        byte[] details = sealed.getDetails().toByteArray();
        byte[] prefix = sealed.getAccountType() == ADVEncryptionType.HOSTED ? AdvParts.HOSTED_ACCOUNT : new byte[0];
        byte[] expected = Mac.sha256(advSecret.unsafeArray(), prefix, details);
        if (!Mac.equal(expected, sealed.getHmac().toByteArray())) {
            throw new PairingException(
                    PairingException.Reason.HMAC_MISMATCH, "adv hmac", "another", "one under our secret");
        }
        return details;
    }

    /// Checks the `device-identity` of another device: its account vouches for it and it agrees.
    ///
    /// @param deviceIdentity serialized `ADVSignedDeviceIdentity`
    /// @param identity the device's identity key, 32 bytes
    /// @param ownAccount used when the container names no account key, as for devices of our own account
    /// @return the key index that vouches for the device
    /// @throws PairingException when it is malformed or a signature is not right
    public static int verify(Bytes deviceIdentity, Bytes identity, @Nullable Bytes ownAccount) {
        ADVSignedDeviceIdentity signed =
                AdvParts.parse("adv", ADVSignedDeviceIdentity.parser(), deviceIdentity.unsafeArray());
        if (!signed.hasAccountSignatureKey() && ownAccount != null) {
            signed = signed.toBuilder()
                    .setAccountSignatureKey(ByteString.copyFrom(ownAccount.unsafeArray()))
                    .build();
        }
        AdvParts.checkSizes(signed);
        AdvParts.check("adv identity key", ByteString.copyFrom(identity.unsafeArray()), AdvParts.KEY_BYTES);
        AdvParts.check("adv device signature", signed.getDeviceSignature(), AdvParts.SIGNATURE_BYTES);
        ADVDeviceIdentity details = AdvParts.details(signed);
        boolean hosted = AdvParts.hosted(details);
        AdvParts.verifyAccount(signed, hosted, identity);
        verifyDevice(signed, hosted, identity);
        return details.getKeyIndex();
    }

    /// Clients disagree on the prefix that a hosted device signs under, so both are good.
    static void verifyDevice(ADVSignedDeviceIdentity signed, boolean hosted, Bytes identity) {
        byte[] key = identity.unsafeArray();
        byte[] signature = signed.getDeviceSignature().toByteArray();
        byte[] hostedMessage = AdvParts.deviceMessage(AdvParts.HOSTED_DEVICE, signed, identity);
        if (hosted && XEdDsa.verify(key, hostedMessage, signature)) {
            return;
        }
        AdvParts.verify(
                "adv device signature", key, AdvParts.deviceMessage(AdvParts.DEVICE, signed, identity), signature);
    }
}
