package dev.waggle.stanza.message;

import dev.waggle.wire.node.NodeException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The padding of a plaintext: 1 to 16 bytes, each saying how many there are. Readers accept up to 255.
public final class Padding {
    private static final int WRITTEN_MAX = 16;

    private Padding() {}

    public static byte[] pad(byte[] plaintext, RandomGenerator random) {
        int count = 1 + random.nextInt(WRITTEN_MAX);
        byte[] padded = Arrays.copyOf(plaintext, plaintext.length + count);
        Arrays.fill(padded, plaintext.length, padded.length, (byte) count);
        return padded;
    }

    /// @throws NodeException when the last byte is 0, or says more than there is
    public static byte[] unpad(byte[] padded) {
        int count = padded.length == 0 ? 0 : padded[padded.length - 1] & 0xFF;
        if (count == 0 || count > padded.length) {
            throw new NodeException("padding", count + " of " + padded.length, "1.." + padded.length);
        }
        return Arrays.copyOf(padded, padded.length - count);
    }
}
