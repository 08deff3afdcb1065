package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.platform.webhook.call.Outcome;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What a delivery answers to those who move it or try one event again.
final class Seeking {
    private Seeking() {}

    /// Where to go on. Never beyond the last event: what comes must not be skipped. Fails when it cannot be read.
    static CompletionStage<Long> target(EventLog log, AccountId account, long after) {
        if (after == Webhooks.EARLIEST) {
            return Beginning.earliest(log, account);
        }
        return log.latest(account).thenCompose(latest -> {
            if (after > latest) {
                throw WebhookRefused.invalid("after", Long.toString(after), "at most " + latest + ", the last event");
            }
            long target = after == Webhooks.LATEST ? latest : after;
            return log.page(account, target, Set.of(), 1).thenApply(_ -> target);
        });
    }

    static boolean there(boolean there, Pair pair, long sequence) {
        if (!there) {
            throw new WebhookRefused(
                    WebhookRefused.Code.DEAD_LETTER_NOT_FOUND,
                    "there is no dead letter " + pair.account() + "." + sequence);
        }
        return true;
    }

    static Trial trial(Outcome outcome, long beganNanos) {
        String problem = outcome.problem();
        long millis = (System.nanoTime() - beganNanos) / 1_000_000;
        return new Trial(outcome.status(), problem.isEmpty() ? null : problem, millis);
    }

    static <T> Reply<T> refused(@Nullable Throwable failure) {
        Throwable cause = failure == null ? new IllegalStateException("not opened") : Beginning.expired(failure);
        return switch (cause) {
            case WebhookRefused refused -> new Reply.Refused<>(refused.code(), String.valueOf(refused.getMessage()));
            case EventsExpiredException gap -> new Reply.Expired<>(gap.oldest() - 2, gap.oldest());
            default -> new Reply.Away<>(String.valueOf(cause.getMessage()));
        };
    }
}
