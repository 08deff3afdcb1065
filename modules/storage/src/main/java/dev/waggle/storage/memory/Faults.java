package dev.waggle.storage.memory;

import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Switches of a memory store, shared by all its accounts. Thread-safe.
public final class Faults {
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final Set<DeviceAddress> poisoned = ConcurrentHashMap.newKeySet();
    private volatile StoreException.@Nullable Code failure;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    /// From now on every write fails with this code and changes nothing.
    public void failWrites(StoreException.Code code) {
        failure = code;
    }

    public void healWrites() {
        failure = null;
        poisoned.clear();
    }

    /// A write that puts this session fails in the middle of its batch.
    public void poison(DeviceAddress address) {
        poisoned.add(address);
    }

    /// Reads that begin from now on answer only after [#openReads()].
    public void holdReads() {
        gate = new CompletableFuture<>();
    }

    public void openReads() {
        gate.complete(null);
    }

    /// Calls of `write` that were carried out.
    public int batches() {
        return batches.get();
    }

    /// Single changes in those calls.
    public int writes() {
        return writes.get();
    }

    void admit() {
        StoreException.Code code = failure;
        if (code != null) {
            throw new StoreException(code, "switched on by a test");
        }
    }

    void admit(StoreWrite write) {
        if (write instanceof SignalWrite.PutSession put && poisoned.contains(put.address())) {
            throw new StoreException(StoreException.Code.STORAGE_REFUSED, "poisoned by a test");
        }
    }

    void count(List<? extends StoreWrite> batch) {
        batches.incrementAndGet();
        writes.addAndGet(batch.size());
    }

    CompletionStage<Void> reading() {
        return gate;
    }
}
