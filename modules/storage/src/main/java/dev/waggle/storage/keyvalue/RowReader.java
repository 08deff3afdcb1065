package dev.waggle.storage.keyvalue;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
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
import dev.waggle.storage.row.OutboundRow.StateTimes;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.SenderKeyName;
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
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What [RowWriter] wrote.
final class RowReader {
    private final ByteBuffer in;

    private RowReader(Bytes bytes) {
        this.in = ByteBuffer.wrap(bytes.unsafeArray());
    }

    /// @throws StoreException `storage-corrupt` when the bytes are no such row
    static <T> T read(Bytes bytes, Class<T> type) {
        try {
            RowReader reader = new RowReader(bytes);
            int form = reader.in.get();
            if (form < 1 || form > Form.values().length) {
                throw corrupt(type, null);
            }
            Object row = reader.row(Form.values()[form - 1]);
            if (!type.isInstance(row) || reader.in.hasRemaining()) {
                throw corrupt(type, null);
            }
            return type.cast(row);
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw corrupt(type, e);
        }
    }

    private static StoreException corrupt(Class<?> type, @Nullable Throwable why) {
        return new StoreException(
                Code.STORAGE_CORRUPT,
                "not a row of " + type.getSimpleName(),
                why == null ? new IllegalArgumentException("bytes of another kind") : why);
    }

    private Object row(Form form) {
        return switch (form) {
            case NUMBER -> number();
            case VALUE -> bytes();
            case SESSION -> new PutSession(address(), bytes());
            case IDENTITY -> new PutIdentity(address(), bytes());
            case PRE_KEY -> new PreKeyRow(integer(), bytes(), flag());
            case SIGNED_PRE_KEY -> new PutSignedPreKey(integer(), bytes());
            case SENDER_KEY -> new PutSenderKey(new SenderKeyName(jid(), address()), bytes());
            case SYNC_KEY -> new SyncKey(bytes(), bytes(), bytes(), time());
            case HASH_STATE -> new HashState(number(), bytes(), flag());
            case MUTATION_MAC -> new MutationMac(bytes(), bytes(), number());
            case SENDER_KEY_MARK -> new PutSenderKeyMark(jid(), new SenderKeyMark(jid(), integer(), flag()));
            case LID_MAPPING -> new LidMapping(jid(), jid(), time(), time(), text());
            case BASE_KEY -> new PutBaseKey(address(), message(), bytes(), time());
            case DEVICE_LIST -> deviceList();
            case TC_TOKEN -> new TcToken(jid(), bytes(), time(), optionalTime());
            case SENT_MESSAGE -> new PutSentMessage(jid(), message(), bytes(), time());
            case PENDING_INBOUND -> new PutPendingInbound(key(), bytes(), time());
            case MSG_SECRET -> new MsgSecret(key(), bytes(), optionalTime(), time());
            case SEEN -> new PutSeen(key(), time());
            case EVENT -> new EventRow(number(), text(), time(), bytes());
            case OUTBOUND -> outbound();
            case API_KEY -> new ApiKeyRow(text(), bytes(), Set.copyOf(texts()), text(), time(), optionalTime(), flag());
            case AUDIT -> new AuditRow(number(), time(), text(), text(), text(), text());
            case DOCUMENT -> new DocumentRow(text(), bytes());
            case ACCOUNT -> account();
            case DATA_KEY -> new DataKeyRow(new AccountId(text()), integer(), bytes());
            case MEDIA -> new MediaRow(key(), bytes(), time());
        };
    }

    private DeviceList deviceList() {
        Jid user = jid();
        Instant at = time();
        String hash = optionalText();
        OptionalInt rawId = optionalInteger();
        int count = count();
        List<DeviceList.Device> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            devices.add(new DeviceList.Device(integer(), optionalInteger(), flag()));
        }
        return new DeviceList(user, devices, at, hash, rawId);
    }

    private OutboundRow outbound() {
        OutboundRow row = new OutboundRow(
                message(), text(), bytes(), jid(), OutboundState.valueOf(text()), time(), bytes(), text(), number());
        // Rows of earlier builds end here.
        return in.hasRemaining() ? row.with(StateTimes.parse(text())) : row;
    }

    private AccountRow account() {
        AccountId id = new AccountId(text());
        String desired = text();
        String observed = text();
        String pushName = text();
        List<String> labels = texts();
        List<String> keys = texts();
        List<String> values = texts();
        if (keys.size() != values.size()) {
            throw new IllegalArgumentException("metadata: keys without values");
        }
        Map<String, String> metadata = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            metadata.put(keys.get(i), values.get(i));
        }
        return new AccountRow(
                id, desired, observed, pushName, labels, metadata, optionalJid(), optionalJid(), optionalJid(), time());
    }

    private long number() {
        return in.getLong();
    }

    private int integer() {
        return Math.toIntExact(in.getLong());
    }

    /// Of what follows: each of it is at least a byte.
    private int count() {
        long count = number();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException("count: " + count);
        }
        return (int) count;
    }

    private boolean flag() {
        return number() != 0;
    }

    private OptionalInt optionalInteger() {
        return flag() ? OptionalInt.of(integer()) : OptionalInt.empty();
    }

    private @Nullable Instant optionalTime() {
        return flag() ? Instant.ofEpochMilli(number()) : null;
    }

    private Instant time() {
        Instant time = optionalTime();
        if (time == null) {
            throw new IllegalArgumentException("time: none");
        }
        return time;
    }

    private Bytes bytes() {
        byte[] bytes = new byte[count()];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    private @Nullable String optionalText() {
        in.mark();
        if (number() == -1) {
            return null;
        }
        in.reset();
        return text();
    }

    private String text() {
        return new String(bytes().unsafeArray(), StandardCharsets.UTF_8);
    }

    private List<String> texts() {
        int count = count();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    private Jid jid() {
        return Jid.parse(text());
    }

    private @Nullable Jid optionalJid() {
        String text = optionalText();
        return text == null ? null : Jid.parse(text);
    }

    private MessageId message() {
        return new MessageId(text());
    }

    private MessageKey key() {
        return new MessageKey(jid(), jid(), message());
    }

    private DeviceAddress address() {
        return new DeviceAddress(text(), integer());
    }
}
