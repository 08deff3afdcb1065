package dev.waggle.platform.account.inbox;

import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.Receipt;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What a receipt says of our own messages: at most one step forward each.
final class ReceiptIntake {
    private final InboxPorts ports;

    ReceiptIntake(InboxPorts ports) {
        this.ports = ports;
    }

    CompletionStage<Recordable> recordable(Receipt receipt) {
        Optional<OutboundState> state = state(receipt);
        if (state.isEmpty()) {
            return CompletableFuture.completedStage(Recordable.nothing());
        }
        return ports.contacts().known(receipt.speaker()).thenCompose(reader -> {
            CompletionStage<List<PublicEvent>> events = CompletableFuture.completedStage(new ArrayList<>());
            List<Progress> progress = new ArrayList<>();
            for (MessageId id : receipt.ids()) {
                events = events.thenCombine(ports.sent().sent(id.value()), (all, row) -> {
                    row.filter(sent -> sent.state().compareTo(state.get()) < 0)
                            .ifPresent(sent -> step(receipt, sent, state.get(), reader, all, progress));
                    return all;
                });
            }
            return events.thenApply(all -> new Recordable(all, List.of(), progress));
        });
    }

    private static Optional<OutboundState> state(Receipt receipt) {
        return switch (receipt.type()) {
            case DELIVERED, INACTIVE -> Optional.of(OutboundState.DELIVERED);
            case READ -> Optional.of(OutboundState.READ);
            case PLAYED -> Optional.of(OutboundState.PLAYED);
            default -> Optional.empty();
        };
    }

    private void step(
            Receipt receipt,
            OutboundRow sent,
            OutboundState state,
            Identity reader,
            List<PublicEvent> events,
            List<Progress> progress) {
        Jid chat = sent.chat();
        Instant at = receipt.at() == null ? ports.clock().instant() : receipt.at();
        progress.add(Progress.newBuilder()
                .setMessageId(sent.id().value())
                .setState(state.name())
                .setRecipient(receipt.speaker().toString())
                .setAtMillis(at.toEpochMilli())
                .build());
        events.add(PublicEvent.newBuilder()
                .setType("message." + state.name().toLowerCase(Locale.ROOT))
                .setProgress(ProgressBody.newBuilder()
                        .setId(sent.id().value())
                        .setChat(Parties.group(chat))
                        .setState(state.name())
                        .setRecipient(Parties.of(reader))
                        .setTimestampMillis(at.toEpochMilli()))
                .build());
    }
}
