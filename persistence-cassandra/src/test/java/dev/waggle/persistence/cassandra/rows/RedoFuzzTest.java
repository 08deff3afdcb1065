package dev.waggle.persistence.cassandra.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import dev.waggle.persistence.cassandra.rows.Entries.Put;
import dev.waggle.storage.StoreException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedoFuzzTest {
    private static final List<Put> ROWS = List.of(
            new Put("session/1", "session\0a", Bytes.utf8("record"), 0),
            new Put("", "applied\0", null, 0),
            new Put("seen/3", "seen\0\u00e4\ud83d\ude00", Bytes.EMPTY, 3_888_000));

    @FuzzTest
    void any_bytes_are_a_step_or_refused(byte[] bytes) {
        read(bytes);
    }

    private static void read(byte[] bytes) {
        try {
            Redo redo = Redo.read(Bytes.of(bytes));
            assertThat(Redo.read(redo.head())).isEqualTo(redo);
        } catch (StoreException e) {
            assertThat(e.code()).isEqualTo(StoreException.Code.STORAGE_CORRUPT);
        }
        try {
            Redo.readPart(Bytes.of(bytes), 0);
        } catch (StoreException e) {
            assertThat(e.code()).isEqualTo(StoreException.Code.STORAGE_CORRUPT);
        }
    }

    @Test
    void a_step_reads_back_as_it_was_written_down() {
        Redo redo = new Redo(true, 17, 0, ROWS);
        assertThat(Redo.read(redo.head())).isEqualTo(redo);
        assertThat(Redo.readPart(Redo.part(17, ROWS), 17)).isEqualTo(ROWS);
        assertThat(Redo.readPart(Redo.part(17, ROWS), 18)).isEmpty();
    }

    @Test
    void thousands_of_spoilt_steps_are_refused_or_read() {
        byte[] whole = new Redo(true, 17, 0, ROWS).head().toArray();
        Random random = new Random(7);
        IntStream.range(0, 5_000).forEach(round -> {
            byte[] spoilt = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int change = 0; change < 3 && spoilt.length > 0; change++) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
            }
            read(spoilt);
        });
    }

    @Test
    void portions_hold_every_row_once_and_none_is_larger_than_need_be() {
        Bytes half = Bytes.wrap(new byte[600_000]);
        List<Put> rows = IntStream.range(0, 5)
                .mapToObj(number -> new Put("b", "n" + number, half, 0))
                .toList();
        List<List<Put>> portions = Redo.portions(rows);
        assertThat(portions).hasSize(5);
        assertThat(portions.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
        assertThat(Redo.portions(List.of())).containsExactly(List.of());
    }
}
