package dev.waggle.platform.spool;

import dev.waggle.platform.port.SpoolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Files below one folder, with a limit over all of them. A file is there whole or not at all. Thread-safe.
final class Shelf {
    static final String PART = ".part";

    private final long most;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong parts = new AtomicLong();

    Shelf(Path folder, long most) throws IOException {
        this.most = most;
        Files.createDirectories(folder);
        try (var all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(PART)) {
                    Files.deleteIfExists(file);
                } else {
                    used.addAndGet(Files.size(file));
                }
            }
        }
    }

    /// Fails with [SpoolException] when there is no room; [#release] gives it back.
    void reserve(long bytes) throws SpoolException {
        if (used.addAndGet(bytes) > most) {
            used.addAndGet(-bytes);
            throw new SpoolException(
                    SpoolException.Kind.FULL, "spool: " + used.get() + " bytes (expected: room below " + most + ")");
        }
    }

    long used() {
        return used.get();
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    Path part(Path file) {
        return file.resolveSibling(file.getFileName() + "." + parts.incrementAndGet() + PART);
    }

    /// Flushes what was written and gives it its name.
    static void publish(Path part, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(parent(file))) {
            folder.force(true);
        }
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException(file + " has no folder");
        }
        return parent;
    }

    static InputStream from(Path file, long offset) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            channel.position(offset);
            return Channels.newInputStream(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// What is in a folder; nothing when there is none.
    static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(files::add);
        }
        return files;
    }

    void remove(Path file) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (Files.deleteIfExists(file)) {
            release(size);
        }
    }
}
