package dev.waggle.persistence.cassandra.rows;

import dev.waggle.address.Bytes;
import dev.waggle.persistence.cassandra.rows.Entries.Put;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A batch over several partitions, written down before it is carried out: whoever comes next in the room finishes
/// it, with the same timestamp, so that doing it twice is doing it once.
///
/// Head: a byte (0 done, 1 to do), the timestamp, the number of further parts, then rows to the end. A further
/// part: the timestamp, then rows to the end. A row: bucket and name as length and UTF-8, time to live, length and
/// value (-1: none).
record Redo(boolean open, long timestamp, int parts, List<Put> rows) {
    static final String HEAD = "0";
    private static final int PART_BYTES = 1024 * 1024;
    private static final int PARTS_MAX = 1_000_000;

    Redo {
        rows = List.copyOf(rows);
    }

    static Redo done(long timestamp) {
        return new Redo(false, timestamp, 0, List.of());
    }

    static String part(int number) {
        return Integer.toString(number);
    }

    /// Rows in portions that are small enough to be written, each at least one.
    static List<List<Put>> portions(List<Put> rows) {
        List<List<Put>> portions = new ArrayList<>();
        List<Put> portion = new ArrayList<>();
        long size = 0;
        for (Put row : rows) {
            if (!portion.isEmpty() && size + row.size() > PART_BYTES) {
                portions.add(portion);
                portion = new ArrayList<>();
                size = 0;
            }
            size += row.size();
            portion.add(row);
        }
        portions.add(portion);
        return portions;
    }

    Bytes head() {
        return written(out -> {
            out.writeByte(open ? 1 : 0);
            out.writeLong(timestamp);
            out.writeInt(parts);
            write(out, rows);
        });
    }

    static Bytes part(long timestamp, List<Put> rows) {
        return written(out -> {
            out.writeLong(timestamp);
            write(out, rows);
        });
    }

    /// @throws StoreException `storage-corrupt`
    static Redo read(Bytes head) {
        try {
            ByteBuffer in = ByteBuffer.wrap(head.unsafeArray());
            int open = in.get();
            long timestamp = in.getLong();
            int parts = in.getInt();
            if (open < 0 || open > 1 || parts < 0 || parts > PARTS_MAX) {
                throw corrupt();
            }
            return new Redo(open == 1, timestamp, parts, rows(in));
        } catch (BufferUnderflowException e) {
            throw corrupt();
        }
    }

    /// Of a further part with this timestamp; of another one, nothing.
    ///
    /// @throws StoreException `storage-corrupt`
    static List<Put> readPart(Bytes part, long timestamp) {
        try {
            ByteBuffer in = ByteBuffer.wrap(part.unsafeArray());
            return in.getLong() == timestamp ? rows(in) : List.of();
        } catch (BufferUnderflowException e) {
            throw corrupt();
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static Bytes written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, List<Put> rows) throws IOException {
        for (Put row : rows) {
            text(out, row.bucket());
            text(out, row.name());
            out.writeInt(row.liveSeconds());
            Bytes value = row.value();
            out.writeInt(value == null ? -1 : value.size());
            out.write(value == null ? new byte[0] : value.unsafeArray());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static List<Put> rows(ByteBuffer in) {
        List<Put> rows = new ArrayList<>();
        while (in.hasRemaining()) {
            String bucket = new String(bytes(in, in.getInt()), StandardCharsets.UTF_8);
            String name = new String(bytes(in, in.getInt()), StandardCharsets.UTF_8);
            int live = in.getInt();
            int length = in.getInt();
            if (live < 0) {
                throw corrupt();
            }
            rows.add(new Put(bucket, name, length == -1 ? null : Bytes.wrap(bytes(in, length)), live));
        }
        return rows;
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw corrupt();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static StoreException corrupt() {
        return new StoreException(Code.STORAGE_CORRUPT, "the step that was written down is not one");
    }
}
