package dev.waggle.platform.plugin;

import dev.waggle.plugin.BotEvent;
import dev.waggle.proto.journal.MessageBody;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.PublicEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// From journaled public events to what a bot sees.
final class BotEvents {
    private BotEvents() {}

    static BotEvent of(PublicEvent event) {
        Instant at = Instant.ofEpochMilli(event.getAtMillis());
        long sequence = event.getSequence();
        return switch (event.getBodyCase()) {
            case MESSAGE -> message(sequence, at, event.getMessage());
            case PROGRESS -> {
                var step = event.getProgress();
                yield new BotEvent.MessageProgressed(
                        sequence, at, step.getId(), party(step.getChat()), step.getState(), orNull(step.getProblem()));
            }
            case UNDECRYPTABLE -> {
                var lost = event.getUndecryptable();
                yield new BotEvent.MessageUndecryptable(
                        sequence, at, lost.getId(), party(lost.getChat()), party(lost.getSender()));
            }
            case ACCOUNT_STATE ->
                new BotEvent.AccountStateChanged(
                        sequence,
                        at,
                        event.getAccountState().getState(),
                        event.getAccountState().getReason());
            case BODY_NOT_SET -> new BotEvent.Other(sequence, at, event.getType());
        };
    }

    private static BotEvent message(long sequence, Instant at, MessageBody body) {
        return new BotEvent.MessageReceived(
                sequence,
                at,
                body.getId(),
                party(body.getChat()),
                party(body.getSender()),
                body.getFromMe(),
                Instant.ofEpochMilli(body.getTimestampMillis()),
                body.getPushName(),
                body.getType(),
                body.getText());
    }

    private static BotEvent.Party party(Party party) {
        return new BotEvent.Party(party.getJid(), orNull(party.getPn()), orNull(party.getLid()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
