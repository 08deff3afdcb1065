package dev.waggle.simulator.media;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All media hosts in one: rights to upload, uploads that are under way, files. In memory, 1 GiB at most.
/// Thread-safe.
public final class MediaShelf {
    private static final long BYTES_MAX = 1L << 30;
    private static final int AUTHS_MAX = 100_000;
    private static final int MAC_BYTES = 10;
    private static final int BLOCK_BYTES = 16;

    private final RandomGenerator random;
    private final Map<String, Jid> auths = new LinkedHashMap<>();
    private final Map<String, ByteArrayOutputStream> partial = new HashMap<>();
    private final Map<String, Stored> files = new HashMap<>();
    private List<String> hosts = List.of("127.0.0.1");
    private long bytes;
    private long resumed;

    private static final class Stored {
        final byte[] content;
        int gone;

        Stored(byte[] content) {
            this.content = content;
        }
    }

    /// Where a file is: the path at every host, the question mark included.
    public record Place(String url, String directPath) {}

    /// What an upload broke: a stable short name and `value (expected: rule)`.
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String rule;

        Refused(String rule, String detail) {
            super(detail);
            this.rule = rule;
        }

        public String rule() {
            return rule;
        }
    }

    public MediaShelf(RandomGenerator random) {
        this.random = random;
    }

    /// How the hosts are called, with ports, in the order in which clients should try them.
    public synchronized void hosts(List<String> names) {
        hosts = List.copyOf(names);
    }

    public synchronized List<String> hosts() {
        return hosts;
    }

    /// A new right to upload.
    public synchronized String authorise(Jid device) {
        if (auths.size() >= AUTHS_MAX) {
            auths.remove(auths.keySet().iterator().next());
        }
        String auth = "simulated-" + name(12);
        auths.put(auth, device);
        return auth;
    }

    private String name(int size) {
        byte[] drawn = new byte[size];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }

    /// Whose right it is; empty when it is none.
    public synchronized Optional<Jid> authorised(String auth) {
        return Optional.ofNullable(auths.get(auth));
    }

    /// From now on no right holds that was given before.
    public synchronized void forgetRights() {
        auths.clear();
    }

    /// How much of an upload has arrived.
    public synchronized long arrived(String token) {
        ByteArrayOutputStream there = partial.get(token);
        return there == null ? 0 : there.size();
    }

    /// Begins an upload, or goes on with one.
    ///
    /// @return false when what is there does not reach to the offset
    public synchronized boolean begin(String token, long offset) {
        if (offset == 0) {
            drop(token);
            partial.put(token, new ByteArrayOutputStream());
            return true;
        }
        boolean fits = arrived(token) == offset;
        resumed += fits ? 1 : 0;
        return fits;
    }

    /// How often an upload went on where an earlier one had ended.
    public synchronized long resumed() {
        return resumed;
    }

    private void drop(String token) {
        ByteArrayOutputStream there = partial.remove(token);
        bytes -= there == null ? 0 : there.size();
    }

    /// @throws IllegalStateException when the shelf is full
    public synchronized void append(String token, byte[] more) {
        ByteArrayOutputStream there = partial.get(token);
        if (there == null || bytes + more.length > BYTES_MAX) {
            throw new IllegalStateException("media: " + bytes + " bytes (expected: room, and an upload under way)");
        }
        there.write(more, 0, more.length);
        bytes += more.length;
    }

    /// The upload is over: it is a file when it is what its token says.
    ///
    /// @throws Refused when it is not, or cannot be an encrypted file
    public synchronized Place finish(String token) throws Refused {
        ByteArrayOutputStream there = partial.remove(token);
        byte[] all = there == null ? new byte[0] : there.toByteArray();
        bytes -= all.length;
        if (all.length < BLOCK_BYTES + MAC_BYTES || (all.length - MAC_BYTES) % BLOCK_BYTES != 0) {
            throw new Refused("media-shape", all.length + " bytes (expected: 10 more than a multiple of 16)");
        }
        if (!token(all).equals(token)) {
            throw new Refused("media-hash", "another (expected: the hash in the path)");
        }
        return put(all);
    }

    /// The file of that token when it was uploaded before and is still there.
    public synchronized Optional<Place> complete(String token) {
        return files.entrySet().stream()
                .filter(file -> file.getValue().gone == 0)
                .filter(file -> token(file.getValue().content).equals(token))
                .map(file -> place(file.getKey()))
                .findFirst();
    }

    /// The hash as it stands in paths, without padding.
    public static String token(byte[] encrypted) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.sha256(encrypted));
    }

    /// Puts a file there without an upload.
    public synchronized Place put(byte[] encrypted) {
        if (bytes + encrypted.length > BYTES_MAX) {
            throw new IllegalStateException("media: " + bytes + " bytes (expected: at most " + BYTES_MAX + ")");
        }
        bytes += encrypted.length;
        String path = "/v/t62.7118-24/" + name(12) + "_n.enc";
        files.put(path, new Stored(encrypted));
        return place(path);
    }

    private Place place(String path) {
        String direct = path + "?ccb=11-4&oh=" + path.length() + "&oe=7FFFFFFF";
        return new Place("https://" + hosts.getFirst() + direct, direct);
    }

    private @Nullable Stored stored(String directPath) {
        int query = directPath.indexOf('?');
        return files.get(query < 0 ? directPath : directPath.substring(0, query));
    }

    /// Empty when there never was one, or it is gone.
    public synchronized Optional<byte[]> bytes(String directPath) {
        Stored file = stored(directPath);
        return file == null || file.gone != 0 ? Optional.empty() : Optional.of(file.content);
    }

    /// With which status a file that was there is refused now; empty while it is there.
    public synchronized OptionalInt gone(String directPath) {
        Stored file = stored(directPath);
        return file == null ? OptionalInt.of(404) : file.gone == 0 ? OptionalInt.empty() : OptionalInt.of(file.gone);
    }

    /// The hosts let a file go: whoever asks for it there gets that status.
    public synchronized void remove(String directPath, int status) {
        Stored file = stored(directPath);
        if (file != null) {
            file.gone = status;
        }
    }

    /// A phone uploads again what the hosts let go; empty when there never was such a file.
    public synchronized Optional<Place> restore(Bytes encryptedSha256) {
        return files.values().stream()
                .filter(file -> Bytes.wrap(Digest.sha256(file.content)).equals(encryptedSha256))
                .findFirst()
                .map(file -> put(file.content));
    }
}
