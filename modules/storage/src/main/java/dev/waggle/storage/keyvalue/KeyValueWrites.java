package dev.waggle.storage.keyvalue;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.AppSyncWrite;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How each change meets the rows. Where a write has all that a row needs, it is the row. Rows of the kinds `pn`,
/// `key` and `open` only lead to others.
final class KeyValueWrites {
    private KeyValueWrites() {}

    static void apply(Rows rows, List<? extends StoreWrite> batch) {
        for (int i = 0; i < batch.size(); ) {
            int marks = marks(batch, i);
            if (marks < Rows.MANY) {
                apply(rows, batch.get(i++));
            } else {
                uploaded(rows, batch.subList(i, i + marks));
                i += marks;
            }
        }
    }

    /// How many of these stand there, one after the other.
    private static int marks(List<? extends StoreWrite> batch, int from) {
        int next = from;
        while (next < batch.size() && batch.get(next) instanceof SignalWrite.MarkPreKeyUploaded) {
            next++;
        }
        return next - from;
    }

    /// All that was uploaded at once, which are hundreds.
    private static void uploaded(Rows rows, List<? extends StoreWrite> marks) {
        Set<Integer> ids = marks.stream()
                .map(mark -> ((SignalWrite.MarkPreKeyUploaded) mark).id())
                .collect(Collectors.toSet());
        List<PreKeyRow> found = rows.some("pre-key", ids, PreKeyRow.class);
        found.forEach(row -> rows.put("pre-key", row.id(), new PreKeyRow(row.id(), row.record(), true)));
    }

    private static void apply(Rows rows, StoreWrite write) {
        switch (write) {
            case SignalWrite signal -> signal(rows, signal);
            case AppSyncWrite sync -> appSync(rows, sync);
            case ProtocolWrite protocol -> protocol(rows, protocol);
            case LedgerWrite ledger -> ledger(rows, ledger);
        }
    }

    private static void signal(Rows rows, SignalWrite write) {
        switch (write) {
            case SignalWrite.PutSession put -> rows.put("session", put.address(), put);
            case SignalWrite.DeleteSession(var address) -> rows.remove("session", address);
            case SignalWrite.PutIdentity put -> rows.put("identity", put.address(), put);
            case SignalWrite.DeleteIdentity(var address) -> rows.remove("identity", address);
            case SignalWrite.PutPreKey(var row) -> rows.put("pre-key", row.id(), row);
            case SignalWrite.MarkPreKeyUploaded(var id) ->
                rows.change(
                        "pre-key",
                        id,
                        PreKeyRow.class,
                        row -> row == null ? null : new PreKeyRow(id, row.record(), true));
            case SignalWrite.RemovePreKey(var id) -> rows.remove("pre-key", id);
            case SignalWrite.PutSignedPreKey put -> rows.put("signed-pre-key", put.id(), put);
            case SignalWrite.RemoveSignedPreKey(var id) -> rows.remove("signed-pre-key", id);
            case SignalWrite.PutSenderKey put -> rows.put("sender-key", put.name(), put);
            case SignalWrite.DeleteSenderKey(var name) -> rows.remove("sender-key", name);
        }
    }

    private static void appSync(Rows rows, AppSyncWrite write) {
        switch (write) {
            case AppSyncWrite.PutSyncKey(var key) ->
                rows.put("sync-key", key.id().toHex(), key);
            case AppSyncWrite.PutVersion(var collection, var state) -> rows.put("version", collection, state);
            case AppSyncWrite.PutMutationMac(var collection, var mac) ->
                rows.put("mac:" + collection, mac.indexMac().toHex(), mac);
            case AppSyncWrite.DeleteMutationMac(var collection, var mac) ->
                rows.remove("mac:" + collection, mac.toHex());
            case AppSyncWrite.ClearMutationMacs(var collection) ->
                rows.purge("mac:" + collection, Object.class, row -> true);
        }
    }

    private static void protocol(Rows rows, ProtocolWrite write) {
        switch (write) {
            case ProtocolWrite.PutSenderKeyMark put ->
                rows.put("mark", put.group() + "|" + put.mark().device(), put);
            case ProtocolWrite.ClearSenderKeyMarks(var group) -> marks(rows, group, null);
            case ProtocolWrite.DeleteSenderKeyMarksOf(var device) -> marks(rows, null, device);
            case ProtocolWrite.ClearAllSenderKeyMarks() -> marks(rows, null, null);
            case ProtocolWrite.PutLidMapping(var row) -> mapping(rows, row);
            case ProtocolWrite.PutBaseKey put -> rows.put("base-key", put.address() + "|" + put.id(), put);
            case ProtocolWrite.DeleteBaseKey(var address, var id) -> rows.remove("base-key", address + "|" + id);
            case ProtocolWrite.PutDeviceList(var list) -> rows.put("devices", list.user(), list);
            case ProtocolWrite.DeleteDeviceList(var user) -> rows.remove("devices", user.bare());
            case ProtocolWrite.PutGroupMetadata(var group, var metadata) -> rows.put("group", group, metadata);
            case ProtocolWrite.DeleteGroupMetadata(var group) -> rows.remove("group", group);
            case ProtocolWrite.PutTcToken(var token) -> rows.put("token", token.user(), token);
            case ProtocolWrite.DeleteTcToken(var user) -> rows.remove("token", user.bare());
            case ProtocolWrite.TouchTcTokenSender(var user, var at) ->
                rows.change("token", user.bare(), TcToken.class, old -> touched(user, old, at));
            case ProtocolWrite.ReceiveTcToken(var user, var token, var at) ->
                rows.change("token", user.bare(), TcToken.class, old -> received(user, old, token, at));
            case ProtocolWrite.PutSentMessage put -> rows.put("sent", put.chat() + "|" + put.id(), put);
            case ProtocolWrite.PutPendingInbound put ->
                rows.put("pending", put.key().text(), put);
            case ProtocolWrite.DeletePendingInbound(var key) -> rows.remove("pending", key.text());
        }
    }

    private static void ledger(Rows rows, LedgerWrite write) {
        switch (write) {
            case LedgerWrite.PutDevice(var device) -> rows.put("device", "", device);
            case LedgerWrite.AppendEvent(var event) -> {
                // Above the latest there is none, so nobody needs to look.
                if (event.sequence() > rows.find("latest", "", Long.class).orElse(0L)) {
                    rows.put("event", event.sequence(), event);
                    rows.put("latest", "", event.sequence());
                } else {
                    rows.putIfAbsent("event", event.sequence(), event);
                }
            }
            case LedgerWrite.PutSeen put -> rows.putIfAbsent("seen", seen(put.key()), put);
            case LedgerWrite.PutOutbound(var row) -> outbound(rows, row);
            case LedgerWrite.SetOutboundState(var id, var state, var problem, var at) ->
                rows.find("outbound", id, OutboundRow.class)
                        .ifPresent(row -> outbound(rows, row.withState(state, problem, at)));
            case LedgerWrite.PutMsgSecret(var row) ->
                rows.change("secret", row.key().text(), MsgSecret.class, old -> old == null ? row : row.over(old));
            case LedgerWrite.PutMedia(var row) ->
                rows.put("media", media(row.key().id()) + row.key().text(), row);
        }
    }

    private static void outbound(Rows rows, OutboundRow row) {
        Bytes id = Bytes.utf8(row.id().value());
        Optional<OutboundRow> before = rows.find("outbound", row.id(), OutboundRow.class);
        // A send changes its state several times, and what leads to it stays: that is written when it is another.
        boolean linked = before.filter(old ->
                        old.sequence() == row.sequence() && old.idempotencyKey().equals(row.idempotencyKey()))
                .isPresent();
        boolean listed = linked && !before.get().state().finished();
        if (!linked) {
            before.ifPresent(old -> unlinked(rows, old));
            rows.put("key", keyed(row.idempotencyKey()) + open(row.sequence()), id);
        }
        rows.put("outbound", row.id(), row);
        if (listed && row.state().finished()) {
            rows.remove("open", open(row.sequence()) + row.id());
        } else if (!listed && !row.state().finished()) {
            rows.put("open", open(row.sequence()) + row.id(), id);
        }
    }

    private static void unlinked(Rows rows, OutboundRow old) {
        rows.remove("key", keyed(old.idempotencyKey()) + open(old.sequence()));
        rows.remove("open", open(old.sequence()) + old.id());
    }

    /// Sorts as message keys do: what is between the parts is below every character of theirs.
    static String seen(MessageKey key) {
        return key.chat() + "\2" + key.sender() + "\2" + key.id();
    }

    /// The id leads: it is what a reader knows of the message. In hex, so that no id ends in the middle of another.
    static String media(MessageId id) {
        return Bytes.utf8(id.value()).toHex() + "|";
    }

    /// Of any key, with an end that no key has.
    static String keyed(String idempotencyKey) {
        return Bytes.utf8(idempotencyKey).toHex() + "|";
    }

    /// Above those of lower sequences and all that goes with them.
    static String open(long sequence) {
        return "%016x".formatted(sequence) + "~";
    }

    private static void mapping(Rows rows, LidMapping row) {
        LidMapping old = rows.find("lid", row.lid(), LidMapping.class).orElse(null);
        if (old != null) {
            rows.remove("pn", old.pn() + "|" + old.lid());
        }
        LidMapping next = since(row, old);
        rows.put("lid", row.lid(), next);
        rows.put("pn", row.pn() + "|" + row.lid(), next);
    }

    static int purge(Rows rows, Purge purge) {
        return switch (purge) {
            case Purge.TcTokens(var token, var sender) ->
                rows.purge("token", TcToken.class, row -> stale(row, token, sender));
            case Purge.SentMessages(var before) ->
                rows.purge(
                        "sent",
                        ProtocolWrite.PutSentMessage.class,
                        row -> row.at().isBefore(before));
            case Purge.PendingInbound(var before) ->
                rows.purge(
                        "pending",
                        ProtocolWrite.PutPendingInbound.class,
                        row -> row.at().isBefore(before));
            case Purge.BaseKeys(var before) ->
                rows.purge(
                        "base-key",
                        ProtocolWrite.PutBaseKey.class,
                        row -> row.at().isBefore(before));
            case Purge.MsgSecrets(var now) ->
                rows.purge(
                        "secret",
                        MsgSecret.class,
                        row -> row.expiresAt() != null && !row.expiresAt().isAfter(now));
            case Purge.Seen(var before) ->
                rows.purge("seen", LedgerWrite.PutSeen.class, row -> row.at().isBefore(before));
            case Purge.Media(var before) ->
                rows.purge("media", MediaRow.class, row -> row.at().isBefore(before));
            case Purge.Events(var types, var before) -> {
                var gone = rows.drop(
                        "event",
                        EventRow.class,
                        row -> (types.isEmpty() || types.contains(row.type()))
                                && row.at().isBefore(before));
                gone.forEach(row -> rows.change("floor", row.type(), EventRow.class, old -> row));
                yield gone.size();
            }
            case Purge.Outbound(var before) -> {
                var gone = rows.drop(
                        "outbound",
                        OutboundRow.class,
                        row -> row.state().finished() && row.acceptedAt().isBefore(before));
                gone.forEach(row -> unlinked(rows, row));
                yield gone.size();
            }
        };
    }

    private static void marks(Rows rows, @Nullable Jid group, @Nullable Jid device) {
        rows.purge(
                "mark",
                ProtocolWrite.PutSenderKeyMark.class,
                row -> (group == null || row.group().equals(group))
                        && (device == null || row.mark().device().equals(device)));
    }

    private static LidMapping since(LidMapping row, @Nullable LidMapping old) {
        return old == null ? row : new LidMapping(row.lid(), row.pn(), old.createdAt(), row.updatedAt(), row.source());
    }

    private static TcToken touched(Jid user, @Nullable TcToken old, Instant at) {
        if (old == null) {
            return new TcToken(user, Bytes.EMPTY, Instant.EPOCH, at);
        }
        Instant sender = old.senderAt();
        return sender != null && sender.isAfter(at) ? old : new TcToken(user, old.token(), old.tokenAt(), at);
    }

    private static TcToken received(Jid user, @Nullable TcToken old, Bytes token, Instant at) {
        if (old == null) {
            return new TcToken(user, token, at, null);
        }
        boolean newer = old.token().isEmpty() || at.isAfter(old.tokenAt());
        return newer ? new TcToken(user, token, at, old.senderAt()) : old;
    }

    private static boolean stale(TcToken row, Instant tokenBefore, Instant senderBefore) {
        Instant sender = row.senderAt();
        return (row.token().isEmpty() || row.tokenAt().isBefore(tokenBefore))
                && (sender == null || sender.isBefore(senderBefore));
    }
}
