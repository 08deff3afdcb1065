package dev.waggle.platform.safekeeping;

import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A copy of everything that a store holds at one moment: journal, snapshots and stores of all accounts, sealed as
/// they are. The master key is not in it. Taken from the files, so a node may be running on them.
public final class Backup {
    private static final int BUFFER = 1 << 16;

    private Backup() {}

    /// @param directory new or empty
    /// @throws SafekeepingException when it is neither
    /// @throws dev.waggle.storage.StoreException when the store cannot be copied
    public static void take(BackendDriver driver, StorageSettings store, Path directory, InstantSource clock) {
        try {
            Files.createDirectories(directory);
            List<Path> there = files(directory);
            if (!there.isEmpty()) {
                throw new SafekeepingException("backup directory", directory + " with files", "a new or empty one");
            }
            driver.backup(store, directory);
            TreeMap<String, String> hashes = new TreeMap<>();
            for (Path file : files(directory)) {
                hashes.put(String.valueOf(file.getFileName()), hash(file));
            }
            write(directory, new Manifest(driver.name(), clock.instant(), hashes));
        } catch (IOException e) {
            throw new SafekeepingException("backup directory", directory + ": " + e, "a place to write to", e);
        }
    }

    private static void write(Path directory, Manifest manifest) throws IOException {
        Path written = directory.resolve(Manifest.NAME + ".new");
        Files.writeString(written, manifest.text(), StandardCharsets.UTF_8);
        sync(written);
        Files.move(written, directory.resolve(Manifest.NAME), StandardCopyOption.ATOMIC_MOVE);
        sync(directory);
    }

    /// Reads the manifest and compares every file with it.
    ///
    /// @throws SafekeepingException when the directory holds no whole backup
    static Manifest check(Path directory) {
        try {
            Path named = directory.resolve(Manifest.NAME);
            if (!Files.isRegularFile(named)) {
                throw new SafekeepingException("backup", directory + " without " + Manifest.NAME, "a whole backup");
            }
            Manifest manifest = Manifest.parse(Files.readString(named, StandardCharsets.UTF_8));
            for (var file : manifest.files().entrySet()) {
                Path path = directory.resolve(file.getKey());
                if (!Files.isRegularFile(path) || !hash(path).equals(file.getValue())) {
                    throw new SafekeepingException("backup file", path + ", missing or changed", "as it was written");
                }
            }
            return manifest;
        } catch (IOException e) {
            throw new SafekeepingException("backup", directory + ": " + e, "readable files", e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[BUFFER];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                digest.update(part, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
