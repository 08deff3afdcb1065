package dev.waggle.stanza.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.proto.adv.ADVDeviceIdentity;
import dev.waggle.proto.adv.ADVEncryptionType;
import dev.waggle.proto.adv.ADVSignedDeviceIdentity;
import java.io.ByteArrayOutputStream;

/// What both sides of the device signatures share: prefixes and the bytes that are signed.
final class AdvParts {
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;
    static final byte[] ACCOUNT = {6, 0};
    static final byte[] DEVICE = {6, 1};
    static final byte[] KEY_INDEX_LIST = {6, 2};
    static final byte[] HOSTED_ACCOUNT = {6, 5};
    static final byte[] HOSTED_DEVICE = {6, 6};

    private AdvParts() {}

    static <T extends MessageLite> T parse(String name, Parser<T> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException _) {
            throw PairingException.malformed(name, bytes.length + " bytes", "a protobuf message");
        }
    }

    static ADVDeviceIdentity details(ADVSignedDeviceIdentity signed) {
        return parse(
                "adv details", ADVDeviceIdentity.parser(), signed.getDetails().toByteArray());
    }

    static boolean hosted(ADVDeviceIdentity details) {
        return details.getDeviceType() == ADVEncryptionType.HOSTED;
    }

    static void checkSizes(ADVSignedDeviceIdentity signed) {
        check("adv account key", signed.getAccountSignatureKey(), KEY_BYTES);
        check("adv account signature", signed.getAccountSignature(), SIGNATURE_BYTES);
    }

    static void check(String name, ByteString bytes, int size) {
        if (bytes.size() != size) {
            throw PairingException.malformed(name, bytes.size() + " bytes", size + " bytes");
        }
    }

    /// Checks that the account vouches for a device with that identity key.
    static void verifyAccount(ADVSignedDeviceIdentity signed, boolean hosted, Bytes deviceIdentity) {
        byte[] message = join(
                hosted ? HOSTED_ACCOUNT : ACCOUNT, signed.getDetails().toByteArray(), deviceIdentity.unsafeArray());
        verify(
                "adv account signature",
                signed.getAccountSignatureKey().toByteArray(),
                message,
                signed.getAccountSignature().toByteArray());
    }

    static byte[] deviceMessage(byte[] prefix, ADVSignedDeviceIdentity signed, Bytes deviceIdentity) {
        return join(
                prefix,
                signed.getDetails().toByteArray(),
                deviceIdentity.unsafeArray(),
                signed.getAccountSignatureKey().toByteArray());
    }

    static void verify(String name, byte[] key, byte[] message, byte[] signature) {
        if (!XEdDsa.verify(key, message, signature)) {
            throw new PairingException(
                    PairingException.Reason.SIGNATURE_MISMATCH, name, "another", "one by the key it names");
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(256);
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
