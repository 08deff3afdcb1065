package dev.waggle.platform.port;

import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.storage.write.StoreWrite;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The account's device row: small things that only grow, or that say which keys are in use. One change at a time,
/// in the order of the calls. Thread-safe.
public interface DeviceRecord {
    /// The row as it is to be, and what must become durable in the same step.
    record Change(DeviceRow row, List<StoreWrite> along) {
        public Change {
            along = List.copyOf(along);
        }

        public static Change of(DeviceRow.Builder row, StoreWrite... along) {
            return new Change(row.build(), List.of(along));
        }
    }

    /// After every change that was asked for before. Fails as the stores fail.
    CompletionStage<DeviceRow> read();

    /// Completes with the new row when it is durable together with what goes along. A change that changes nothing
    /// and has nothing along is not written. Fails as the stores fail; then nothing of it was kept.
    CompletionStage<DeviceRow> change(Function<DeviceRow, Change> next);
}
