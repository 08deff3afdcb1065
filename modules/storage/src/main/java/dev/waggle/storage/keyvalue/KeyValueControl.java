package dev.waggle.storage.keyvalue;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is kept once for the installation.
final class KeyValueControl implements ControlStore {
    private final KeyValues values;
    private final String room;

    KeyValueControl(KeyValues values, String room) {
        this.values = values;
        this.room = room;
    }

    private <T> CompletionStage<T> on(String kind, Object key, Function<Rows, T> step) {
        return values.change(Rows.about(room, kind, key), changing -> step.apply(new Rows(changing, room)));
    }

    private <T> CompletionStage<T> read(Function<Rows, T> question) {
        return values.read(Rows.about(room), reading -> question.apply(new Rows(reading, room)));
    }

    private CompletionStage<Void> put(String kind, Object key, Object row) {
        return on(kind, key, there -> {
                    there.put(kind, key, row);
                    return true;
                })
                .thenAccept(done -> {});
    }

    private CompletionStage<Void> remove(String kind, Object key) {
        return on(kind, key, there -> {
                    there.remove(kind, key);
                    return true;
                })
                .thenAccept(done -> {});
    }

    private <T> CompletionStage<List<T>> page(String kind, Object after, int limit, Class<T> type) {
        return read(there -> there.after(kind, after, type)
                .limit(Math.clamp(limit, 1, PAGE_MAX))
                .toList());
    }

    @Override
    public CompletionStage<Void> putApiKey(ApiKeyRow key) {
        return put("api-key", key.id(), key);
    }

    @Override
    public CompletionStage<Optional<ApiKeyRow>> apiKey(String id) {
        return read(there -> there.find("api-key", id, ApiKeyRow.class));
    }

    @Override
    public CompletionStage<Optional<ApiKeyRow>> apiKeyByHash(Bytes secretHash) {
        return read(there -> there.all("api-key", ApiKeyRow.class)
                .filter(key -> key.secretHash().equals(secretHash))
                .findFirst());
    }

    @Override
    public CompletionStage<List<ApiKeyRow>> apiKeys(String after, int limit) {
        return page("api-key", after, limit, ApiKeyRow.class);
    }

    @Override
    public CompletionStage<Void> deleteApiKey(String id) {
        return remove("api-key", id);
    }

    @Override
    public CompletionStage<Long> appendAudit(AuditRow entry) {
        return on("audit", "", there -> {
            long audited = there.find("audited", "", Long.class).orElse(0L) + 1;
            there.put("audited", "", audited);
            there.put(
                    "audit",
                    audited,
                    new AuditRow(audited, entry.at(), entry.actor(), entry.action(), entry.target(), entry.detail()));
            return audited;
        });
    }

    @Override
    public CompletionStage<List<AuditRow>> audit(long after, int limit) {
        return page("audit", after, limit, AuditRow.class);
    }

    @Override
    public CompletionStage<Integer> purgeAudit(Instant before) {
        return on(
                "audit",
                "",
                there -> there.purge("audit", AuditRow.class, row -> row.at().isBefore(before)));
    }

    @Override
    public CompletionStage<Void> putDocument(Shelf shelf, String id, Bytes document) {
        return put("document:" + shelf, id, new DocumentRow(id, document));
    }

    @Override
    public CompletionStage<Boolean> replaceDocument(Shelf shelf, String id, @Nullable Bytes expected, Bytes document) {
        String kind = "document:" + shelf;
        return on(kind, id, there -> {
            Optional<Bytes> found = there.find(kind, id, DocumentRow.class).map(DocumentRow::document);
            boolean done = found.equals(Optional.ofNullable(expected));
            if (done) {
                there.put(kind, id, new DocumentRow(id, document));
            }
            return done;
        });
    }

    @Override
    public CompletionStage<Optional<Bytes>> document(Shelf shelf, String id) {
        return read(
                there -> there.find("document:" + shelf, id, DocumentRow.class).map(DocumentRow::document));
    }

    @Override
    public CompletionStage<List<DocumentRow>> documents(Shelf shelf, String after, int limit) {
        return page("document:" + shelf, after, limit, DocumentRow.class);
    }

    @Override
    public CompletionStage<Void> deleteDocument(Shelf shelf, String id) {
        return remove("document:" + shelf, id);
    }

    @Override
    public CompletionStage<Void> putAccount(AccountRow account) {
        return put("account", account.id(), account);
    }

    @Override
    public CompletionStage<Optional<AccountRow>> account(AccountId id) {
        return read(there -> there.find("account", id, AccountRow.class));
    }

    @Override
    public CompletionStage<List<AccountRow>> accounts(String after, int limit) {
        return page("account", after, limit, AccountRow.class);
    }

    @Override
    public CompletionStage<Void> deleteAccount(AccountId id) {
        return remove("account", id);
    }

    @Override
    public CompletionStage<Optional<DataKeyRow>> dataKey(AccountId account) {
        return read(there -> there.find("data-key", account, DataKeyRow.class));
    }

    @Override
    public CompletionStage<List<DataKeyRow>> dataKeys(String after, int limit) {
        return page("data-key", after, limit, DataKeyRow.class);
    }

    @Override
    public CompletionStage<Boolean> createDataKey(DataKeyRow key) {
        return replace(key, old -> old.map(DataKeyRow::incarnation).orElse(0) < key.incarnation());
    }

    @Override
    public CompletionStage<Boolean> rewrapDataKey(DataKeyRow key) {
        return replace(
                key,
                old -> old.filter(row -> !row.destroyed() && row.incarnation() == key.incarnation())
                        .isPresent());
    }

    private CompletionStage<Boolean> replace(DataKeyRow key, Predicate<Optional<DataKeyRow>> allowed) {
        return on("data-key", key.account(), there -> {
            boolean done = allowed.test(there.find("data-key", key.account(), DataKeyRow.class));
            if (done) {
                there.put("data-key", key.account(), key);
            }
            return done;
        });
    }

    @Override
    public CompletionStage<Void> destroyDataKey(AccountId account) {
        return on("data-key", account, there -> {
                    there.change(
                            "data-key",
                            account,
                            DataKeyRow.class,
                            row -> row == null ? null : new DataKeyRow(account, row.incarnation(), Bytes.EMPTY));
                    return true;
                })
                .thenAccept(done -> {});
    }
}
