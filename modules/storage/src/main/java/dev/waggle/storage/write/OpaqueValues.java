package dev.waggle.storage.write;

import dev.waggle.address.Bytes;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.row.TcToken;

/// Where the opaque value of each write is: the one place to pass when all values have to be sealed or measured.
///
/// Every value has a kind (its table) and a key (its row in text), which together with the account say where it
/// belongs. Base keys, hashes and MACs of app state are not here: stores compare or order by some of them, and none
/// is secret.
public final class OpaqueValues {
    public static final String SESSION = "session";
    public static final String IDENTITY = "identity";
    public static final String PRE_KEY = "pre-key";
    public static final String SIGNED_PRE_KEY = "signed-pre-key";
    public static final String SENDER_KEY = "sender-key";
    public static final String SYNC_KEY = "sync-key";
    public static final String GROUP = "group";
    public static final String TC_TOKEN = "tc-token";
    public static final String SENT_MESSAGE = "sent-message";
    public static final String PENDING_INBOUND = "pending-inbound";
    public static final String DEVICE = "device";
    public static final String EVENT = "event";
    public static final String OUTBOUND = "outbound";
    public static final String MSG_SECRET = "msg-secret";
    public static final String MEDIA = "media";

    /// What to do with one value.
    @FunctionalInterface
    public interface Change {
        Bytes apply(String kind, String key, Bytes value);
    }

    private OpaqueValues() {}

    /// The write with its value changed; a write without a value, or with an empty one that means "none", as it is.
    public static StoreWrite map(StoreWrite write, Change change) {
        return switch (write) {
            case SignalWrite signal -> signal(signal, change);
            case AppSyncWrite.PutSyncKey(var row) -> new AppSyncWrite.PutSyncKey(map(row, change));
            case AppSyncWrite other -> other;
            case ProtocolWrite protocol -> protocol(protocol, change);
            case LedgerWrite ledger -> ledger(ledger, change);
        };
    }

    private static SignalWrite signal(SignalWrite write, Change change) {
        return switch (write) {
            case SignalWrite.PutSession(var address, var record) ->
                new SignalWrite.PutSession(address, change.apply(SESSION, address.toString(), record));
            case SignalWrite.PutIdentity(var address, var key) ->
                new SignalWrite.PutIdentity(address, change.apply(IDENTITY, address.toString(), key));
            case SignalWrite.PutPreKey(var row) -> new SignalWrite.PutPreKey(map(row, change));
            case SignalWrite.PutSignedPreKey(var id, var record) ->
                new SignalWrite.PutSignedPreKey(id, change.apply(SIGNED_PRE_KEY, Integer.toString(id), record));
            case SignalWrite.PutSenderKey(var name, var record) ->
                new SignalWrite.PutSenderKey(name, change.apply(SENDER_KEY, name.toString(), record));
            case SignalWrite.DeleteSession other -> other;
            case SignalWrite.DeleteIdentity other -> other;
            case SignalWrite.MarkPreKeyUploaded other -> other;
            case SignalWrite.RemovePreKey other -> other;
            case SignalWrite.RemoveSignedPreKey other -> other;
            case SignalWrite.DeleteSenderKey other -> other;
        };
    }

    private static ProtocolWrite protocol(ProtocolWrite write, Change change) {
        return switch (write) {
            case ProtocolWrite.PutGroupMetadata(var group, var metadata) ->
                new ProtocolWrite.PutGroupMetadata(group, change.apply(GROUP, group.toString(), metadata));
            case ProtocolWrite.PutTcToken(var row) -> new ProtocolWrite.PutTcToken(map(row, change));
            case ProtocolWrite.ReceiveTcToken(var user, var token, var at) ->
                new ProtocolWrite.ReceiveTcToken(user, token(user.bare().toString(), token, change), at);
            case ProtocolWrite.PutSentMessage(var chat, var id, var payload, var at) ->
                new ProtocolWrite.PutSentMessage(chat, id, change.apply(SENT_MESSAGE, chat + "|" + id, payload), at);
            case ProtocolWrite.PutPendingInbound(var key, var payload, var at) ->
                new ProtocolWrite.PutPendingInbound(key, change.apply(PENDING_INBOUND, key.text(), payload), at);
            case ProtocolWrite.PutSenderKeyMark other -> other;
            case ProtocolWrite.ClearSenderKeyMarks other -> other;
            case ProtocolWrite.DeleteSenderKeyMarksOf other -> other;
            case ProtocolWrite.ClearAllSenderKeyMarks other -> other;
            case ProtocolWrite.PutLidMapping other -> other;
            case ProtocolWrite.PutBaseKey other -> other;
            case ProtocolWrite.DeleteBaseKey other -> other;
            case ProtocolWrite.PutDeviceList other -> other;
            case ProtocolWrite.DeleteDeviceList other -> other;
            case ProtocolWrite.DeleteGroupMetadata other -> other;
            case ProtocolWrite.DeleteTcToken other -> other;
            case ProtocolWrite.TouchTcTokenSender other -> other;
            case ProtocolWrite.DeletePendingInbound other -> other;
        };
    }

    private static LedgerWrite ledger(LedgerWrite write, Change change) {
        return switch (write) {
            case LedgerWrite.PutDevice(var device) -> new LedgerWrite.PutDevice(change.apply(DEVICE, "", device));
            case LedgerWrite.AppendEvent(var event) -> new LedgerWrite.AppendEvent(map(event, change));
            case LedgerWrite.PutOutbound(var row) -> new LedgerWrite.PutOutbound(map(row, change));
            case LedgerWrite.PutMsgSecret(var row) -> new LedgerWrite.PutMsgSecret(map(row, change));
            case LedgerWrite.PutMedia(var row) -> new LedgerWrite.PutMedia(map(row, change));
            case LedgerWrite.PutSeen other -> other;
            case LedgerWrite.SetOutboundState other -> other;
        };
    }

    public static PreKeyRow map(PreKeyRow row, Change change) {
        return new PreKeyRow(row.id(), change.apply(PRE_KEY, Integer.toString(row.id()), row.record()), row.uploaded());
    }

    public static SyncKey map(SyncKey row, Change change) {
        return new SyncKey(row.id(), change.apply(SYNC_KEY, row.id().toHex(), row.key()), row.fingerprint(), row.at());
    }

    public static TcToken map(TcToken row, Change change) {
        return new TcToken(
                row.user(), token(row.user().toString(), row.token(), change), row.tokenAt(), row.senderAt());
    }

    // A placeholder has to stay recognisable as one.
    private static Bytes token(String user, Bytes token, Change change) {
        return token.isEmpty() ? token : change.apply(TC_TOKEN, user, token);
    }

    public static EventRow map(EventRow row, Change change) {
        return new EventRow(
                row.sequence(),
                row.type(),
                row.at(),
                change.apply(EVENT, Long.toString(row.sequence()), row.payload()));
    }

    public static OutboundRow map(OutboundRow row, Change change) {
        return new OutboundRow(
                row.id(),
                row.idempotencyKey(),
                row.bodyHash(),
                row.chat(),
                row.state(),
                row.acceptedAt(),
                change.apply(OUTBOUND, row.id().value(), row.payload()),
                row.problem(),
                row.sequence(),
                row.times());
    }

    public static MediaRow map(MediaRow row, Change change) {
        return new MediaRow(row.key(), change.apply(MEDIA, row.key().text(), row.payload()), row.at());
    }

    public static MsgSecret map(MsgSecret row, Change change) {
        return new MsgSecret(
                row.key(), change.apply(MSG_SECRET, row.key().text(), row.secret()), row.expiresAt(), row.messageAt());
    }
}
