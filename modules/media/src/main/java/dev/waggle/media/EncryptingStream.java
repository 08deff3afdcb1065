package dev.waggle.media;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.CbcStream;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.RunningMac;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file as a host is to keep it: ciphertext, then 10 bytes of MAC. Reads its source once, in pieces of 64 KiB,
/// and keeps no more than one of them. Not thread-safe.
public final class EncryptingStream extends InputStream {
    private static final int PIECE_BYTES = 64 * 1024;

    private final InputStream source;
    private final CbcStream cipher;
    private final RunningMac mac;
    private final MessageDigest plain = Digest.running();
    private final MessageDigest encrypted = Digest.running();
    private final @Nullable Sidecar sidecar;
    private final byte[] piece = new byte[PIECE_BYTES];
    private final byte[] out = new byte[PIECE_BYTES + FileFacts.BLOCK_BYTES + FileFacts.MAC_BYTES];
    private int at;
    private int end;
    private long length;
    private @Nullable Sealed sealed;

    /// What the message must say of the file.
    ///
    /// @param sidecar empty for media that is not played
    public record Sealed(FileFacts facts, Bytes sidecar) {}

    /// @param streamed whether a sidecar is wanted, see [MediaType#streamed]
    public EncryptingStream(InputStream source, MediaKeys keys, boolean streamed) {
        this.source = source;
        this.cipher =
                CbcStream.encrypting(keys.cipherKey().unsafeArray(), keys.iv().unsafeArray());
        this.mac = RunningMac.sha256(keys.macKey().unsafeArray());
        mac.update(keys.iv().unsafeArray(), 0, keys.iv().size());
        this.sidecar = streamed ? new Sidecar(keys) : null;
    }

    /// Known once the stream was read to its end.
    ///
    /// @throws IllegalStateException before
    public Sealed sealed() {
        Sealed known = sealed;
        if (known == null) {
            throw new IllegalStateException("the file was not read to its end");
        }
        return known;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        if (wanted == 0) {
            return 0;
        }
        while (at == end) {
            if (sealed != null) {
                return -1;
            }
            fill();
        }
        int given = Math.min(wanted, end - at);
        System.arraycopy(out, at, target, offset, given);
        at += given;
        return given;
    }

    private void fill() throws IOException {
        int read = source.readNBytes(piece, 0, PIECE_BYTES);
        plain.update(piece, 0, read);
        length += read;
        at = 0;
        end = cipher.update(piece, 0, read, out, 0);
        if (read == PIECE_BYTES) {
            account(0, end);
        } else {
            finish();
        }
    }

    private void finish() {
        end += cipher.finish(out, end);
        account(0, end);
        System.arraycopy(mac.end(), 0, out, end, FileFacts.MAC_BYTES);
        encrypted.update(out, end, FileFacts.MAC_BYTES);
        if (sidecar != null) {
            sidecar.update(out, end, FileFacts.MAC_BYTES);
        }
        end += FileFacts.MAC_BYTES;
        Arrays.fill(piece, (byte) 0);
        FileFacts facts = new FileFacts(Bytes.wrap(plain.digest()), Bytes.wrap(encrypted.digest()), length);
        sealed = new Sealed(facts, sidecar == null ? Bytes.EMPTY : sidecar.end());
    }

    private void account(int offset, int bytes) {
        mac.update(out, offset, bytes);
        encrypted.update(out, offset, bytes);
        if (sidecar != null) {
            sidecar.update(out, offset, bytes);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
