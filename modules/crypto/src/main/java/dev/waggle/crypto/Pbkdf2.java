package dev.waggle.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// PBKDF2 with HMAC-SHA256 (RFC 8018). By hand, because the JDK's takes no passwords that are bytes.
public final class Pbkdf2 {
    private static final int HASH_BYTES = 32;
    private static final int ITERATIONS_MAX = 10_000_000;
    private static final int LENGTH_MAX = 4096;

    private Pbkdf2() {}

    /// The password as UTF-8.
    ///
    /// @throws CryptoException outside 1..10,000,000 iterations or 1..4096 bytes
    public static byte[] sha256(char[] password, byte[] salt, int iterations, int length) {
        return sha256(new String(password).getBytes(StandardCharsets.UTF_8), salt, iterations, length);
    }

    /// @throws CryptoException outside 1..10,000,000 iterations or 1..4096 bytes
    public static byte[] sha256(byte[] password, byte[] salt, int iterations, int length) {
        if (iterations < 1 || iterations > ITERATIONS_MAX) {
            throw new CryptoException("iterations", String.valueOf(iterations), "1.." + ITERATIONS_MAX);
        }
        if (length < 1 || length > LENGTH_MAX) {
            throw new CryptoException("length", String.valueOf(length), "1.." + LENGTH_MAX);
        }
        int blocks = (length + HASH_BYTES - 1) / HASH_BYTES;
        byte[] out = new byte[blocks * HASH_BYTES];
        for (int i = 0; i < blocks; i++) {
            byte[] block = block(password, salt, iterations, i + 1);
            System.arraycopy(block, 0, out, i * HASH_BYTES, HASH_BYTES);
        }
        return Arrays.copyOf(out, length);
    }

    private static byte[] block(byte[] password, byte[] salt, int iterations, int number) {
        byte[] index = {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        byte[] u = Mac.sha256(password, salt, index);
        byte[] sum = u.clone();
        Hmac hmac = Hmac.sha256();
        for (int i = 1; i < iterations; i++) {
            hmac.begin(password);
            hmac.update(u);
            hmac.end(u, 0);
            for (int k = 0; k < HASH_BYTES; k++) {
                sum[k] ^= u[k];
            }
        }
        return sum;
    }
}
