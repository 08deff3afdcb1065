package dev.waggle.storage.sqlite;

import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.write.Purge;
import java.sql.SQLException;

/// How rows whose time has come are found. Each scans the account's rows of one table: cheaper, for something so
/// rare, than an index that every write would pay for.
final class Purges {
    private static final String EXPIRED_EVENTS =
            " WHERE account = ?1 AND at < ?2" + " AND (?3 = '[]' OR type IN (SELECT value FROM json_each(?3)))";

    private Purges() {}

    static int purge(SqlSession session, long account, Purge purge) throws SQLException {
        return switch (purge) {
            case Purge.TcTokens(var token, var sender) ->
                session.update(
                        "DELETE FROM tc_token WHERE account = ? AND (length(token) = 0 OR token_at < ?)"
                                + " AND (sender_at IS NULL OR sender_at < ?)",
                        account,
                        token,
                        sender);
            case Purge.SentMessages(var before) ->
                session.update("DELETE FROM sent_message WHERE account = ? AND at < ?", account, before);
            case Purge.PendingInbound(var before) ->
                session.update("DELETE FROM pending_inbound WHERE account = ? AND at < ?", account, before);
            case Purge.BaseKeys(var before) ->
                session.update("DELETE FROM base_key WHERE account = ? AND at < ?", account, before);
            case Purge.MsgSecrets(var now) ->
                session.update("DELETE FROM msg_secret WHERE account = ? AND expires_at <= ?", account, now);
            case Purge.Seen(var before) ->
                session.update("DELETE FROM seen WHERE account = ? AND at < ?", account, before);
            case Purge.Media(var before) ->
                session.update("DELETE FROM media WHERE account = ? AND at < ?", account, before);
            case Purge.Events events -> events(session, account, events);
            case Purge.Outbound(var before) ->
                session.update(
                        "DELETE FROM outbound WHERE account = ? AND accepted_at < ? AND state <> 'ACCEPTED'",
                        account,
                        before);
        };
    }

    private static int events(SqlSession session, long account, Purge.Events purge) throws SQLException {
        String types = Json.texts(purge.types());
        session.update(
                "INSERT INTO event_floor(account, type, floor) SELECT account, type, max(sequence) FROM event"
                        + EXPIRED_EVENTS
                        + " GROUP BY type ON CONFLICT DO UPDATE SET floor = max(floor, excluded.floor)",
                account,
                purge.before(),
                types);
        session.update(
                "UPDATE account SET latest_event = max(latest_event,"
                        + " (SELECT coalesce(max(sequence), 0) FROM event WHERE account = ?1)) WHERE id = ?1",
                account);
        return session.update("DELETE FROM event" + EXPIRED_EVENTS, account, purge.before(), types);
    }
}
