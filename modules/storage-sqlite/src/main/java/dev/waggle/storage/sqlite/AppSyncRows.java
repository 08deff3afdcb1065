package dev.waggle.storage.sqlite;

import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.write.AppSyncWrite;
import java.sql.SQLException;

/// How changes to app-state sync meet their tables.
final class AppSyncRows {
    private AppSyncRows() {}

    static void apply(SqlSession session, long account, AppSyncWrite write) throws SQLException {
        switch (write) {
            case AppSyncWrite.PutSyncKey(var key) ->
                session.update(
                        "INSERT OR REPLACE INTO sync_key(account, id, key, fingerprint, at) VALUES(?, ?, ?, ?, ?)",
                        account,
                        key.id(),
                        key.key(),
                        key.fingerprint(),
                        key.at());
            case AppSyncWrite.PutVersion(var collection, var state) ->
                session.update(
                        "INSERT OR REPLACE INTO collection(account, name, version, hash, diverged) VALUES(?, ?, ?, ?, ?)",
                        account,
                        collection,
                        state.version(),
                        state.hash(),
                        state.diverged());
            case AppSyncWrite.PutMutationMac(var collection, var mac) ->
                session.update(
                        "INSERT OR REPLACE INTO mutation_mac(account, collection, index_mac, value_mac, version)"
                                + " VALUES(?, ?, ?, ?, ?)",
                        account,
                        collection,
                        mac.indexMac(),
                        mac.valueMac(),
                        mac.version());
            case AppSyncWrite.DeleteMutationMac(var collection, var indexMac) ->
                session.update(
                        "DELETE FROM mutation_mac WHERE account = ? AND collection = ? AND index_mac = ?",
                        account,
                        collection,
                        indexMac);
            case AppSyncWrite.ClearMutationMacs(var collection) ->
                session.update("DELETE FROM mutation_mac WHERE account = ? AND collection = ?", account, collection);
        }
    }
}
