package dev.waggle.transport.netty;

import dev.waggle.transport.Egress;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One TLS context, with its session cache, per trust and identity. Files that changed are read anew, so that a
/// renewed certificate needs no restart.
final class TlsContexts {
    private record Key(@Nullable Path trust, Egress.@Nullable Identity identity) {}

    private record Stamps(FileTime trust, FileTime chain, FileTime key) {}

    private record Known(Stamps stamps, SslContext context) {}

    /// Of a server only the newest session is ever resumed, but the cache keeps all that it was given: two for each
    /// connection, a kilobyte each.
    private static final int SESSIONS_MAX = 256;

    private static final FileTime NO_FILE = FileTime.fromMillis(0);
    private final Map<Key, Known> contexts = new ConcurrentHashMap<>();

    /// Reads files: not for threads that must not wait.
    SslContext of(Egress egress) throws DialException {
        Key key = new Key(egress.trust(), egress.identity());
        try {
            Egress.Identity identity = egress.identity();
            Stamps now = new Stamps(
                    changed(egress.trust()),
                    changed(identity == null ? null : identity.chain()),
                    changed(identity == null ? null : identity.key()));
            Known known = contexts.get(key);
            if (known == null || !known.stamps().equals(now)) {
                known = new Known(now, make(egress));
                contexts.put(key, known);
            }
            return known.context();
        } catch (IOException | IllegalArgumentException e) {
            throw new DialException(DialException.Kind.TLS, "trust or client certificate: " + e);
        }
    }

    private static FileTime changed(@Nullable Path file) throws IOException {
        return file == null ? NO_FILE : Files.getLastModifiedTime(file);
    }

    private static SslContext make(Egress egress) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient().sessionCacheSize(SESSIONS_MAX);
        Path trust = egress.trust();
        if (trust != null) {
            builder.trustManager(trust.toFile());
        }
        Egress.Identity identity = egress.identity();
        if (identity != null) {
            builder.keyManager(identity.chain().toFile(), identity.key().toFile());
        }
        return builder.build();
    }
}
