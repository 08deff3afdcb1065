package dev.waggle.storage.sqlite;

import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundRow.StateTimes;
import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.write.LedgerWrite;
import java.sql.SQLException;

/// How changes to the account's own books meet their tables.
final class LedgerRows {
    private LedgerRows() {}

    static void apply(SqlSession session, long account, LedgerWrite write) throws SQLException {
        switch (write) {
            case LedgerWrite.PutDevice(var device) ->
                session.update("INSERT OR REPLACE INTO device(account, device) VALUES(?, ?)", account, device);
            case LedgerWrite.AppendEvent(var event) ->
                session.update(
                        "INSERT OR IGNORE INTO event(account, sequence, type, at, payload) VALUES(?, ?, ?, ?, ?)",
                        account,
                        event.sequence(),
                        event.type(),
                        event.at(),
                        event.payload());
            case LedgerWrite.PutSeen(var key, var at) ->
                session.update(
                        "INSERT OR IGNORE INTO seen(account, chat, sender, id, at) VALUES(?, ?, ?, ?, ?)",
                        account,
                        key.chat().toString(),
                        key.sender().toString(),
                        key.id().value(),
                        at);
            case LedgerWrite.PutOutbound(var row) -> put(session, account, row);
            case LedgerWrite.SetOutboundState(var id, var state, var problem, var at) ->
                session.update(
                        "UPDATE outbound SET state = ?, problem = ?, reached = reached || ? WHERE account = ? AND id = ?",
                        state,
                        problem,
                        StateTimes.step(state, at),
                        account,
                        id.value());
            case LedgerWrite.PutMsgSecret(var secret) -> put(session, account, secret);
            case LedgerWrite.PutMedia(var row) -> put(session, account, row);
        }
    }

    private static void put(SqlSession session, long account, OutboundRow row) throws SQLException {
        session.update(
                "INSERT OR REPLACE INTO outbound(account, id, idempotency_key, body_hash, chat, state, accepted_at,"
                        + " payload, problem, sequence, reached) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                account,
                row.id().value(),
                row.idempotencyKey(),
                row.bodyHash(),
                row.chat().toString(),
                row.state(),
                row.acceptedAt(),
                row.payload(),
                row.problem(),
                row.sequence(),
                row.times().text());
    }

    private static void put(SqlSession session, long account, MediaRow row) throws SQLException {
        session.update(
                "INSERT OR REPLACE INTO media(account, id, chat, sender, payload, at) VALUES(?, ?, ?, ?, ?, ?)",
                account,
                row.key().id().value(),
                row.key().chat().toString(),
                row.key().sender().toString(),
                row.payload(),
                row.at());
    }

    private static void put(SqlSession session, long account, MsgSecret secret) throws SQLException {
        session.update(
                "INSERT INTO msg_secret(account, chat, sender, id, secret, expires_at, message_at)"
                        + " VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET secret = excluded.secret,"
                        // max() of SQLite is null as soon as one side is: "never" wins by itself.
                        + " expires_at = max(expires_at, excluded.expires_at),"
                        + " message_at = max(message_at, excluded.message_at)",
                account,
                secret.key().chat().toString(),
                secret.key().sender().toString(),
                secret.key().id().value(),
                secret.secret(),
                secret.expiresAt(),
                secret.messageAt());
    }
}
