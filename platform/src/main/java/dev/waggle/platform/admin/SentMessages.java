package dev.waggle.platform.admin;

import dev.waggle.address.AccountId;
import dev.waggle.address.MessageId;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.transport.runtime.TaskRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/// What became of sends. Rows follow the journal: a message that was just accepted may not be there yet.
final class SentMessages {
    private static final Set<String> ENDS =
            Set.of("message.sent", "message.failed", "message.delivered", "message.read", "message.played");
    private static final long[] LOOK_AGAIN_MILLIS = {10, 40, 150, 400, 900};

    private final AdminPorts.Outbound outbound;
    private final EventLog events;
    private final TaskRuntime runtime;
    private final Materializer materializer;

    SentMessages(AdminPorts ports, Materializer materializer) {
        this.outbound = ports.outbound();
        this.events = ports.events();
        this.runtime = ports.runtime();
        this.materializer = materializer;
    }

    /// The row, waiting a little for one that follows its journal entry.
    CompletionStage<Optional<OutboundRow>> row(AccountId account, MessageId message) {
        return row(account, message, 0);
    }

    private CompletionStage<Optional<OutboundRow>> row(AccountId account, MessageId message, int tries) {
        return outbound.row(account, message).thenCompose(row -> {
            if (row.isPresent() || tries == LOOK_AGAIN_MILLIS.length) {
                return CompletableFuture.completedStage(row);
            }
            return runtime.after(Duration.ofMillis(LOOK_AGAIN_MILLIS[tries]), "look-again", () -> {})
                    .done()
                    .thenCompose(_ -> row(account, message, tries + 1));
        });
    }

    /// To be asked before a send, for [#finished]. 0 for an account that has no log yet.
    CompletionStage<Long> latest(AccountId account) {
        return events.latest(account).exceptionally(_ -> 0L);
    }

    /// The row once the server has answered, or as it is when the time is over.
    ///
    /// @param since a sequence from before the send was accepted
    CompletionStage<Optional<OutboundRow>> finished(AccountId account, MessageId message, long since, Duration most) {
        return outbound.row(account, message)
                .thenCompose(row -> row.isPresent() && row.get().state().finished()
                        ? CompletableFuture.completedStage(row)
                        : events.tail(account, since, ENDS)
                                .filter(event -> event.getProgress().getId().equals(message.value()))
                                .takeWithin(most)
                                .runWith(Sink.headOption(), materializer)
                                .handle((event, failure) -> message)
                                .thenCompose(id -> outbound.row(account, id)));
    }
}
