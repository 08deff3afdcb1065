package dev.waggle.platform.spool;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.media.DecryptingStream;
import dev.waggle.media.EncryptingStream;
import dev.waggle.media.FileFacts;
import dev.waggle.media.MediaKeys;
import dev.waggle.media.MediaType;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.platform.port.Spool;
import dev.waggle.platform.port.SpoolException;
import dev.waggle.proto.journal.SpooledFile;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The spool in a folder: `ACCOUNT/out/ID` holds a waiting file encrypted, `ID.about` beside it what opens it,
/// sealed; `ACCOUNT/in/HASH` a fetched one, whose keys its message has. The age of a file is that of its last use.
public final class FileSpool implements Spool {
    private static final Logger log = LoggerFactory.getLogger(FileSpool.class);
    private static final Pattern ID = Pattern.compile("m[0-9a-f]{32}");
    private static final String ABOUT = ".about";
    private static final long ABOUT_BYTES_MAX = 1 << 20;

    private final SpoolSettings settings;
    private final Function<AccountId, Sealing> sealing;
    private final SecureRandom random;
    private final Clock clock;
    private final Shelf shelf;
    private final Map<AccountId, Predicate<String>> needed = new ConcurrentHashMap<>();

    /// @param sealing blocks
    /// @throws IOException when the folder cannot be made or read
    public FileSpool(SpoolSettings settings, Function<AccountId, Sealing> sealing, SecureRandom random, Clock clock)
            throws IOException {
        this.settings = settings;
        this.sealing = sealing;
        this.random = random;
        this.clock = clock;
        this.shelf = new Shelf(settings.folder(), settings.bytesMax());
    }

    public void bind(MeterRegistry meters) {
        Gauge.builder("waggle.media.spool.bytes", shelf, Shelf::used)
                .description("Files that wait to be sent, or were fetched")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("waggle.media.spool.max.bytes", settings, SpoolSettings::bytesMax)
                .description("How many of those there may be")
                .baseUnit("bytes")
                .strongReference(true)
                .register(meters);
    }

    private Path out(AccountId account) {
        return settings.folder().resolve(account.value()).resolve("out");
    }

    private Path in(AccountId account, Bytes hash) {
        return settings.folder().resolve(account.value()).resolve("in").resolve(hash.toHex());
    }

    private Bytes drawn(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    @Override
    public Waiting take(AccountId account, MediaType type, String mimetype, InputStream file, long announced)
            throws IOException {
        return take(account, type, drawn(MediaKeys.MEDIA_KEY_BYTES), mimetype, file, announced);
    }

    private Waiting take(
            AccountId account, MediaType type, Bytes key, String mimetype, InputStream file, long announced)
            throws IOException {
        if (announced > settings.fileBytesMax()) {
            throw tooLarge();
        }
        String id = "m" + drawn(16).toHex();
        Files.createDirectories(out(account));
        Path whole = out(account).resolve(id);
        EncryptingStream stream = new EncryptingStream(
                new Limited(file, settings.fileBytesMax(), FileSpool::tooLarge),
                MediaKeys.derive(key, type),
                type.streamed());
        write(whole, announced < 0 ? -1 : FileFacts.encryptedLength(announced), stream::transferTo);
        long now = clock.millis();
        EncryptingStream.Sealed sealed = stream.sealed();
        SpooledFile about = SpooledFile.newBuilder()
                .setType(type.wire())
                .setMimetype(mimetype)
                .setMediaKey(bytes(key))
                .setSha256(bytes(sealed.facts().sha256()))
                .setEncryptedSha256(bytes(sealed.facts().encryptedSha256()))
                .setLength(sealed.facts().length())
                .setSidecar(bytes(sealed.sidecar()))
                .setAtMillis(now)
                .setKeyAtMillis(now)
                .build();
        byte[] closed = sealing.apply(account)
                .seal("media " + id, Bytes.wrap(about.toByteArray()))
                .unsafeArray();
        write(out(account).resolve(id + ABOUT), closed.length, target -> target.write(closed));
        return new Waiting(id, about);
    }

    private static SpoolException tooLarge() {
        return new SpoolException(SpoolException.Kind.TOO_LARGE, "the file is larger than a file may be");
    }

    private static com.google.protobuf.ByteString bytes(Bytes bytes) {
        return com.google.protobuf.ByteString.copyFrom(bytes.unsafeArray());
    }

    /// @param size below 0: nobody knows, so room is taken while it comes
    private void write(Path file, long size, Writer write) throws IOException {
        Path part = shelf.part(file);
        long first = Math.max(0, size);
        shelf.reserve(first);
        Counted counted = new Counted(Files.newOutputStream(part), shelf, first);
        try {
            try (counted) {
                write.write(counted);
            }
            Shelf.publish(part, file);
        } catch (IOException | RuntimeException e) {
            counted.giveBack();
            Files.deleteIfExists(part);
            throw Rooms.explained(e);
        }
        counted.settle();
    }

    @Override
    public Optional<Waiting> find(AccountId account, String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Path about = out(account).resolve(id + ABOUT);
        try {
            if (Files.size(about) > ABOUT_BYTES_MAX) {
                return Optional.empty();
            }
            Bytes opened = sealing.apply(account).open("media " + id, Bytes.wrap(Files.readAllBytes(about)));
            FileTime now = FileTime.from(clock.instant());
            Files.setLastModifiedTime(about, now);
            Files.setLastModifiedTime(out(account).resolve(id), now);
            return Optional.of(new Waiting(id, SpooledFile.parseFrom(opened.unsafeArray())));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    @Override
    public Waiting as(AccountId account, Waiting file, MediaType type) throws IOException {
        SpooledFile about = file.about();
        MediaType now = MediaType.of(about.getType());
        if (now.sameKeys(type) && (!type.streamed() || !about.getSidecar().isEmpty())) {
            return file;
        }
        return under(account, file, type, drawn(MediaKeys.MEDIA_KEY_BYTES));
    }

    @Override
    public Waiting under(AccountId account, Waiting file, MediaType type, Bytes mediaKey) throws IOException {
        SpooledFile about = file.about();
        MediaKeys keys = MediaKeys.derive(Bytes.wrap(about.getMediaKey().toByteArray()), MediaType.of(about.getType()));
        FileFacts facts = new FileFacts(
                Bytes.wrap(about.getSha256().toByteArray()),
                Bytes.wrap(about.getEncryptedSha256().toByteArray()),
                about.getLength());
        try (InputStream plain = new DecryptingStream(encrypted(account, file.id(), 0), keys, facts)) {
            return take(account, type, mediaKey, about.getMimetype(), plain, about.getLength());
        }
    }

    @Override
    public InputStream encrypted(AccountId account, String id, long offset) throws IOException {
        return Shelf.from(out(account).resolve(id), offset);
    }

    @Override
    public boolean kept(AccountId account, Bytes encryptedSha256) {
        Path file = in(account, encryptedSha256);
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void keep(AccountId account, Bytes encryptedSha256, long bytes, Writer write) throws IOException {
        Path file = in(account, encryptedSha256);
        Files.createDirectories(Shelf.parent(file));
        try {
            write(file, bytes, write);
        } catch (SpoolException e) {
            if (e.kind() != SpoolException.Kind.FULL || !dropFetched(account)) {
                throw e;
            }
            write(file, bytes, write);
        }
    }

    /// What was fetched can be fetched again.
    private boolean dropFetched(AccountId account) throws IOException {
        boolean dropped = false;
        for (Path file : Shelf.list(settings.folder().resolve(account.value()).resolve("in"))) {
            if (!file.toString().endsWith(Shelf.PART)) {
                shelf.remove(file);
                dropped = true;
            }
        }
        return dropped;
    }

    @Override
    public InputStream fetched(AccountId account, Bytes encryptedSha256, long offset) throws IOException {
        return Shelf.from(in(account, encryptedSha256), offset);
    }

    @Override
    public void watch(AccountId account, Predicate<String> wanted) {
        needed.put(account, wanted);
    }

    @Override
    public void unwatch(AccountId account) {
        needed.remove(account);
    }

    /// Removes what nobody used for as long as files are kept: fetched files of every account, waiting ones of
    /// accounts that say which they need.
    public void sweep() {
        Instant oldest = clock.instant().minus(settings.keep());
        try {
            for (Path account : Shelf.list(settings.folder())) {
                for (Path file : Shelf.list(account.resolve("in"))) {
                    drop(file, oldest);
                }
                Path name = account.getFileName();
                Predicate<String> wanted = name == null ? null : needed.get(new AccountId(name.toString()));
                for (Path file : Shelf.list(account.resolve("out"))) {
                    if (wanted != null && !wanted.test(id(file))) {
                        drop(file, oldest);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            log.warn("the spool was not swept: {}", e.toString());
        }
    }

    private static String id(Path file) {
        return String.valueOf(file.getFileName()).replace(ABOUT, "");
    }

    private void drop(Path file, Instant oldest) throws IOException {
        try {
            if (!file.toString().endsWith(Shelf.PART)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                shelf.remove(file);
            }
        } catch (NoSuchFileException _) {
            // Somebody was faster.
        }
    }

    @Override
    public void erase(AccountId account) {
        needed.remove(account);
        Path folder = settings.folder().resolve(account.value());
        try {
            for (Path kind : Shelf.list(folder)) {
                for (Path file : Shelf.list(kind)) {
                    shelf.remove(file);
                }
                Files.deleteIfExists(kind);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
