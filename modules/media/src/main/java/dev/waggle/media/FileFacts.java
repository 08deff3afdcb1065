package dev.waggle.media;

import dev.waggle.address.Bytes;

/// What a message says of its file.
///
/// @param sha256 of the file, 32 bytes
/// @param encryptedSha256 of what the host keeps, its MAC included, 32 bytes
/// @param length of the file in bytes; below 0: not told
public record FileFacts(Bytes sha256, Bytes encryptedSha256, long length) {
    static final int MAC_BYTES = 10;
    static final int BLOCK_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /// What the host keeps of a file of that length.
    public static long encryptedLength(long length) {
        return (length / BLOCK_BYTES + 1) * BLOCK_BYTES + MAC_BYTES;
    }

    /// Refuses facts that no file can be compared with.
    void check() throws MediaException {
        requireHash("file hash", sha256);
        requireHash("encrypted file hash", encryptedSha256);
    }

    private static void requireHash(String name, Bytes hash) throws MediaException {
        if (hash.size() != HASH_BYTES) {
            throw new MediaException(MediaException.Kind.KEY, name, hash.size() + " bytes", HASH_BYTES + " bytes");
        }
    }
}
