package dev.waggle.platform.account;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.PluginStepped;
import dev.waggle.proto.journal.SendsAccepted;
import dev.waggle.stanza.message.MessageIds;
import dev.waggle.storage.row.OutboundRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Intents as they are accepted: ids drawn once, keys remembered until the store has them (rule D2).
final class Sends {
    private final AccountServices services;
    private final Map<String, Intent> unapplied = new HashMap<>();

    Sends(AccountServices services) {
        this.services = services;
    }

    /// What the key was used for before, or empty when this is a new send.
    Optional<Answer<AccountCommand.Accepted>> repeated(AccountCommand.Send send, Optional<OutboundRow> row) {
        Intent fresh = unapplied.get(send.idempotencyKey());
        if (fresh != null) {
            return Optional.of(same(send, fresh.getMessageId(), fresh.getBodyHash(), "ACCEPTED"));
        }
        Instant oldest = services.clock().instant().minus(services.limits().idempotencyWindow());
        return row.filter(known -> known.acceptedAt().isAfter(oldest))
                .map(known -> same(
                        send,
                        known.id().value(),
                        ByteString.copyFrom(known.bodyHash().unsafeArray()),
                        known.state().name()));
    }

    private static Answer<AccountCommand.Accepted> same(
            AccountCommand.Send send, String id, ByteString hash, String state) {
        return hash.equals(ByteString.copyFrom(send.bodyHash().unsafeArray()))
                ? Answer.of(new AccountCommand.Accepted(id, state, true))
                : Answer.refuse(
                        Refusal.Code.IDEMPOTENCY_MISMATCH,
                        "the key was used for another request: " + send.idempotencyKey());
    }

    Event.Builder accepted(AccountCommand.Send send, Jid self) {
        Instant sendAt = send.sendAt();
        Intent intent = intent(self, send.chat(), send.type(), send.text(), send.content())
                .setMedia(send.media())
                .setThumbnail(send.thumbnail())
                .setIdempotencyKey(send.idempotencyKey())
                .setBodyHash(ByteString.copyFrom(send.bodyHash().unsafeArray()))
                .setSendAtMillis(sendAt == null ? 0 : sendAt.toEpochMilli())
                .build();
        unapplied.put(send.idempotencyKey(), intent);
        return Event.newBuilder().setSendsAccepted(SendsAccepted.newBuilder().addIntents(intent));
    }

    Event.Builder stepped(AccountCommand.StepPlugin step, Jid self) {
        PluginStepped.Builder stepped =
                PluginStepped.newBuilder().setPlugin(step.plugin()).setCursor(step.to());
        Bytes state = step.state();
        if (state != null) {
            stepped.setStateChanged(true).setState(ByteString.copyFrom(state.unsafeArray()));
        }
        step.sends()
                .forEach(send -> stepped.addIntents(intent(self, send.chat(), send.type(), send.text(), send.content())
                        .setPlugin(step.plugin())));
        return Event.newBuilder().setPluginStepped(stepped);
    }

    private Intent.Builder intent(Jid self, Jid chat, String type, String text, Bytes content) {
        Instant now = services.clock().instant();
        return Intent.newBuilder()
                .setMessageId(MessageIds.draw(self, now, services.random()).value())
                .setChat(chat.toString())
                .setType(type)
                .setText(text)
                .setContent(ByteString.copyFrom(content.unsafeArray()))
                .setAcceptedAtMillis(now.toEpochMilli());
    }

    /// The stores have it: they answer for these keys from now on.
    void applied(Event event) {
        event.getSendsAccepted().getIntentsList().forEach(intent -> unapplied.remove(intent.getIdempotencyKey()));
    }

    /// Found in the journal's tail after a restart.
    void recovered(Event event) {
        event.getSendsAccepted().getIntentsList().forEach(intent -> unapplied.put(intent.getIdempotencyKey(), intent));
    }
}
