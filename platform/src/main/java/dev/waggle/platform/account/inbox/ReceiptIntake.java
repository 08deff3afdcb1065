package dev.waggle.platform.account.inbox;

import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.platform.port.Recordable;
import dev.waggle.platform.port.SentStates;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.Receipt;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// What a receipt says of our own messages: at most one step forward each.
final class ReceiptIntake {
    private static final int TOLD_MAX = 8_192;

    private final Function<Jid, CompletionStage<Identity>> known;
    private final SentStates sent;
    private final Clock clock;
    /// A reader's devices speak within milliseconds: the second one comes before the stores have the first one's
    /// step.
    private final Recent<OutboundState> told = new Recent<>(TOLD_MAX);

    /// @param known both names of a user, without asking the server
    ReceiptIntake(Function<Jid, CompletionStage<Identity>> known, SentStates sent, Clock clock) {
        this.known = known;
        this.sent = sent;
        this.clock = clock;
    }

    CompletionStage<Recordable> recordable(Receipt receipt) {
        Optional<OutboundState> state = state(receipt);
        if (state.isEmpty()) {
            return CompletableFuture.completedStage(Recordable.nothing());
        }
        return known.apply(receipt.speaker()).thenCompose(reader -> {
            CompletionStage<List<PublicEvent>> events = CompletableFuture.completedStage(new ArrayList<>());
            List<Progress> progress = new ArrayList<>();
            for (MessageId id : receipt.ids()) {
                events = events.thenCombine(sent.sent(id.value()), (all, row) -> {
                    row.filter(found -> found.state().compareTo(state.get()) < 0)
                            .filter(found -> told.raise(id.value(), state.get()))
                            .ifPresent(found -> step(receipt, found, state.get(), reader, all, progress));
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
            OutboundRow row,
            OutboundState state,
            Identity reader,
            List<PublicEvent> events,
            List<Progress> progress) {
        Jid chat = row.chat();
        Instant at = receipt.at() == null ? clock.instant() : receipt.at();
        progress.add(Progress.newBuilder()
                .setMessageId(row.id().value())
                .setState(state.name())
                .setRecipient(receipt.speaker().toString())
                .setAtMillis(at.toEpochMilli())
                .build());
        events.add(PublicEvent.newBuilder()
                .setType("message." + state.name().toLowerCase(Locale.ROOT))
                .setProgress(ProgressBody.newBuilder()
                        .setId(row.id().value())
                        .setChat(Parties.chat(chat, reader))
                        .setState(state.name())
                        .setRecipient(Parties.of(reader))
                        .setTimestampMillis(at.toEpochMilli()))
                .build());
    }
}
