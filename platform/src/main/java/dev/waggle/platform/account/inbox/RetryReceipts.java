package dev.waggle.platform.account.inbox;

import dev.waggle.platform.port.Received;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.receipt.Acks;
import dev.waggle.stanza.receipt.Receipts;
import dev.waggle.stanza.receipt.Retry;
import dev.waggle.stanza.receipt.RetryReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Asks senders for what could not be opened: at most five times a message, with a key bundle from the second time
/// on.
final class RetryReceipts {
    private static final int COUNT_MAX = 5;
    private static final int REMEMBERED = 1_000;

    /// Which time this is; `first` is true once per message.
    record Turn(int count, boolean first) {}

    private final InboxPorts ports;
    private final Recent<Integer> counts = new Recent<>(REMEMBERED);

    RetryReceipts(InboxPorts ports) {
        this.ports = ports;
    }

    Turn next(Arrival arrival) {
        int seeded = arrival.message().encs().stream()
                .mapToInt(enc -> enc.count())
                .max()
                .orElse(0);
        int count = counts.merge(arrival.key(), Math.max(1, seeded + 1), (before, one) -> Math.max(before + 1, one));
        return new Turn(count, count == 1);
    }

    void send(Arrival arrival, @Nullable RetryReason reason, Turn turn) {
        Received received = arrival.received();
        if (turn.count() > COUNT_MAX) {
            acknowledge(received);
            return;
        }
        CompletionStage<@Nullable KeyBundle> keys = turn.count() < 2
                ? CompletableFuture.completedStage(null)
                : ports.keyBundle().get().thenApply(bundle -> bundle);
        var _ = keys.thenCompose(bundle -> {
                    Retry retry = new Retry(
                            arrival.message().id(),
                            turn.count(),
                            reason == null ? RetryReason.UNKNOWN : reason,
                            arrival.message().at(),
                            ports.registrationId(),
                            bundle);
                    return received.line()
                            .write(Receipts.retry(
                                    Receipts.Way.back(received.node()),
                                    retry,
                                    arrival.message().isPeer()));
                })
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        acknowledge(received);
                    } else {
                        received.line().settled(1);
                    }
                });
    }

    private static void acknowledge(Received received) {
        var _ = received.line().write(Acks.ack(received.node(), null));
        received.line().settled(1);
    }
}
