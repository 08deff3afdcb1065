package dev.waggle.storage.sqlite;

import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundRow.StateTimes;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.sqlite.file.Row;
import java.sql.SQLException;

/// How rows of the wider tables are read; each names its columns.
final class Reads {
    static final String LID_MAPPING = "SELECT lid, pn, created_at, updated_at, source FROM lid_mapping ";
    static final String DEVICE_LIST = "SELECT user, devices, at, hash, raw_id FROM device_list ";
    static final String TC_TOKEN = "SELECT user, token, token_at, sender_at FROM tc_token ";
    static final String OUTBOUND = "SELECT id, idempotency_key, body_hash, chat, state, accepted_at, payload, problem,"
            + " sequence, reached FROM outbound ";

    private Reads() {}

    static LidMapping lidMapping(Row row) throws SQLException {
        return new LidMapping(Jid.parse(row.text(1)), Jid.parse(row.text(2)), row.time(3), row.time(4), row.text(5));
    }

    static DeviceList deviceList(Row row) throws SQLException {
        return new DeviceList(
                Jid.parse(row.text(1)),
                Texts.devices(row.text(2)),
                row.time(3),
                row.optionalText(4),
                row.optionalInteger(5));
    }

    static TcToken tcToken(Row row) throws SQLException {
        return new TcToken(Jid.parse(row.text(1)), row.bytes(2), row.time(3), row.optionalTime(4));
    }

    static MessageKey messageKey(Row row) throws SQLException {
        return new MessageKey(Jid.parse(row.text(1)), Jid.parse(row.text(2)), new MessageId(row.text(3)));
    }

    static OutboundRow outbound(Row row) throws SQLException {
        return new OutboundRow(
                new MessageId(row.text(1)),
                row.text(2),
                row.bytes(3),
                Jid.parse(row.text(4)),
                OutboundState.valueOf(row.text(5)),
                row.time(6),
                row.bytes(7),
                row.text(8),
                row.number(9),
                StateTimes.parse(row.text(10)));
    }
}
