package dev.waggle.benchmarks;

import java.security.SecureRandom;

/// What benchmarks work on, and how they check that they do work.
public final class Sample {
    /// Of the texts that are sealed, encrypted and signed.
    public static final int TEXT_BYTES = 300;

    private Sample() {}

    /// Bytes that differ from each other and, by `seed`, from other texts.
    public static byte[] text(int size, int seed) {
        byte[] text = new byte[size];
        for (int i = 0; i < size; i++) {
            text[i] = (byte) (31 * i + seed);
        }
        return text;
    }

    public static byte[] text() {
        return text(TEXT_BYTES, 7);
    }

    /// The platform's own generator, as a node uses it.
    public static SecureRandom random() {
        return new SecureRandom();
    }

    /// @throws IllegalStateException when it does not hold: what would be measured is not the work
    public static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("benchmark: broken (expected: " + what + ")");
        }
    }
}
