package dev.waggle.storage.sqlite;

import dev.waggle.address.AccountId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.sqlite.file.FileSettings;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The stores of all accounts over one file.
public final class SqliteProvider implements BackendProvider {
    static final List<String> ACCOUNT_TABLES = List.of(
            "device",
            "session",
            "identity",
            "pre_key",
            "signed_pre_key",
            "sender_key",
            "sync_key",
            "collection",
            "mutation_mac",
            "sender_key_mark",
            "lid_mapping",
            "base_key",
            "device_list",
            "group_metadata",
            "tc_token",
            "sent_message",
            "pending_inbound",
            "msg_secret",
            "media",
            "seen",
            "event",
            "event_floor",
            "outbound");

    private final SqliteFile file;
    private final Snapshots snapshots;
    private final SqliteControlStore control;

    private SqliteProvider(SqliteFile file, InstantSource clock) {
        this.file = file;
        this.snapshots = new Snapshots(file, clock);
        this.control = new SqliteControlStore(file);
    }

    /// @param clock names snapshots
    public static SqliteProvider open(Path path, FileSettings settings, InstantSource clock) {
        return new SqliteProvider(SqliteFile.shared(path, settings), clock);
    }

    @Override
    public CompletionStage<Backend> open(AccountId account) {
        return file.write(session -> {
                    session.update("INSERT OR IGNORE INTO account(name) VALUES(?)", account.value());
                    return session.number("SELECT id FROM account WHERE name = ?", account.value());
                })
                .thenApply(id -> new SqliteBackend(account, id, file, snapshots));
    }

    @Override
    public ControlStore control() {
        return control;
    }

    /// The account's number stays, so that a backend that is still open writes to its own rows and nobody else's.
    @Override
    public CompletionStage<Void> erase(AccountId account) {
        return file.write(session -> {
                    long id = session.number("SELECT id FROM account WHERE name = ?", account.value());
                    for (String table : ACCOUNT_TABLES) {
                        session.update("DELETE FROM " + table + " WHERE account = ?", id);
                    }
                    return session.update("UPDATE account SET applied = 0, latest_event = 0 WHERE id = ?", id);
                })
                .thenAccept(done -> {});
    }

    @Override
    public void close() {
        file.close();
    }
}
