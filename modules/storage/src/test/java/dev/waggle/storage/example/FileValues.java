package dev.waggle.storage.example;

import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.keyvalue.KeyValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A small database of somebody else's: a sorted map, and a log on disk from which it is made again. A step is one
/// entry of the log, synced before it is answered; an entry that was cut off by a crash never happened. The log is
/// not shortened: with RocksDB or LMDB in this place, nothing else in this package would change.
final class FileValues implements KeyValues {
    private static final int WAITING_MAX = 10_000;
    private static final int HEAD = Integer.BYTES + Long.BYTES;
    private static final int GONE = -1;

    private final TreeMap<String, Bytes> rows = new TreeMap<>();
    private final FileChannel log;
    private long end;
    /// Everything happens on this thread, in the order of the calls: who calls is never kept waiting.
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().factory());

    FileValues(Path file) {
        try {
            log = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(log.size()));
            while (all.hasRemaining() && log.read(all) >= 0) {
                // Until the file is read.
            }
            replay(all.flip());
            log.truncate(end);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static StoreException unavailable(IOException why) {
        return new StoreException(Code.STORAGE_UNAVAILABLE, String.valueOf(why.getMessage()), why);
    }

    private void replay(ByteBuffer all) {
        while (all.remaining() >= HEAD) {
            int size = all.getInt();
            long sum = all.getLong();
            if (size < 0 || size > all.remaining() || sum(all.slice(all.position(), size)) != sum) {
                return;
            }
            for (int stop = all.position() + size; all.position() < stop; ) {
                apply(text(all), all.getInt(all.position()) == GONE ? gone(all) : Bytes.wrap(bytes(all)));
            }
            end = all.position();
        }
    }

    private void apply(String key, @Nullable Bytes value) {
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, value);
        }
    }

    private static @Nullable Bytes gone(ByteBuffer from) {
        from.getInt();
        return null;
    }

    private static byte[] bytes(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer from) {
        return new String(bytes(from), StandardCharsets.UTF_8);
    }

    private static long sum(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    /// The rows, and over them what one step has changed so far.
    private final class Step implements Changing {
        final TreeMap<String, Optional<Bytes>> changes = new TreeMap<>();

        @Override
        public Optional<Bytes> get(String key) {
            Optional<Bytes> changed = changes.get(key);
            return changed != null ? changed : Optional.ofNullable(rows.get(key));
        }

        @Override
        public Stream<Map.Entry<String, Bytes>> between(String after, String before) {
            if (changes.isEmpty()) {
                return rows.subMap(after, false, before, false).entrySet().stream();
            }
            TreeMap<String, Bytes> seen = new TreeMap<>(rows.subMap(after, false, before, false));
            changes.subMap(after, false, before, false)
                    .forEach((key, value) -> value.ifPresentOrElse(put -> seen.put(key, put), () -> seen.remove(key)));
            return seen.entrySet().stream();
        }

        @Override
        public void put(String key, Bytes value) {
            changes.put(key, Optional.of(value));
        }

        @Override
        public void remove(String key) {
            changes.put(key, Optional.empty());
        }
    }

    @Override
    public <T> CompletionStage<T> change(Function<Changing, T> step) {
        return onThread(() -> {
            Step change = new Step();
            T answer = step.apply(change);
            append(change.changes);
            change.changes.forEach((key, value) -> apply(key, value.orElse(null)));
            return answer;
        });
    }

    @Override
    public <T> CompletionStage<T> read(Function<Reading, T> question) {
        return onThread(() -> question.apply(new Step()));
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> CompletionStage<T> onThread(Work<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    answer.complete(work.run());
                } catch (IOException e) {
                    answer.completeExceptionally(unavailable(e));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            Code code = thread.isShutdown() ? Code.STORAGE_UNAVAILABLE : Code.STORAGE_BUSY;
            answer.completeExceptionally(new StoreException(code, "closed, or too much is waiting", e));
        }
        return answer;
    }

    /// Beyond `end` lies at most what a failed step left; the next one is written over it.
    private void append(Map<String, Optional<Bytes>> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        List<ByteBuffer> parts = new ArrayList<>();
        changes.forEach((key, value) -> {
            part(parts, key.getBytes(StandardCharsets.UTF_8));
            value.ifPresentOrElse(
                    bytes -> part(parts, bytes.unsafeArray()),
                    () -> parts.add(ByteBuffer.allocate(Integer.BYTES).putInt(0, GONE)));
        });
        int size = parts.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer entry = ByteBuffer.allocate(HEAD + size);
        entry.putInt(size).position(HEAD);
        parts.forEach(entry::put);
        entry.putLong(Integer.BYTES, sum(entry.slice(HEAD, size))).flip();
        for (long at = end; entry.hasRemaining(); ) {
            at += log.write(entry, at);
        }
        log.force(false);
        end += HEAD + size;
    }

    private static void part(List<ByteBuffer> parts, byte[] bytes) {
        parts.add(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .flip());
    }

    @Override
    public void close() {
        thread.close();
        try {
            log.close();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }
}
