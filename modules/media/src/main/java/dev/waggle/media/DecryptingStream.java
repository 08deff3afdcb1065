package dev.waggle.media;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.CbcStream;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.Mac;
import dev.waggle.crypto.RunningMac;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/// A file out of what a host keeps. Its last bytes and its end come only when the MAC, both hashes and the length
/// are right; otherwise reading ends with a [MediaException], so whoever wants nothing unverified keeps what was
/// read aside until then. Keeps 64 KiB. Not thread-safe.
public final class DecryptingStream extends InputStream {
    private static final int PIECE_BYTES = 64 * 1024;

    private final InputStream source;
    private final FileFacts facts;
    private final CbcStream cipher;
    private final RunningMac mac;
    private final MessageDigest plain = Digest.running();
    private final MessageDigest encrypted = Digest.running();
    /// The last bytes are held back: they may be the MAC.
    private final byte[] piece = new byte[FileFacts.MAC_BYTES + PIECE_BYTES];
    private final byte[] out = new byte[PIECE_BYTES + FileFacts.BLOCK_BYTES];
    private int held;
    private int at;
    private int end;
    private long ciphertext;
    private long length;
    private boolean verified;

    /// @throws MediaException when the facts cannot be compared with
    public DecryptingStream(InputStream source, MediaKeys keys, FileFacts facts) throws MediaException {
        facts.check();
        this.source = source;
        this.facts = facts;
        this.cipher =
                CbcStream.decrypting(keys.cipherKey().unsafeArray(), keys.iv().unsafeArray());
        this.mac = RunningMac.sha256(keys.macKey().unsafeArray());
        mac.update(keys.iv().unsafeArray(), 0, keys.iv().size());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// @throws MediaException when the file is not what its message says
    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        if (wanted == 0) {
            return 0;
        }
        while (at == end) {
            if (verified) {
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
        int read = source.readNBytes(piece, held, piece.length - held);
        encrypted.update(piece, held, read);
        int all = held + read;
        int whole = Math.max(0, all - FileFacts.MAC_BYTES);
        mac.update(piece, 0, whole);
        ciphertext += whole;
        at = 0;
        end = cipher.update(piece, 0, whole, out, 0);
        if (all < piece.length) {
            verify(whole, all);
        }
        plain.update(out, 0, end);
        length += end;
        if (verified) {
            compare("file hash", MediaException.Kind.HASH, facts.sha256(), plain.digest());
            requireLength();
        }
        System.arraycopy(piece, whole, piece, 0, all - whole);
        held = all - whole;
    }

    /// The source has ended: `piece` holds its MAC between `macAt` and `all`.
    private void verify(int macAt, int all) throws MediaException {
        if (all - macAt < FileFacts.MAC_BYTES || ciphertext == 0 || ciphertext % FileFacts.BLOCK_BYTES != 0) {
            throw new MediaException(
                    MediaException.Kind.SIZE,
                    "encrypted file",
                    ciphertext + (all - macAt) + " bytes",
                    "10 more than a multiple of 16, not none");
        }
        byte[] told = Arrays.copyOfRange(piece, macAt, all);
        if (!Mac.equal(told, Arrays.copyOf(mac.end(), FileFacts.MAC_BYTES))) {
            throw new MediaException(MediaException.Kind.MAC, "MAC", "another", "that of the ciphertext");
        }
        compare("encrypted file hash", MediaException.Kind.ENCRYPTED_HASH, facts.encryptedSha256(), encrypted.digest());
        try {
            end += cipher.finish(out, end);
        } catch (CryptoException e) {
            throw new MediaException(MediaException.Kind.PADDING, "padding", "broken", "PKCS#7");
        }
        verified = true;
    }

    private void requireLength() throws MediaException {
        if (facts.length() >= 0 && facts.length() != length) {
            throw new MediaException(
                    MediaException.Kind.LENGTH, "file", length + " bytes", facts.length() + " as its message says");
        }
    }

    private static void compare(String name, MediaException.Kind kind, Bytes told, byte[] seen) throws MediaException {
        if (!Mac.equal(told.unsafeArray(), seen)) {
            throw new MediaException(kind, name, "another", "the one in the message");
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
