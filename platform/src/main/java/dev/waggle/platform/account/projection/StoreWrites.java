package dev.waggle.platform.account.projection;

import dev.waggle.address.AddressException;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.StoreDelta;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.write.AppSyncWrite;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The store writes that a journal event stands for. Pure, so that re-applying a tail of the journal gives the same
/// rows.
final class StoreWrites {
    private StoreWrites() {}

    /// @param furthest the furthest state known of recent sends; a step back is left out, a step forward noted
    static List<StoreWrite> of(Event event, long revision, Map<String, OutboundState> furthest) {
        List<StoreWrite> writes = new ArrayList<>();
        Instant at = Instant.ofEpochMilli(event.getAtMillis());
        for (PublicEvent published : event.getPublishedList()) {
            writes.add(new LedgerWrite.AppendEvent(new EventRow(
                    published.getSequence(), published.getType(), at, Bytes.wrap(published.toByteArray()))));
        }
        for (StoreDelta delta : event.getDeltasList()) {
            writes.add(of(delta, at));
        }
        for (Intent intent : intents(event)) {
            writes.add(new LedgerWrite.PutOutbound(SentLately.row(intent, revision)));
            furthest.put(intent.getMessageId(), OutboundState.ACCEPTED);
        }
        for (Progress step : event.getReceived().getProgressList()) {
            step(step, at, furthest, writes);
        }
        if (event.hasUnlinked() || event.hasSendsCancelled()) {
            event.getPublishedList().stream()
                    .filter(PublicEvent::hasProgress)
                    .map(PublicEvent::getProgress)
                    .forEach(body -> step(ended(body), at, furthest, writes));
        }
        return writes;
    }

    /// Sends that end with a decision of the account, not with word from the server.
    private static Progress ended(ProgressBody body) {
        return Progress.newBuilder()
                .setMessageId(body.getId())
                .setState(body.getState())
                .setProblem(body.getProblem())
                .setAtMillis(body.getTimestampMillis())
                .build();
    }

    static List<Intent> intents(Event event) {
        return switch (event.getKindCase()) {
            case SENDS_ACCEPTED -> event.getSendsAccepted().getIntentsList();
            case PLUGIN_STEPPED -> event.getPluginStepped().getIntentsList();
            default -> List.of();
        };
    }

    private static void step(
            Progress step, Instant journaled, Map<String, OutboundState> furthest, List<StoreWrite> writes) {
        OutboundState next = OutboundState.valueOf(step.getState());
        OutboundState before = furthest.get(step.getMessageId());
        if (before != null && before.ordinal() >= next.ordinal()) {
            return;
        }
        furthest.put(step.getMessageId(), next);
        MessageId id = new MessageId(step.getMessageId());
        Instant at = step.getAtMillis() == 0 ? journaled : Instant.ofEpochMilli(step.getAtMillis());
        if (next.ordinal() > OutboundState.SENT.ordinal()
                && next != OutboundState.FAILED
                && (before == null || before == OutboundState.ACCEPTED)) {
            // A receipt that stands for the server's answer too; the first time of a state counts.
            writes.add(new LedgerWrite.SetOutboundState(id, OutboundState.SENT, "", at));
        }
        writes.add(new LedgerWrite.SetOutboundState(id, next, step.getProblem(), at));
    }

    private static StoreWrite of(StoreDelta delta, Instant at) {
        return switch (delta.getKindCase()) {
            case SEEN -> {
                var seen = delta.getSeen();
                yield new LedgerWrite.PutSeen(key(seen.getChat(), seen.getSender(), seen.getId()), at);
            }
            case SENDER_KEY -> {
                var key = delta.getSenderKey();
                yield new SignalWrite.PutSenderKey(
                        new SenderKeyName(Jid.parse(key.getGroup()), DeviceAddress.of(Jid.parse(key.getSender()))),
                        Bytes.wrap(key.getRecord().toByteArray()));
            }
            case LID_MAPPING -> {
                var mapping = delta.getLidMapping();
                yield new ProtocolWrite.PutLidMapping(
                        new LidMapping(Jid.parse(mapping.getLid()), Jid.parse(mapping.getPn()), at, at, "message"));
            }
            case SECRET -> {
                var secret = delta.getSecret();
                yield new LedgerWrite.PutMsgSecret(new MsgSecret(
                        key(secret.getChat(), secret.getSender(), secret.getId()),
                        Bytes.wrap(secret.getSecret().toByteArray()),
                        null,
                        Instant.ofEpochMilli(secret.getMessageAtMillis())));
            }
            case TOKEN -> {
                var token = delta.getToken();
                yield new ProtocolWrite.ReceiveTcToken(
                        Jid.parse(token.getUser()),
                        Bytes.wrap(token.getToken().toByteArray()),
                        Instant.ofEpochSecond(token.getAtSeconds()));
            }
            case SYNC_KEY -> {
                var key = delta.getSyncKey();
                yield new AppSyncWrite.PutSyncKey(new SyncKey(
                        Bytes.wrap(key.getId().toByteArray()),
                        Bytes.wrap(key.getData().toByteArray()),
                        Bytes.EMPTY,
                        at));
            }
            case MEDIA -> {
                var media = delta.getMedia();
                yield new LedgerWrite.PutMedia(new MediaRow(
                        key(media.getChat(), media.getSender(), media.getId()),
                        Bytes.wrap(media.getFile().toByteArray()),
                        Instant.ofEpochMilli(media.getAtMillis())));
            }
            case KIND_NOT_SET -> throw new AddressException("store delta", "nothing", "a kind");
        };
    }

    private static MessageKey key(String chat, String sender, String id) {
        return new MessageKey(Jid.parse(chat), Jid.parse(sender), new MessageId(id));
    }
}
