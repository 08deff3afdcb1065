package dev.waggle.platform.account.media;

import dev.waggle.address.Bytes;
import dev.waggle.media.DecryptingStream;
import dev.waggle.media.FileFacts;
import dev.waggle.media.MediaException;
import dev.waggle.media.MediaKeys;
import dev.waggle.media.MediaType;
import dev.waggle.platform.port.SpoolException;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.stanza.iq.QueryMediaHosts.MediaHosts;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches a file into the spool: from one host after the other, verified on its way, so that what is kept is what
/// the message names. Blocks.
final class Downloads {
    private static final Logger log = LoggerFactory.getLogger(Downloads.class);
    private static final long SLACK_BYTES = 1024;
    /// Messages do not tell how long a thumbnail is.
    private static final long THUMBNAIL_BYTES_MAX = 8 << 20;

    /// What came of one round over the hosts.
    enum Round {
        FETCHED,
        /// The right to ask does not hold, or hosts refuse the path: newer hosts may not.
        UNAUTHORISED,
        /// The file is not there any more.
        GONE
    }

    private final MediaPorts ports;
    private final Exchanges exchanges;

    Downloads(MediaPorts ports, Exchanges exchanges) {
        this.ports = ports;
        this.exchanges = exchanges;
    }

    /// @throws TransferException `BROKEN` when every host gave another file, `UNREACHABLE` when none gave one
    Round fetch(MediaFile file, String directPath, MediaHosts hosts) throws IOException {
        if (!directPath.startsWith("/") || directPath.startsWith("//")) {
            throw new TransferException(TransferException.Kind.BROKEN, "the message names no path of its file");
        }
        TransferException last = new TransferException(TransferException.Kind.UNREACHABLE, "no host was tried");
        for (String host : hosts.names()) {
            try {
                int status = from(host, file, directPath);
                switch (status) {
                    case 200 -> {
                        return Round.FETCHED;
                    }
                    case 401, 403 -> {
                        return Round.UNAUTHORISED;
                    }
                    case 404, 410 -> {
                        return Round.GONE;
                    }
                    default ->
                        last = new TransferException(
                                TransferException.Kind.UNREACHABLE, "download: " + host + ": status " + status);
                }
            } catch (MediaException e) {
                last = new TransferException(
                        TransferException.Kind.BROKEN, "download: " + host + ": " + e.getMessage());
            } catch (SpoolException e) {
                throw new TransferException(TransferException.Kind.NO_ROOM, String.valueOf(e.getMessage()));
            } catch (HttpException e) {
                last = new TransferException(
                        e.kind() == HttpException.Kind.TOO_LARGE
                                ? TransferException.Kind.TOO_LARGE
                                : TransferException.Kind.UNREACHABLE,
                        "download: " + host + ": " + e.getMessage());
            }
            log.debug("{}", last.getMessage());
        }
        throw last;
    }

    private int from(String host, MediaFile file, String directPath) throws IOException {
        String hash =
                Base64.getUrlEncoder().encodeToString(file.getEncryptedSha256().toByteArray());
        String path = directPath + (directPath.contains("?") ? "&" : "?") + "hash=" + hash.replace("=", "%3D")
                + "&mms-type=" + MediaType.of(file.getType()).path() + "&__wa-mms=";
        long most = FileFacts.encryptedLength(length(file)) + SLACK_BYTES;
        try (HttpExchange answer = exchanges.get(host, path, most)) {
            if (answer.status() == 200) {
                keep(file, answer.body(), length(file));
            }
            return answer.status();
        }
    }

    private long length(MediaFile file) throws TransferException {
        long all = ports.services().settings().fileBytesMax();
        long most = MediaType.of(file.getType()).isThumbnail() ? Math.min(THUMBNAIL_BYTES_MAX, all) : all;
        if (file.getLength() > most) {
            throw new TransferException(
                    TransferException.Kind.TOO_LARGE,
                    "file: " + file.getLength() + " bytes (expected: at most " + most + ")");
        }
        return file.getLength() < 0 ? most : file.getLength();
    }

    private void keep(MediaFile file, InputStream body, long length) throws IOException {
        FileFacts facts = new FileFacts(
                Bytes.wrap(file.getSha256().toByteArray()),
                Bytes.wrap(file.getEncryptedSha256().toByteArray()),
                file.getLength());
        MediaKeys keys = MediaKeys.derive(Bytes.wrap(file.getMediaKey().toByteArray()), MediaType.of(file.getType()));
        ports.services()
                .spool()
                .keep(
                        ports.account(),
                        facts.encryptedSha256(),
                        file.getLength() < 0 ? -1 : FileFacts.encryptedLength(length),
                        out -> new DecryptingStream(new Copied(body, out), keys, facts)
                                .transferTo(OutputStream.nullOutputStream()));
    }

    /// Writes down what is read.
    private static final class Copied extends FilterInputStream {
        private final OutputStream copy;

        Copied(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) {
                copy.write(one);
            }
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                copy.write(bytes, offset, read);
            }
            return read;
        }
    }
}
