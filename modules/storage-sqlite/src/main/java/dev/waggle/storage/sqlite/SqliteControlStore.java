package dev.waggle.storage.sqlite;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ApiKeyRow;
import dev.waggle.storage.control.AuditRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.DataKeyRow;
import dev.waggle.storage.control.DocumentRow;
import dev.waggle.storage.control.Shelf;
import dev.waggle.storage.sqlite.file.Row;
import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The control plane in the same file.
final class SqliteControlStore implements ControlStore {
    private static final String API_KEY =
            "SELECT id, secret_hash, scopes, label, created_at, expires_at, disabled FROM api_key ";
    private static final String ACCOUNT =
            "SELECT id, desired_state, observed_state, push_name, labels, metadata, jid, pn,"
                    + " lid, updated_at FROM directory ";
    private static final String DATA_KEY = "SELECT account, incarnation, wrapped FROM data_key ";

    private final SqliteFile file;

    SqliteControlStore(SqliteFile file) {
        this.file = file;
    }

    private CompletionStage<Void> update(String sql, @Nullable Object... parameters) {
        return file.write(session -> session.update(sql, parameters)).thenAccept(rows -> {});
    }

    private <T> CompletionStage<Optional<T>> first(SqlSession.RowReader<T> reader, String sql, Object... parameters) {
        return file.read(session -> session.first(reader, sql, parameters));
    }

    private <T> CompletionStage<List<T>> page(SqlSession.RowReader<T> reader, String sql, Object... parameters) {
        return file.read(session -> session.list(reader, sql, parameters));
    }

    private static int limited(int limit) {
        return Math.clamp(limit, 1, PAGE_MAX);
    }

    @Override
    public CompletionStage<Void> putApiKey(ApiKeyRow key) {
        return update(
                "INSERT OR REPLACE INTO api_key(id, secret_hash, scopes, label, created_at, expires_at, disabled)"
                        + " VALUES(?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                key.secretHash(),
                Texts.of(key.scopes()),
                key.label(),
                key.createdAt(),
                key.expiresAt(),
                key.disabled());
    }

    private static ApiKeyRow apiKey(Row row) throws SQLException {
        return new ApiKeyRow(
                row.text(1),
                row.bytes(2),
                Set.copyOf(Texts.list(row.text(3))),
                row.text(4),
                row.time(5),
                row.optionalTime(6),
                row.flag(7));
    }

    @Override
    public CompletionStage<Optional<ApiKeyRow>> apiKey(String id) {
        return first(SqliteControlStore::apiKey, API_KEY + "WHERE id = ?", id);
    }

    @Override
    public CompletionStage<Optional<ApiKeyRow>> apiKeyByHash(Bytes secretHash) {
        return first(SqliteControlStore::apiKey, API_KEY + "WHERE secret_hash = ?", secretHash);
    }

    @Override
    public CompletionStage<List<ApiKeyRow>> apiKeys(String after, int limit) {
        return page(SqliteControlStore::apiKey, API_KEY + "WHERE id > ? ORDER BY id LIMIT ?", after, limited(limit));
    }

    @Override
    public CompletionStage<Void> deleteApiKey(String id) {
        return update("DELETE FROM api_key WHERE id = ?", id);
    }

    @Override
    public CompletionStage<Long> appendAudit(AuditRow entry) {
        return file.write(session -> session.number(
                "INSERT INTO audit(at, actor, action, target, detail) VALUES(?, ?, ?, ?, ?) RETURNING sequence",
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.detail()));
    }

    @Override
    public CompletionStage<List<AuditRow>> audit(long after, int limit) {
        return page(
                row -> new AuditRow(row.number(1), row.time(2), row.text(3), row.text(4), row.text(5), row.text(6)),
                "SELECT sequence, at, actor, action, target, detail FROM audit WHERE sequence > ?"
                        + " ORDER BY sequence LIMIT ?",
                after,
                limited(limit));
    }

    @Override
    public CompletionStage<Integer> purgeAudit(Instant before) {
        return file.write(session -> session.update("DELETE FROM audit WHERE at < ?", before));
    }

    @Override
    public CompletionStage<Void> putDocument(Shelf shelf, String id, Bytes document) {
        return update(
                "INSERT INTO document(shelf, id, document) VALUES(?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET document = excluded.document",
                shelf,
                id,
                document);
    }

    @Override
    public CompletionStage<Boolean> replaceDocument(Shelf shelf, String id, @Nullable Bytes expected, Bytes document) {
        return file.write(session -> 1
                == (expected == null
                        ? session.update(
                                "INSERT INTO document(shelf, id, document) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
                                shelf,
                                id,
                                document)
                        : session.update(
                                "UPDATE document SET document = ? WHERE shelf = ? AND id = ? AND document = ?",
                                document,
                                shelf,
                                id,
                                expected)));
    }

    @Override
    public CompletionStage<Optional<Bytes>> document(Shelf shelf, String id) {
        return first(row -> row.bytes(1), "SELECT document FROM document WHERE shelf = ? AND id = ?", shelf, id);
    }

    @Override
    public CompletionStage<List<DocumentRow>> documents(Shelf shelf, String after, int limit) {
        return page(
                row -> new DocumentRow(row.text(1), row.bytes(2)),
                "SELECT id, document FROM document WHERE shelf = ? AND id > ? ORDER BY id LIMIT ?",
                shelf,
                after,
                limited(limit));
    }

    @Override
    public CompletionStage<Void> deleteDocument(Shelf shelf, String id) {
        return update("DELETE FROM document WHERE shelf = ? AND id = ?", shelf, id);
    }

    @Override
    public CompletionStage<Void> putAccount(AccountRow account) {
        return update(
                "INSERT OR REPLACE INTO directory(id, desired_state, observed_state, push_name, labels, metadata, jid,"
                        + " pn, lid, updated_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                account.id().value(),
                account.desiredState(),
                account.observedState(),
                account.pushName(),
                Texts.of(account.labels()),
                Texts.of(account.metadata()),
                text(account.jid()),
                text(account.pn()),
                text(account.lid()),
                account.updatedAt());
    }

    private static @Nullable String text(@Nullable Jid jid) {
        return jid == null ? null : jid.toString();
    }

    private static @Nullable Jid jid(@Nullable String text) {
        return text == null ? null : Jid.parse(text);
    }

    private static AccountRow account(Row row) throws SQLException {
        return new AccountRow(
                new AccountId(row.text(1)),
                row.text(2),
                row.text(3),
                row.text(4),
                Texts.list(row.text(5)),
                Texts.map(row.text(6)),
                jid(row.optionalText(7)),
                jid(row.optionalText(8)),
                jid(row.optionalText(9)),
                row.time(10));
    }

    @Override
    public CompletionStage<Optional<AccountRow>> account(AccountId id) {
        return first(SqliteControlStore::account, ACCOUNT + "WHERE id = ?", id.value());
    }

    @Override
    public CompletionStage<List<AccountRow>> accounts(String after, int limit) {
        return page(SqliteControlStore::account, ACCOUNT + "WHERE id > ? ORDER BY id LIMIT ?", after, limited(limit));
    }

    @Override
    public CompletionStage<Void> deleteAccount(AccountId id) {
        return update("DELETE FROM directory WHERE id = ?", id.value());
    }

    private static DataKeyRow dataKey(Row row) throws SQLException {
        return new DataKeyRow(new AccountId(row.text(1)), row.integer(2), row.bytes(3));
    }

    @Override
    public CompletionStage<Optional<DataKeyRow>> dataKey(AccountId account) {
        return first(SqliteControlStore::dataKey, DATA_KEY + "WHERE account = ?", account.value());
    }

    @Override
    public CompletionStage<List<DataKeyRow>> dataKeys(String after, int limit) {
        return page(
                SqliteControlStore::dataKey,
                DATA_KEY + "WHERE account > ? ORDER BY account LIMIT ?",
                after,
                limited(limit));
    }

    @Override
    public CompletionStage<Boolean> createDataKey(DataKeyRow key) {
        return file.write(session -> session.update(
                        "INSERT INTO data_key(account, incarnation, wrapped) VALUES(?, ?, ?) ON CONFLICT DO UPDATE"
                                + " SET incarnation = excluded.incarnation, wrapped = excluded.wrapped"
                                + " WHERE excluded.incarnation > incarnation",
                        key.account().value(),
                        key.incarnation(),
                        key.wrapped())
                == 1);
    }

    @Override
    public CompletionStage<Boolean> rewrapDataKey(DataKeyRow key) {
        return file.write(session -> session.update(
                        "UPDATE data_key SET wrapped = ? WHERE account = ? AND incarnation = ? AND length(wrapped) > 0",
                        key.wrapped(),
                        key.account().value(),
                        key.incarnation())
                == 1);
    }

    /// SQLite leaves deleted bytes where they were unless told otherwise; the WAL is folded in so that no copy
    /// stays there.
    @Override
    public CompletionStage<Void> destroyDataKey(AccountId account) {
        return file.write(session -> {
                    session.number("PRAGMA secure_delete = ON");
                    int rows = session.update("UPDATE data_key SET wrapped = x'' WHERE account = ?", account.value());
                    session.number("PRAGMA secure_delete = OFF");
                    return rows;
                })
                .thenCompose(rows -> file.fold());
    }
}
