package dev.waggle.crypto;

import java.security.MessageDigest;

/// HMAC (RFC 2104, 4231) over byte arrays taken one after the other as if they were one. Keys of any size, also
/// empty.
public final class Mac {
    private Mac() {}

    /// 32 bytes.
    public static byte[] sha256(byte[] key, byte[]... parts) {
        return of(Hmac.sha256(), key, parts);
    }

    /// 64 bytes.
    public static byte[] sha512(byte[] key, byte[]... parts) {
        return of(Hmac.sha512(), key, parts);
    }

    /// Compares without telling by its time where two tags differ.
    public static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    private static byte[] of(Hmac hmac, byte[] key, byte[]... parts) {
        hmac.begin(key);
        for (byte[] part : parts) {
            hmac.update(part);
        }
        return hmac.end();
    }
}
