package dev.waggle.storage.memory;

import dev.waggle.address.AccountId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.control.ControlStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Stores in memory, one set of maps per account, with [Faults] to switch on.
public final class MemoryProvider implements BackendProvider {
    private final Faults faults = new Faults();
    private final MemoryControlStore control = new MemoryControlStore(faults);
    private final ConcurrentHashMap<AccountId, MemoryBackend> backends = new ConcurrentHashMap<>();

    public Faults faults() {
        return faults;
    }

    @Override
    public CompletionStage<Backend> open(AccountId account) {
        return CompletableFuture.completedFuture(
                backends.computeIfAbsent(account, id -> new MemoryBackend(id, faults)));
    }

    @Override
    public ControlStore control() {
        return control;
    }

    @Override
    public CompletionStage<Void> erase(AccountId account) {
        backends.remove(account);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        backends.clear();
    }
}
