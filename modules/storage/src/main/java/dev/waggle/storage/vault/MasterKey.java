package dev.waggle.storage.vault;

import dev.waggle.address.Bytes;
import java.util.Base64;
import java.util.HexFormat;

/// The 32 bytes under which data keys are wrapped.
public record MasterKey(Bytes key) {
    public static final int BYTES = 32;

    public MasterKey {
        if (key.size() != BYTES) {
            throw new MasterKeyException("master key", key.size() + " bytes", "32 bytes");
        }
    }

    /// Reads 64 hex digits, or 44 characters of base64.
    ///
    /// @throws MasterKeyException on anything else
    public static MasterKey parse(String text) {
        String trimmed = text.strip();
        try {
            byte[] bytes = trimmed.length() == 2 * BYTES
                    ? HexFormat.of().parseHex(trimmed)
                    : Base64.getDecoder().decode(trimmed);
            return new MasterKey(Bytes.wrap(bytes));
        } catch (IllegalArgumentException e) {
            throw new MasterKeyException(
                    "master key", trimmed.length() + " characters", "64 hex digits or 32 bytes in base64", e);
        }
    }
}
