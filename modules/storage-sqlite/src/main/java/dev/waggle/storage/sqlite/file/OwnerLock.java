package dev.waggle.storage.sqlite.file;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One process owns a database file: a lock on `<file>.lock`, which names the process. It goes with the process,
/// however that ends; the lock file stays.
public final class OwnerLock implements AutoCloseable {
    private final FileChannel channel;

    private OwnerLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StoreException `storage-locked` naming the file and its owner
    static OwnerLock take(Path database) {
        Path path = database.resolveSibling(database.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (locked(channel) == null) {
                String owner = owner(channel);
                channel.close();
                throw new StoreException(
                        Code.STORAGE_LOCKED, database + " is in use by process " + owner + " (lock file " + path + ")");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new OwnerLock(channel);
        } catch (IOException e) {
            throw new StoreException(Code.STORAGE_UNAVAILABLE, "lock file " + path + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException(Code.STORAGE_UNAVAILABLE, "lock file: " + e.getMessage(), e);
        }
    }
}
