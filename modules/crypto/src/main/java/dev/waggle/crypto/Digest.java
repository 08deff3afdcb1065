package dev.waggle.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hashes of byte arrays, taken one after the other as if they were one. Each thread reuses its own engines.
public final class Digest {
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(() -> engine("SHA-256"));
    private static final ThreadLocal<MessageDigest> SHA512 = ThreadLocal.withInitial(() -> engine("SHA-512"));
    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(() -> engine("SHA-1"));
    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(() -> engine("MD5"));

    private Digest() {}

    /// 32 bytes.
    public static byte[] sha256(byte[]... parts) {
        return of(SHA256.get(), parts);
    }

    /// 64 bytes.
    public static byte[] sha512(byte[]... parts) {
        return of(SHA512.get(), parts);
    }

    /// 20 bytes.
    public static byte[] sha1(byte[]... parts) {
        return of(SHA1.get(), parts);
    }

    /// 16 bytes. For the build hash of the login payload only, never for security.
    public static byte[] md5(byte[]... parts) {
        return of(MD5.get(), parts);
    }

    /// SHA-256 over what comes in pieces; the caller's own.
    public static MessageDigest running() {
        return engine("SHA-256");
    }

    private static byte[] of(MessageDigest engine, byte[]... parts) {
        for (byte[] part : parts) {
            engine.update(part);
        }
        return engine.digest();
    }

    static MessageDigest engine(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(name + " is in every JDK", e);
        }
    }
}
