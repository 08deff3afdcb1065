package dev.waggle.storage.sqlite;

import dev.waggle.address.Jid;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.write.ProtocolWrite;
import java.sql.SQLException;

/// How changes to what is remembered about others meet their tables.
final class ProtocolRows {
    private ProtocolRows() {}

    static void apply(SqlSession session, long account, ProtocolWrite write) throws SQLException {
        switch (write) {
            case ProtocolWrite.PutSenderKeyMark(var group, var mark) -> put(session, account, group, mark);
            case ProtocolWrite.ClearSenderKeyMarks(var group) ->
                session.update("DELETE FROM sender_key_mark WHERE account = ? AND chat = ?", account, group.toString());
            case ProtocolWrite.DeleteSenderKeyMarksOf(var device) ->
                session.update(
                        "DELETE FROM sender_key_mark WHERE account = ? AND device = ?", account, device.toString());
            case ProtocolWrite.ClearAllSenderKeyMarks() ->
                session.update("DELETE FROM sender_key_mark WHERE account = ?", account);
            case ProtocolWrite.PutLidMapping(var mapping) -> put(session, account, mapping);
            case ProtocolWrite.PutBaseKey(var address, var id, var key, var at) ->
                session.update(
                        "INSERT OR REPLACE INTO base_key(account, name, device, message, key, at) VALUES(?, ?, ?, ?, ?, ?)",
                        account,
                        address.name(),
                        address.device(),
                        id.value(),
                        key,
                        at);
            case ProtocolWrite.DeleteBaseKey(var address, var id) ->
                session.update(
                        "DELETE FROM base_key WHERE account = ? AND name = ? AND device = ? AND message = ?",
                        account,
                        address.name(),
                        address.device(),
                        id.value());
            case ProtocolWrite.PutDeviceList(var list) -> put(session, account, list);
            case ProtocolWrite.DeleteDeviceList(var user) ->
                session.update("DELETE FROM device_list WHERE account = ? AND user = ?", account, bare(user));
            case ProtocolWrite.PutGroupMetadata(var group, var metadata) ->
                session.update(
                        "INSERT INTO group_metadata(account, chat, metadata) VALUES(?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET metadata = excluded.metadata",
                        account,
                        group.toString(),
                        metadata);
            case ProtocolWrite.DeleteGroupMetadata(var group) ->
                session.update("DELETE FROM group_metadata WHERE account = ? AND chat = ?", account, group.toString());
            case ProtocolWrite.PutTcToken(var token) -> put(session, account, token);
            case ProtocolWrite.DeleteTcToken(var user) ->
                session.update("DELETE FROM tc_token WHERE account = ? AND user = ?", account, bare(user));
            case ProtocolWrite.TouchTcTokenSender(var user, var at) ->
                session.update(
                        "INSERT INTO tc_token(account, user, token, token_at, sender_at) VALUES(?, ?, x'', 0, ?)"
                                + " ON CONFLICT DO UPDATE SET sender_at = max(coalesce(sender_at, 0), excluded.sender_at)",
                        account,
                        bare(user),
                        at);
            case ProtocolWrite.ReceiveTcToken(var user, var token, var at) ->
                session.update(
                        "INSERT INTO tc_token(account, user, token, token_at) VALUES(?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET token = excluded.token, token_at = excluded.token_at"
                                + " WHERE length(token) = 0 OR excluded.token_at > token_at",
                        account,
                        bare(user),
                        token,
                        at);
            case ProtocolWrite.PutSentMessage(var chat, var id, var payload, var at) ->
                session.update(
                        "INSERT INTO sent_message(account, chat, id, payload, at) VALUES(?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET payload = excluded.payload, at = excluded.at",
                        account,
                        chat.toString(),
                        id.value(),
                        payload,
                        at);
            case ProtocolWrite.PutPendingInbound(var key, var payload, var at) ->
                session.update(
                        "INSERT INTO pending_inbound(account, chat, sender, id, payload, at) VALUES(?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET payload = excluded.payload, at = excluded.at",
                        account,
                        key.chat().toString(),
                        key.sender().toString(),
                        key.id().value(),
                        payload,
                        at);
            case ProtocolWrite.DeletePendingInbound(var key) ->
                session.update(
                        "DELETE FROM pending_inbound WHERE account = ? AND chat = ? AND sender = ? AND id = ?",
                        account,
                        key.chat().toString(),
                        key.sender().toString(),
                        key.id().value());
        }
    }

    private static String bare(Jid user) {
        return user.bare().toString();
    }

    private static void put(SqlSession session, long account, Jid group, SenderKeyMark mark) throws SQLException {
        session.update(
                "INSERT OR REPLACE INTO sender_key_mark(account, chat, device, key_id, has_key) VALUES(?, ?, ?, ?, ?)",
                account,
                group.toString(),
                mark.device().toString(),
                mark.keyId(),
                mark.hasKey());
    }

    private static void put(SqlSession session, long account, LidMapping mapping) throws SQLException {
        session.update(
                "INSERT INTO lid_mapping(account, lid, pn, created_at, updated_at, source) VALUES(?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET pn = excluded.pn, updated_at = excluded.updated_at,"
                        + " source = excluded.source",
                account,
                mapping.lid().toString(),
                mapping.pn().toString(),
                mapping.createdAt(),
                mapping.updatedAt(),
                mapping.source());
    }

    private static void put(SqlSession session, long account, DeviceList list) throws SQLException {
        session.update(
                "INSERT OR REPLACE INTO device_list(account, user, devices, at, hash, raw_id) VALUES(?, ?, ?, ?, ?, ?)",
                account,
                list.user().toString(),
                Texts.ofDevices(list.devices()),
                list.at(),
                list.hash(),
                list.rawId().isPresent() ? list.rawId().getAsInt() : null);
    }

    private static void put(SqlSession session, long account, TcToken token) throws SQLException {
        session.update(
                "INSERT OR REPLACE INTO tc_token(account, user, token, token_at, sender_at) VALUES(?, ?, ?, ?, ?)",
                account,
                token.user().toString(),
                token.token(),
                token.tokenAt(),
                token.senderAt());
    }
}
