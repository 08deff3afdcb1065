package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesCbc;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.Hkdf;
import dev.waggle.crypto.Mac;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How files are encrypted, written down a second time and all at once: the simulator judges clients, so it does
/// not share their code.
final class FileBox {
    private static final int MAC_BYTES = 10;

    private FileBox() {}

    record Sealed(Bytes mediaKey, Bytes sha256, Bytes encryptedSha256, Bytes encrypted) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Keys(byte[] iv, byte[] cipher, byte[] mac) {
        static Keys of(Bytes mediaKey, String info) {
            byte[] all = Hkdf.derive(mediaKey.unsafeArray(), new byte[0], info.getBytes(StandardCharsets.UTF_8), 112);
            return new Keys(
                    Arrays.copyOfRange(all, 0, 16), Arrays.copyOfRange(all, 16, 48), Arrays.copyOfRange(all, 48, 80));
        }

        byte[] mac(byte[] ciphertext) {
            return Arrays.copyOf(Mac.sha256(mac, iv, ciphertext), MAC_BYTES);
        }
    }

    /// What a message says of a file, or of a thumbnail.
    record Expected(String info, Bytes mediaKey, Bytes sha256, Bytes encryptedSha256, long length) {}

    static Bytes mediaKey(RandomGenerator random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Bytes.wrap(key);
    }

    static Sealed seal(Bytes file, String info, Bytes mediaKey) {
        Keys keys = Keys.of(mediaKey, info);
        byte[] ciphertext = AesCbc.encrypt(keys.cipher(), keys.iv(), file.unsafeArray());
        byte[] all = Arrays.copyOf(ciphertext, ciphertext.length + MAC_BYTES);
        System.arraycopy(keys.mac(ciphertext), 0, all, ciphertext.length, MAC_BYTES);
        return new Sealed(
                mediaKey,
                Bytes.wrap(Digest.sha256(file.unsafeArray())),
                Bytes.wrap(Digest.sha256(all)),
                Bytes.wrap(all));
    }

    /// What is wrong with a file that somebody sent; empty when it is what its message says.
    static String problem(byte[] encrypted, Expected told) {
        if (encrypted.length <= MAC_BYTES
                || !Bytes.wrap(Digest.sha256(encrypted)).equals(told.encryptedSha256())) {
            return "encrypted-hash";
        }
        Keys keys = Keys.of(told.mediaKey(), told.info());
        byte[] ciphertext = Arrays.copyOf(encrypted, encrypted.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(encrypted, ciphertext.length, encrypted.length);
        if (!Arrays.equals(mac, keys.mac(ciphertext))) {
            return "mac";
        }
        try {
            byte[] file = AesCbc.decrypt(keys.cipher(), keys.iv(), ciphertext);
            return !Bytes.wrap(Digest.sha256(file)).equals(told.sha256())
                    ? "hash"
                    : told.length() == FileKind.NOT_TOLD || file.length == told.length() ? "" : "length";
        } catch (CryptoException e) {
            return "padding";
        }
    }
}
