package dev.waggle.benchmarks.media;

import dev.waggle.address.Bytes;
import dev.waggle.benchmarks.Sample;
import dev.waggle.media.DecryptingStream;
import dev.waggle.media.EncryptingStream;
import dev.waggle.media.FileFacts;
import dev.waggle.media.MediaKeys;
import dev.waggle.media.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A file of 64 MiB from memory to nowhere, through the streams that uploads and downloads go through: both hashes,
/// the MAC and the cipher; a video's sidecar on top. An operation is a megabyte.
@State(Scope.Thread)
public class MediaStreamsBenchmark {
    private static final int BYTES = 64 << 20;
    private static final int MEGABYTES = 67;

    private final byte[] file = Sample.text(BYTES, 3);
    private byte[] encrypted = new byte[0];
    private MediaKeys keys = new MediaKeys(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
    private FileFacts facts = new FileFacts(Bytes.EMPTY, Bytes.EMPTY, 0);

    @Setup
    public void prepare() throws IOException {
        keys = MediaKeys.derive(Bytes.wrap(new byte[MediaKeys.MEDIA_KEY_BYTES]), MediaType.DOCUMENT);
        EncryptingStream stream = new EncryptingStream(new ByteArrayInputStream(file), keys, false);
        encrypted = stream.readAllBytes();
        facts = stream.sealed().facts();
        Sample.check(encrypted.length == FileFacts.encryptedLength(BYTES), "the file, padded, with its MAC");
        Sample.check(decrypt() == BYTES, "the whole file");
    }

    @Benchmark
    @OperationsPerInvocation(MEGABYTES)
    public long encrypt() throws IOException {
        return new EncryptingStream(new ByteArrayInputStream(file), keys, false)
                .transferTo(OutputStream.nullOutputStream());
    }

    @Benchmark
    @OperationsPerInvocation(MEGABYTES)
    public long encryptWithSidecar() throws IOException {
        return new EncryptingStream(new ByteArrayInputStream(file), keys, true)
                .transferTo(OutputStream.nullOutputStream());
    }

    @Benchmark
    @OperationsPerInvocation(MEGABYTES)
    public long decrypt() throws IOException {
        return new DecryptingStream(new ByteArrayInputStream(encrypted), keys, facts)
                .transferTo(OutputStream.nullOutputStream());
    }
}
