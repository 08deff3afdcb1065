package dev.waggle.crypto;

/// HMAC-SHA256 over what comes in pieces: any number of [#update]s, then [#end] once. Not thread-safe.
public final class RunningMac {
    private final Hmac hmac = new Hmac("SHA-256", 64);

    private RunningMac(byte[] key) {
        hmac.begin(key);
    }

    /// @param key of any size
    public static RunningMac sha256(byte[] key) {
        return new RunningMac(key);
    }

    public void update(byte[] bytes, int offset, int length) {
        hmac.update(bytes, offset, length);
    }

    /// 32 bytes.
    public byte[] end() {
        return hmac.end();
    }
}
