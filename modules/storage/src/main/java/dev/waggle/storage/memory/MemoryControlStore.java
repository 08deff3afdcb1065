package dev.waggle.storage.memory;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ApiKeyRow;
import dev.waggle.storage.control.AuditRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.DataKeyRow;
import dev.waggle.storage.control.DocumentRow;
import dev.waggle.storage.control.Shelf;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The control plane in maps.
public final class MemoryControlStore implements ControlStore {
    private final Faults faults;
    private final TreeMap<String, ApiKeyRow> apiKeys = new TreeMap<>();
    private final TreeMap<Long, AuditRow> audit = new TreeMap<>();
    private final Map<Shelf, TreeMap<String, Bytes>> documents = new EnumMap<>(Shelf.class);
    private final TreeMap<String, AccountRow> accounts = new TreeMap<>();
    private final TreeMap<String, DataKeyRow> dataKeys = new TreeMap<>();
    private long lastAudit;

    public MemoryControlStore(Faults faults) {
        this.faults = faults;
        for (Shelf shelf : Shelf.values()) {
            documents.put(shelf, new TreeMap<>());
        }
    }

    private <T> CompletionStage<T> change(Supplier<T> change) {
        synchronized (this) {
            try {
                faults.admit();
                return CompletableFuture.completedFuture(change.get());
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private CompletionStage<Void> run(Runnable change) {
        return change(() -> {
                    change.run();
                    return true;
                })
                .thenAccept(done -> {});
    }

    private <T> CompletionStage<T> read(Supplier<T> question) {
        return faults.reading().thenApply(open -> {
            synchronized (this) {
                return question.get();
            }
        });
    }

    private <V> CompletionStage<Optional<V>> find(TreeMap<String, V> rows, String key) {
        return read(() -> Optional.ofNullable(rows.get(key)));
    }

    private <K, V> CompletionStage<List<V>> page(TreeMap<K, V> rows, K after, int limit) {
        return read(() -> rows.tailMap(after, false).values().stream()
                .limit(Math.clamp(limit, 1, PAGE_MAX))
                .toList());
    }

    private TreeMap<String, Bytes> on(Shelf shelf) {
        return documents.getOrDefault(shelf, new TreeMap<>());
    }

    @Override
    public CompletionStage<Void> putApiKey(ApiKeyRow key) {
        return run(() -> apiKeys.put(key.id(), key));
    }

    @Override
    public CompletionStage<Optional<ApiKeyRow>> apiKey(String id) {
        return find(apiKeys, id);
    }

    @Override
    public CompletionStage<Optional<ApiKeyRow>> apiKeyByHash(Bytes secretHash) {
        return read(() -> apiKeys.values().stream()
                .filter(key -> key.secretHash().equals(secretHash))
                .findFirst());
    }

    @Override
    public CompletionStage<List<ApiKeyRow>> apiKeys(String after, int limit) {
        return page(apiKeys, after, limit);
    }

    @Override
    public CompletionStage<Void> deleteApiKey(String id) {
        return run(() -> apiKeys.remove(id));
    }

    @Override
    public CompletionStage<Long> appendAudit(AuditRow entry) {
        return change(() -> {
            lastAudit++;
            audit.put(
                    lastAudit,
                    new AuditRow(lastAudit, entry.at(), entry.actor(), entry.action(), entry.target(), entry.detail()));
            return lastAudit;
        });
    }

    @Override
    public CompletionStage<List<AuditRow>> audit(long after, int limit) {
        return page(audit, after, limit);
    }

    @Override
    public CompletionStage<Integer> purgeAudit(Instant before) {
        return change(() -> {
            int size = audit.size();
            audit.values().removeIf(entry -> entry.at().isBefore(before));
            return size - audit.size();
        });
    }

    @Override
    public CompletionStage<Void> putDocument(Shelf shelf, String id, Bytes document) {
        return run(() -> on(shelf).put(id, document));
    }

    @Override
    public CompletionStage<Boolean> replaceDocument(Shelf shelf, String id, @Nullable Bytes expected, Bytes document) {
        return change(() -> {
            boolean done = Objects.equals(on(shelf).get(id), expected);
            if (done) {
                on(shelf).put(id, document);
            }
            return done;
        });
    }

    @Override
    public CompletionStage<Optional<Bytes>> document(Shelf shelf, String id) {
        return find(on(shelf), id);
    }

    @Override
    public CompletionStage<List<DocumentRow>> documents(Shelf shelf, String after, int limit) {
        return read(() -> on(shelf).tailMap(after, false).entrySet().stream()
                .limit(Math.clamp(limit, 1, PAGE_MAX))
                .map(entry -> new DocumentRow(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public CompletionStage<Void> deleteDocument(Shelf shelf, String id) {
        return run(() -> on(shelf).remove(id));
    }

    @Override
    public CompletionStage<Void> putAccount(AccountRow account) {
        return run(() -> accounts.put(account.id().value(), account));
    }

    @Override
    public CompletionStage<Optional<AccountRow>> account(AccountId id) {
        return find(accounts, id.value());
    }

    @Override
    public CompletionStage<List<AccountRow>> accounts(String after, int limit) {
        return page(accounts, after, limit);
    }

    @Override
    public CompletionStage<Void> deleteAccount(AccountId id) {
        return run(() -> accounts.remove(id.value()));
    }

    @Override
    public CompletionStage<Optional<DataKeyRow>> dataKey(AccountId account) {
        return find(dataKeys, account.value());
    }

    @Override
    public CompletionStage<List<DataKeyRow>> dataKeys(String after, int limit) {
        return page(dataKeys, after, limit);
    }

    @Override
    public CompletionStage<Boolean> createDataKey(DataKeyRow key) {
        return change(() -> putIf(key, dataKeys.get(key.account().value())));
    }

    private boolean putIf(DataKeyRow key, @Nullable DataKeyRow stored) {
        boolean newer = stored == null || stored.incarnation() < key.incarnation();
        if (newer) {
            dataKeys.put(key.account().value(), key);
        }
        return newer;
    }

    @Override
    public CompletionStage<Boolean> rewrapDataKey(DataKeyRow key) {
        return change(() -> {
            DataKeyRow stored = dataKeys.get(key.account().value());
            boolean same = stored != null && !stored.destroyed() && stored.incarnation() == key.incarnation();
            if (same) {
                dataKeys.put(key.account().value(), key);
            }
            return same;
        });
    }

    @Override
    public CompletionStage<Void> destroyDataKey(AccountId account) {
        return run(() -> dataKeys.computeIfPresent(
                account.value(), (id, row) -> new DataKeyRow(account, row.incarnation(), Bytes.EMPTY)));
    }
}
