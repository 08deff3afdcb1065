package dev.waggle.media;

import dev.waggle.address.Bytes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/// Files for tests, and both ways in one call.
final class Files {
    static final Bytes KEY = Bytes.wrap(new byte[32]);

    private Files() {}

    @SuppressWarnings("ArrayRecordComponent")
    record Kept(byte[] encrypted, EncryptingStream.Sealed sealed) {}

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static MediaKeys keys(MediaType type) throws MediaException {
        return MediaKeys.derive(KEY, type);
    }

    static Kept encrypt(byte[] file, MediaKeys keys, boolean streamed) throws IOException {
        try (EncryptingStream stream = new EncryptingStream(new ByteArrayInputStream(file), keys, streamed)) {
            byte[] encrypted = stream.readAllBytes();
            return new Kept(encrypted, stream.sealed());
        }
    }

    static byte[] decrypt(byte[] encrypted, MediaKeys keys, FileFacts facts) throws IOException {
        try (DecryptingStream stream = new DecryptingStream(new ByteArrayInputStream(encrypted), keys, facts)) {
            return stream.readAllBytes();
        }
    }

    /// Gives its bytes in pieces of arbitrary small sizes, as a socket does.
    static InputStream dripping(byte[] bytes, long seed) {
        Random random = new Random(seed);
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, Math.min(length, 1 + random.nextInt(700)));
            }
        };
    }
}
