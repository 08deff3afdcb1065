package dev.waggle.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/// HMAC (RFC 2104) over one reused digest; not thread-safe. [#begin], any [#update]s, [#end].
/// By hand because `javax.crypto.Mac` costs more in `init` than the compressions of a short message.
final class Hmac {
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;
    private static final ThreadLocal<Hmac> SHA256 = ThreadLocal.withInitial(() -> new Hmac("SHA-256", 64));
    private static final ThreadLocal<Hmac> SHA512 = ThreadLocal.withInitial(() -> new Hmac("SHA-512", 128));

    private final MessageDigest digest;
    private final byte[] block;

    Hmac(String digestName, int blockBytes) {
        digest = Digest.engine(digestName);
        block = new byte[blockBytes];
    }

    static Hmac sha256() {
        return SHA256.get();
    }

    static Hmac sha512() {
        return SHA512.get();
    }

    int size() {
        return digest.getDigestLength();
    }

    void begin(byte[] key) {
        digest.reset();
        byte[] shortKey = key.length <= block.length ? key : digest.digest(key);
        Arrays.fill(block, INNER);
        for (int i = 0; i < shortKey.length; i++) {
            block[i] ^= shortKey[i];
        }
        digest.update(block);
    }

    void update(byte[] bytes) {
        digest.update(bytes);
    }

    void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    void update(byte value) {
        digest.update(value);
    }

    /// Writes [#size()] bytes to `out` from `offset` and forgets the key.
    void end(byte[] out, int offset) {
        try {
            digest.digest(out, offset, size());
            for (int i = 0; i < block.length; i++) {
                block[i] ^= INNER ^ OUTER;
            }
            digest.update(block);
            Arrays.fill(block, (byte) 0);
            digest.update(out, offset, size());
            digest.digest(out, offset, size());
        } catch (DigestException e) {
            throw new IllegalStateException("the caller gave too small an array", e);
        }
    }

    byte[] end() {
        byte[] out = new byte[size()];
        end(out, 0);
        return out;
    }
}
