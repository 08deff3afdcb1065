package dev.waggle.storage.row;

import dev.waggle.address.Bytes;

/// Where a collection stands: its version (0 before the first), its 128-byte hash, and whether it was found to
/// differ from the server's beyond repair.
public record HashState(long version, Bytes hash, boolean diverged) {
    public static final HashState INITIAL = new HashState(0, Bytes.wrap(new byte[128]), false);

    public HashState {
        if (version < 0) {
            throw new IllegalArgumentException("version: " + version + " (expected: 0 or more)");
        }
        if (hash.size() != 128) {
            throw new IllegalArgumentException("hash: " + hash.size() + " bytes (expected: 128)");
        }
    }
}
