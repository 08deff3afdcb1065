package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// The padding under every ciphertext of `enc v=2`: 1 to 16 bytes that all say how many they are; readers accept up
/// to 255.
final class Padding {
    private Padding() {}

    static byte[] pad(Bytes plaintext, SecureRandom random) {
        int count = 1 + random.nextInt(16);
        byte[] padded = Arrays.copyOf(plaintext.unsafeArray(), plaintext.size() + count);
        Arrays.fill(padded, plaintext.size(), padded.length, (byte) count);
        return padded;
    }

    /// Empty when the padding is none.
    static Optional<Bytes> strip(Bytes padded) {
        int count = padded.isEmpty() ? 0 : padded.get(padded.size() - 1) & 0xff;
        boolean sound = count > 0 && count <= padded.size();
        for (int i = 1; sound && i <= count; i++) {
            sound = (padded.get(padded.size() - i) & 0xff) == count;
        }
        return sound ? Optional.of(padded.slice(0, padded.size() - count)) : Optional.empty();
    }
}
