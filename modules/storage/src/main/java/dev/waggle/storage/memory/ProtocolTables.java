package dev.waggle.storage.memory;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.ProtocolWrite;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rows of the protocol store. Guarded by the backend's lock.
final class ProtocolTables {
    record BaseKeyName(DeviceAddress address, MessageId id) {}

    record SentName(Jid chat, MessageId id) {}

    record Timed(Bytes value, Instant at) {}

    final Map<Jid, Map<Jid, SenderKeyMark>> marks = new HashMap<>();
    final TreeMap<String, LidMapping> mappings = new TreeMap<>();
    final Map<BaseKeyName, Timed> baseKeys = new HashMap<>();
    final Map<Jid, DeviceList> deviceLists = new HashMap<>();
    final Map<Jid, Bytes> groups = new HashMap<>();
    final Map<Jid, TcToken> tokens = new HashMap<>();
    final Map<SentName, Timed> sent = new HashMap<>();
    final Map<MessageKey, Timed> pending = new HashMap<>();

    void apply(ProtocolWrite write) {
        switch (write) {
            case ProtocolWrite.PutSenderKeyMark(var group, var mark) ->
                marks.computeIfAbsent(group, key -> new HashMap<>()).put(mark.device(), mark);
            case ProtocolWrite.ClearSenderKeyMarks(var group) -> marks.remove(group);
            case ProtocolWrite.DeleteSenderKeyMarksOf(var device) ->
                marks.values().forEach(group -> group.remove(device));
            case ProtocolWrite.ClearAllSenderKeyMarks() -> marks.clear();
            case ProtocolWrite.PutLidMapping(var mapping) ->
                mappings.merge(mapping.lid().toString(), mapping, ProtocolTables::keepCreation);
            case ProtocolWrite.PutBaseKey(var address, var id, var key, var at) ->
                baseKeys.put(new BaseKeyName(address, id), new Timed(key, at));
            case ProtocolWrite.DeleteBaseKey(var address, var id) -> baseKeys.remove(new BaseKeyName(address, id));
            case ProtocolWrite.PutDeviceList(var list) -> deviceLists.put(list.user(), list);
            case ProtocolWrite.DeleteDeviceList(var user) -> deviceLists.remove(user.bare());
            case ProtocolWrite.PutGroupMetadata(var group, var metadata) -> groups.put(group, metadata);
            case ProtocolWrite.DeleteGroupMetadata(var group) -> groups.remove(group);
            case ProtocolWrite.PutTcToken(var token) -> tokens.put(token.user(), token);
            case ProtocolWrite.DeleteTcToken(var user) -> tokens.remove(user.bare());
            case ProtocolWrite.TouchTcTokenSender(var user, var at) -> touch(user.bare(), at);
            case ProtocolWrite.ReceiveTcToken(var user, var token, var at) ->
                tokens.compute(user.bare(), (key, old) -> received(key, old, token, at));
            case ProtocolWrite.PutSentMessage(var chat, var id, var payload, var at) ->
                sent.put(new SentName(chat, id), new Timed(payload, at));
            case ProtocolWrite.PutPendingInbound(var key, var payload, var at) ->
                pending.put(key, new Timed(payload, at));
            case ProtocolWrite.DeletePendingInbound(var key) -> pending.remove(key);
        }
    }

    private static LidMapping keepCreation(LidMapping old, LidMapping now) {
        return new LidMapping(now.lid(), now.pn(), old.createdAt(), now.updatedAt(), now.source());
    }

    private void touch(Jid user, Instant at) {
        tokens.merge(user, new TcToken(user, Bytes.EMPTY, Instant.EPOCH, at), (old, fresh) -> {
            Instant sender = old.senderAt();
            return sender != null && sender.isAfter(at) ? old : new TcToken(user, old.token(), old.tokenAt(), at);
        });
    }

    private static TcToken received(Jid user, @Nullable TcToken old, Bytes token, Instant at) {
        if (old == null) {
            return new TcToken(user, token, at, null);
        }
        boolean newer = old.token().isEmpty() || at.isAfter(old.tokenAt());
        return newer ? new TcToken(user, token, at, old.senderAt()) : old;
    }

    Optional<LidMapping> newestOf(Jid pn) {
        return mappings.values().stream()
                .filter(mapping -> mapping.pn().equals(pn))
                .max(Comparator.comparing(LidMapping::updatedAt));
    }

    static boolean stale(TcToken token, Instant tokenBefore, Instant senderBefore) {
        Instant sender = token.senderAt();
        boolean tokenGone = token.token().isEmpty() || token.tokenAt().isBefore(tokenBefore);
        return tokenGone && (sender == null || sender.isBefore(senderBefore));
    }
}
