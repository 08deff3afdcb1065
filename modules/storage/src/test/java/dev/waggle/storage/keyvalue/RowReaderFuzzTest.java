package dev.waggle.storage.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundRow.StateTimes;
import dev.waggle.storage.row.OutboundState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows are read back as they were, and anything else is corrupt and never a crash.
class RowReaderFuzzTest {
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Jid USER = Jid.pn("4915550001");
    private static final List<Object> ROWS = List.of(
            new OutboundRow(
                    new MessageId("3EB0"),
                    "key",
                    Bytes.utf8("h"),
                    USER,
                    OutboundState.SENT,
                    AT,
                    Bytes.EMPTY,
                    "",
                    7,
                    StateTimes.NONE.with(OutboundState.SENT, AT)),
            new DeviceList(
                    USER, List.of(new DeviceList.Device(3, OptionalInt.of(2), true)), AT, null, OptionalInt.of(5)),
            new AccountRow(
                    new AccountId("a"),
                    "RUNNING",
                    "ONLINE",
                    "ä",
                    List.of("x"),
                    Map.of("k", "v"),
                    USER,
                    null,
                    null,
                    AT));

    @FuzzTest
    void any_bytes_are_a_row_or_corrupt(byte[] data) {
        read(Bytes.of(data));
    }

    @Test
    void rows_come_back_and_thousands_of_spoilt_ones_are_read_or_corrupt() {
        Random random = new Random(31);
        for (Object row : ROWS) {
            byte[] written = RowWriter.write(row).toArray();
            assertThat(RowReader.read(Bytes.of(written), Object.class)).isEqualTo(row);
            for (int i = 0; i < 2_000; i++) {
                byte[] spoilt = java.util.Arrays.copyOf(written, written.length - random.nextInt(3));
                spoilt[random.nextInt(spoilt.length)] ^= (byte) (1 << random.nextInt(8));
                read(Bytes.wrap(spoilt));
            }
        }
    }

    private static void read(Bytes bytes) {
        try {
            assertThat(RowReader.read(bytes, Object.class)).isNotNull();
        } catch (StoreException e) {
            assertThat(e.code()).isEqualTo(StoreException.Code.STORAGE_CORRUPT);
        }
    }
}
