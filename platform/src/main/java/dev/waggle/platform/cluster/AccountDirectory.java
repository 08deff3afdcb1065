package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.transport.runtime.TaskRuntime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which accounts there are, and what they looked like last: answers without waking any. Thread-safe.
///
/// In a cluster each node has one. What is put on one node the others are told ([#heard]); what they were not told
/// they find in the store, one account when it is asked for, everything now and then ([#reread]).
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
    private final List<Consumer<AccountId>> mourners = new CopyOnWriteArrayList<>();
    private final List<Consumer<AccountId>> forgetters = new CopyOnWriteArrayList<>();
    private final boolean shared;
    private boolean closed;
    private final AtomicBoolean away = new AtomicBoolean();

    private AccountDirectory(ControlStore store, TaskRuntime runtime, boolean shared) {
        this.store = store;
        this.runtime = runtime;
        this.shared = shared;
    }

    /// Of a node that is alone.
    public static CompletionStage<AccountDirectory> open(ControlStore store, TaskRuntime runtime) {
        return open(store, runtime, false);
    }

    /// Reads what is there.
    ///
    /// @param runtime tells when a write that failed is tried again
    /// @param shared other nodes write into the same store
    public static CompletionStage<AccountDirectory> open(ControlStore store, TaskRuntime runtime, boolean shared) {
        AccountDirectory directory = new AccountDirectory(store, runtime, shared);
        return directory.reread().thenApply(done -> directory);
    }

    /// Whether other nodes write into the same store.
    public boolean shared() {
        return shared;
    }

    /// Takes over what the store has, whatever its time says, and forgets what it has not.
    public CompletionStage<Void> reread() {
        Map<String, AccountRow> before = new HashMap<>(rows);
        Set<String> gone = new HashSet<>(before.keySet());
        return read("", gone, before)
                .thenAccept(_ -> gone.stream().map(AccountId::new).forEach(this::heardGone));
    }

    private CompletionStage<Void> read(String after, Set<String> gone, Map<String, AccountRow> before) {
        return store.accounts(after, PAGE).thenCompose(page -> {
            page.forEach(row -> {
                gone.remove(row.id().value());
                found(row, before.get(row.id().value()));
            });
            return page.size() < PAGE
                    ? CompletableFuture.completedFuture(null)
                    : read(page.getLast().id().value(), gone, before);
        });
    }

    /// @param before what was known when the reading began
    private synchronized void found(AccountRow row, @Nullable AccountRow before) {
        if (before != null && before.equals(rows.get(row.id().value())) && !writing.containsKey(row.id())) {
            rows.put(row.id().value(), row);
        } else {
            heard(row);
        }
    }

    /// Another node, or this one, wrote this. What this node is writing just now wins.
    public synchronized void heard(AccountRow row) {
        if (!writing.containsKey(row.id())) {
            rows.merge(row.id().value(), row, (old, read) -> read.updatedAt().isBefore(old.updatedAt()) ? old : read);
        }
    }

    /// Another node removed this.
    public void heardGone(AccountId id) {
        synchronized (this) {
            if (writing.containsKey(id)) {
                return;
            }
            rows.remove(id.value());
        }
        forgetters.forEach(listener -> listener.accept(id));
    }

    /// Like [#find], but asks the store for what no other node has told of yet.
    public CompletionStage<Optional<AccountRow>> lookUp(AccountId id) {
        Optional<AccountRow> known = find(id);
        return known.isPresent() || !shared
                ? CompletableFuture.completedFuture(known)
                : store.account(id).thenApply(found -> {
                    found.ifPresent(this::heard);
                    return found;
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

    /// Tells of every account that is removed from now on, when it is.
    public void listenForEnds(Consumer<AccountId> listener) {
        mourners.add(listener);
    }

    /// Tells of every account that is heard to have been removed elsewhere.
    public void listenForLosses(Consumer<AccountId> listener) {
        forgetters.add(listener);
    }

    public CompletionStage<Void> put(AccountRow row) {
        AccountRow last = Objects.requireNonNull(rows.compute(row.id().value(), (_, known) -> row.after(known)));
        CompletionStage<Void> written = change(row.id(), last);
        listeners.forEach(listener -> listener.accept(last));
        return written;
    }

    /// What was seen of it last is over, and what it does now nobody here knows. Told to the other nodes, and never
    /// written: whoever has it says so himself, and later than this.
    public void adrift(AccountId id) {
        AccountRow now = rows.computeIfPresent(id.value(), (_, known) -> known.waiting());
        if (now != null) {
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    public CompletionStage<Void> remove(AccountId id) {
        rows.remove(id.value());
        return change(id, null).thenRun(() -> mourners.forEach(listener -> listener.accept(id)));
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
                if (away.compareAndSet(true, false)) {
                    log.info("the directory is there again");
                }
                change.done().complete(null);
                next(id, null);
            } else {
                change.done().completeExceptionally(failure);
                // Once for all accounts: each of them is tried again, and again.
                if (away.compareAndSet(false, true)) {
                    log.warn("{}: the directory is away: {}; trying again every {}", id, failure.toString(), RETRY);
                }
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
        write(id, waiting != null ? waiting : Objects.requireNonNull(again));
    }
}
