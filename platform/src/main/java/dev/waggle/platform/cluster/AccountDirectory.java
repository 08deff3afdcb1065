package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.transport.runtime.TaskRuntime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which accounts there are, and what they looked like last: answers without waking any. Thread-safe.
///
/// One write per account is in flight; of what comes meanwhile only the last is written. A write that fails is told
/// to whoever waits for it and tried again until it succeeds or something later takes its place.
public final class AccountDirectory {
    private static final Logger log = LoggerFactory.getLogger(AccountDirectory.class);
    private static final int PAGE = 500;
    private static final Duration RETRY = Duration.ofSeconds(2);

    /// `row` null: the account is gone.
    private record Change(@Nullable AccountRow row, CompletableFuture<Void> done) {}

    private static final class Slot {
        @Nullable
        Change next;
    }

    private final ControlStore store;
    private final TaskRuntime runtime;
    private final Map<String, AccountRow> rows = new ConcurrentSkipListMap<>();
    private final Map<AccountId, Slot> writing = new HashMap<>();
    private final List<Consumer<AccountRow>> listeners = new CopyOnWriteArrayList<>();
    private boolean closed;

    private AccountDirectory(ControlStore store, TaskRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    /// Reads what is there.
    ///
    /// @param runtime tells when a write that failed is tried again
    public static CompletionStage<AccountDirectory> open(ControlStore store, TaskRuntime runtime) {
        AccountDirectory directory = new AccountDirectory(store, runtime);
        return directory.read("").thenApply(done -> directory);
    }

    private CompletionStage<Void> read(String after) {
        return store.accounts(after, PAGE).thenCompose(page -> {
            page.forEach(row -> rows.put(row.id().value(), row));
            return page.size() < PAGE
                    ? CompletableFuture.completedFuture(null)
                    : read(page.getLast().id().value());
        });
    }

    public Optional<AccountRow> find(AccountId id) {
        return Optional.ofNullable(rows.get(id.value()));
    }

    /// By ascending id, beginning after the given one (empty text: at the beginning).
    public List<AccountRow> page(String after, int limit) {
        return ((ConcurrentSkipListMap<String, AccountRow>) rows)
                .tailMap(after, false).values().stream().limit(limit).toList();
    }

    public Collection<AccountRow> all() {
        return List.copyOf(rows.values());
    }

    /// Tells of every account that is made or changed from now on, on the thread of whoever does it.
    public void listen(Consumer<AccountRow> listener) {
        listeners.add(listener);
    }

    public CompletionStage<Void> put(AccountRow row) {
        rows.put(row.id().value(), row);
        listeners.forEach(listener -> listener.accept(row));
        return change(row.id(), row);
    }

    public CompletionStage<Void> remove(AccountId id) {
        rows.remove(id.value());
        return change(id, null);
    }

    /// Gives up on what could not be written yet.
    public synchronized void close() {
        closed = true;
    }

    private synchronized CompletionStage<Void> change(AccountId id, @Nullable AccountRow row) {
        Slot busy = writing.get(id);
        if (busy == null) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            writing.put(id, new Slot());
            write(id, new Change(row, done));
            return done;
        }
        Change waiting = busy.next;
        CompletableFuture<Void> done = waiting == null ? new CompletableFuture<>() : waiting.done();
        busy.next = new Change(row, done);
        return done;
    }

    private void write(AccountId id, Change change) {
        AccountRow row = change.row();
        CompletionStage<Void> written = row == null ? store.deleteAccount(id) : store.putAccount(row);
        var _ = written.whenComplete((done, failure) -> {
            if (failure == null) {
                change.done().complete(null);
                next(id, null);
            } else {
                change.done().completeExceptionally(failure);
                log.warn("{}: the directory is away: {}; trying again in {}", id, failure.toString(), RETRY);
                var _ = runtime.after(RETRY, "directory", () -> next(id, new Change(row, new CompletableFuture<>())));
            }
        });
    }

    private synchronized void next(AccountId id, @Nullable Change again) {
        Slot slot = writing.get(id);
        Change waiting = slot == null ? null : slot.next;
        if (slot == null || closed || (waiting == null && again == null)) {
            writing.remove(id);
            return;
        }
        slot.next = null;
        write(id, waiting != null ? waiting : java.util.Objects.requireNonNull(again));
    }
}
