package dev.waggle.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.write.SignalWrite;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final DeviceAddress ALICE = new DeviceAddress("1_1", 0);

    private final MemoryProvider provider = new MemoryProvider();
    private final Backend backend =
            provider.open(new AccountId("a")).toCompletableFuture().join();

    @Test
    void failing_writes_carry_the_code_and_change_nothing_until_healed() {
        provider.faults().failWrites(StoreException.Code.STORAGE_FULL);
        CompletableFuture<Void> failed =
                backend.putSession(ALICE, Bytes.utf8("x")).toCompletableFuture();
        assertThatThrownBy(failed::join)
                .hasRootCauseInstanceOf(StoreException.class)
                .hasRootCauseMessage("storage-full: switched on by a test");
        assertThat(backend.loadSession(ALICE).toCompletableFuture().join()).isEmpty();
        provider.faults().healWrites();
        backend.putSession(ALICE, Bytes.utf8("x")).toCompletableFuture().join();
        assertThat(backend.loadSession(ALICE).toCompletableFuture().join()).isPresent();
    }

    @Test
    void held_reads_answer_when_they_are_let_go() {
        provider.faults().holdReads();
        CompletableFuture<Optional<Bytes>> read = backend.loadSession(ALICE).toCompletableFuture();
        backend.putSession(ALICE, Bytes.utf8("x")).toCompletableFuture().join();
        assertThat(read).isNotDone();
        provider.faults().openReads();
        assertThat(read.join()).contains(Bytes.utf8("x"));
    }

    @Test
    void batches_and_writes_are_counted() {
        backend.write(new SignalWrite.RemovePreKey(1), new SignalWrite.RemovePreKey(2))
                .toCompletableFuture()
                .join();
        assertThat(provider.faults().batches()).isOne();
        assertThat(provider.faults().writes()).isEqualTo(2);
    }

    @Test
    void an_unknown_backend_is_named_with_those_that_are_known() {
        assertThatThrownBy(() -> BackendDriver.named("cloud"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("storage backend: cloud (expected: one of [memory])");
    }
}
