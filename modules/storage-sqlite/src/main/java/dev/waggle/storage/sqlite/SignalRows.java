package dev.waggle.storage.sqlite;

import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.write.SignalWrite;
import java.sql.SQLException;

/// How changes to ratchets and keys meet their tables.
final class SignalRows {
    private SignalRows() {}

    static void apply(SqlSession session, long account, SignalWrite write) throws SQLException {
        switch (write) {
            case SignalWrite.PutSession(var address, var record) ->
                session.update(
                        "INSERT INTO session(account, name, device, record) VALUES(?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET record = excluded.record",
                        account,
                        address.name(),
                        address.device(),
                        record);
            case SignalWrite.DeleteSession(var address) ->
                session.update(
                        "DELETE FROM session WHERE account = ? AND name = ? AND device = ?",
                        account,
                        address.name(),
                        address.device());
            case SignalWrite.PutIdentity(var address, var key) ->
                session.update(
                        "INSERT OR REPLACE INTO identity(account, name, device, key) VALUES(?, ?, ?, ?)",
                        account,
                        address.name(),
                        address.device(),
                        key);
            case SignalWrite.DeleteIdentity(var address) ->
                session.update(
                        "DELETE FROM identity WHERE account = ? AND name = ? AND device = ?",
                        account,
                        address.name(),
                        address.device());
            case SignalWrite.PutPreKey(var row) ->
                session.update(
                        "INSERT OR REPLACE INTO pre_key(account, id, record, uploaded) VALUES(?, ?, ?, ?)",
                        account,
                        row.id(),
                        row.record(),
                        row.uploaded());
            case SignalWrite.MarkPreKeyUploaded(var id) ->
                session.update("UPDATE pre_key SET uploaded = 1 WHERE account = ? AND id = ?", account, id);
            case SignalWrite.RemovePreKey(var id) ->
                session.update("DELETE FROM pre_key WHERE account = ? AND id = ?", account, id);
            case SignalWrite.PutSignedPreKey(var id, var record) ->
                session.update(
                        "INSERT OR REPLACE INTO signed_pre_key(account, id, record) VALUES(?, ?, ?)",
                        account,
                        id,
                        record);
            case SignalWrite.RemoveSignedPreKey(var id) ->
                session.update("DELETE FROM signed_pre_key WHERE account = ? AND id = ?", account, id);
            case SignalWrite.PutSenderKey(var name, var record) ->
                session.update(
                        "INSERT INTO sender_key(account, chat, name, device, record) VALUES(?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET record = excluded.record",
                        account,
                        name.group().toString(),
                        name.sender().name(),
                        name.sender().device(),
                        record);
            case SignalWrite.DeleteSenderKey(var name) ->
                session.update(
                        "DELETE FROM sender_key WHERE account = ? AND chat = ? AND name = ? AND device = ?",
                        account,
                        name.group().toString(),
                        name.sender().name(),
                        name.sender().device());
        }
    }
}
