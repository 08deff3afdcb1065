package dev.waggle.storage.keyvalue;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ApiKeyRow;
import dev.waggle.storage.control.AuditRow;
import dev.waggle.storage.control.DataKeyRow;
import dev.waggle.storage.control.DocumentRow;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.LedgerWrite.PutSeen;
import dev.waggle.storage.write.ProtocolWrite.PutBaseKey;
import dev.waggle.storage.write.ProtocolWrite.PutPendingInbound;
import dev.waggle.storage.write.ProtocolWrite.PutSenderKeyMark;
import dev.waggle.storage.write.ProtocolWrite.PutSentMessage;
import dev.waggle.storage.write.SignalWrite.PutIdentity;
import dev.waggle.storage.write.SignalWrite.PutSenderKey;
import dev.waggle.storage.write.SignalWrite.PutSession;
import dev.waggle.storage.write.SignalWrite.PutSignedPreKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rows in bytes: the number of their kind (`Form`), then their fields in order. Numbers are 8 bytes; texts and
/// bytes are their length and themselves, where a length of -1 stands for none.
final class RowWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    private RowWriter() {}

    static Bytes write(Object row) {
        RowWriter writer = new RowWriter();
        Form form = Form.of(row);
        writer.out.write(form.number());
        writer.fields(row);
        return Bytes.wrap(writer.out.toByteArray());
    }

    private void fields(Object row) {
        switch (row) {
            case Long value -> number(value);
            case Bytes value -> bytes(value);
            case PutSession(var address, var record) -> address(address).bytes(record);
            case PutIdentity(var address, var key) -> address(address).bytes(key);
            case PreKeyRow(var id, var record, var uploaded) ->
                number(id).bytes(record).flag(uploaded);
            case PutSignedPreKey(var id, var record) -> number(id).bytes(record);
            case PutSenderKey(var name, var record) ->
                text(name.group()).address(name.sender()).bytes(record);
            case SyncKey(var id, var key, var fingerprint, var at) ->
                bytes(id).bytes(key).bytes(fingerprint).time(at);
            case HashState(var version, var hash, var diverged) ->
                number(version).bytes(hash).flag(diverged);
            case MutationMac(var index, var value, var version) ->
                bytes(index).bytes(value).number(version);
            case PutSenderKeyMark(var group, var mark) ->
                text(group).text(mark.device()).number(mark.keyId()).flag(mark.hasKey());
            case LidMapping(var lid, var pn, var created, var updated, var source) ->
                text(lid).text(pn).time(created).time(updated).text(source);
            case PutBaseKey(var address, var id, var key, var at) ->
                address(address).text(id).bytes(key).time(at);
            case DeviceList list -> list(list);
            case TcToken(var user, var token, var at, var sent) ->
                text(user).bytes(token).time(at).time(sent);
            case PutSentMessage(var chat, var id, var payload, var at) ->
                text(chat).text(id).bytes(payload).time(at);
            case PutPendingInbound(var key, var payload, var at) ->
                message(key).bytes(payload).time(at);
            case MsgSecret(var key, var secret, var expires, var at) ->
                message(key).bytes(secret).time(expires).time(at);
            case MediaRow(var key, var payload, var at) ->
                message(key).bytes(payload).time(at);
            case PutSeen(var key, var at) -> message(key).time(at);
            case EventRow(var sequence, var type, var at, var payload) ->
                number(sequence).text(type).time(at).bytes(payload);
            case OutboundRow send -> outbound(send);
            case ApiKeyRow(var id, var hash, var scopes, var label, var created, var expires, var disabled) ->
                text(id).bytes(hash)
                        .texts(new TreeSet<>(scopes))
                        .text(label)
                        .time(created)
                        .time(expires)
                        .flag(disabled);
            case AuditRow(var sequence, var at, var actor, var action, var target, var detail) ->
                number(sequence).time(at).text(actor).text(action).text(target).text(detail);
            case DocumentRow(var id, var document) -> text(id).bytes(document);
            case AccountRow account -> account(account);
            case DataKeyRow(var account, var incarnation, var wrapped) ->
                text(account).number(incarnation).bytes(wrapped);
            default -> throw new IllegalArgumentException("a row of " + row.getClass());
        }
    }

    private void list(DeviceList list) {
        text(list.user()).time(list.at()).text(list.hash()).optional(list.rawId());
        number(list.devices().size());
        for (DeviceList.Device device : list.devices()) {
            number(device.id()).optional(device.keyIndex()).flag(device.hosted());
        }
    }

    private void outbound(OutboundRow send) {
        text(send.id()).text(send.idempotencyKey()).bytes(send.bodyHash()).text(send.chat());
        text(send.state().name()).time(send.acceptedAt()).bytes(send.payload());
        text(send.problem()).number(send.sequence()).text(send.times().text());
    }

    private void account(AccountRow row) {
        text(row.id()).text(row.desiredState()).text(row.observedState()).text(row.pushName());
        texts(row.labels());
        TreeMap<String, String> metadata = new TreeMap<>(row.metadata());
        texts(metadata.keySet()).texts(metadata.values());
        text(row.jid()).text(row.pn()).text(row.lid()).time(row.updatedAt());
    }

    private RowWriter number(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    private RowWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    private RowWriter optional(OptionalInt value) {
        return value.isPresent() ? flag(true).number(value.getAsInt()) : flag(false);
    }

    private RowWriter time(@Nullable Instant value) {
        return value == null ? flag(false) : flag(true).number(value.toEpochMilli());
    }

    private RowWriter bytes(Bytes value) {
        number(value.size());
        out.writeBytes(value.unsafeArray());
        return this;
    }

    private RowWriter text(@Nullable Object value) {
        if (value == null) {
            return number(-1);
        }
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    private RowWriter texts(Collection<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }

    private RowWriter address(DeviceAddress address) {
        return text(address.name()).number(address.device());
    }

    private RowWriter message(MessageKey key) {
        return text(key.chat()).text(key.sender()).text(key.id());
    }
}
