package dev.waggle.signal.ratchet;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesCbc;
import dev.waggle.crypto.Hkdf;
import dev.waggle.crypto.Mac;
import dev.waggle.signal.message.PublicKeys;
import dev.waggle.signal.message.RatchetMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The keys of one single message, made from its seed. Not a value: used once and dropped.
public final class MessageKeys {
    private static final byte[] NO_SALT = {};
    private static final byte[] SESSION = "WhisperMessageKeys".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GROUP = "WhisperGroup".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 32;
    private static final int IV = 16;

    private final byte[] cipherKey;
    private final byte[] macKey;
    private final byte[] iv;

    private MessageKeys(byte[] cipherKey, byte[] macKey, byte[] iv) {
        this.cipherKey = cipherKey;
        this.macKey = macKey;
        this.iv = iv;
    }

    /// Of a session: `cipher key 32 || MAC key 32 || IV 16`.
    public static MessageKeys ofSession(byte[] seed) {
        var okm = Hkdf.derive(seed, NO_SALT, SESSION, KEY + KEY + IV);
        return new MessageKeys(
                Arrays.copyOf(okm, KEY),
                Arrays.copyOfRange(okm, KEY, KEY + KEY),
                Arrays.copyOfRange(okm, KEY + KEY, KEY + KEY + IV));
    }

    /// Of a sender key: `IV 16 || cipher key 32`; groups sign, they have no MAC.
    public static MessageKeys ofGroup(byte[] seed) {
        var okm = Hkdf.derive(seed, NO_SALT, GROUP, IV + KEY);
        return new MessageKeys(Arrays.copyOfRange(okm, IV, IV + KEY), new byte[0], Arrays.copyOf(okm, IV));
    }

    public byte[] encrypt(byte[] plaintext) {
        return AesCbc.encrypt(cipherKey, iv, plaintext);
    }

    /// @throws dev.waggle.crypto.CryptoException when the padding is wrong
    public byte[] decrypt(byte[] ciphertext) {
        return AesCbc.decrypt(cipherKey, iv, ciphertext);
    }

    /// The 8 bytes behind a session message; identities are 32 bytes.
    public byte[] mac(Bytes sender, Bytes receiver, byte[] signed) {
        var full = Mac.sha256(
                macKey, PublicKeys.type(), sender.unsafeArray(), PublicKeys.type(), receiver.unsafeArray(), signed);
        return Arrays.copyOf(full, RatchetMessage.MAC_BYTES);
    }
}
