package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.port.webhook.Webhooks;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Where a delivery begins that has no cursor yet: with the first event since the webhook wanted the account's
/// events. So it does not matter when, or how often, it was started before it had one.
final class Beginning {
    private final EventLog log;
    private final AccountId account;
    private final long since;

    private Beginning(EventLog log, AccountId account, long since) {
        this.log = log;
        this.account = account;
        this.since = since;
    }

    static CompletionStage<Long> of(EventLog log, AccountId account, Webhook webhook) {
        return webhook.fromStart()
                ? earliest(log, account)
                : log.latest(account)
                        .thenCompose(latest ->
                                new Beginning(log, account, webhook.selectedAt().toEpochMilli()).between(0, latest));
    }

    /// After this everything that is there comes.
    static CompletionStage<Long> earliest(EventLog log, AccountId account) {
        return log.page(account, 0, Set.of(), 1).handle((_, failure) -> {
            if (failure == null) {
                return 0L;
            }
            return Failing.cause(failure) instanceof EventsExpiredException e ? e.oldest() - 1 : fail(failure);
        });
    }

    private static long fail(Throwable failure) {
        throw new CompletionException(failure);
    }

    /// Everything up to `low` is older than wanted; nothing above `high` is.
    private CompletionStage<Long> between(long low, long high) {
        if (low >= high) {
            return CompletableFuture.completedStage(low);
        }
        long middle = low + (high - low) / 2;
        return log.page(account, middle, Set.of(), 1)
                .handle((page, failure) -> {
                    if (failure != null) {
                        return Failing.cause(failure) instanceof EventsExpiredException e
                                ? between(Math.max(middle + 1, e.oldest() - 1), high)
                                : CompletableFuture.<Long>failedStage(failure);
                    }
                    return page.isEmpty() || page.getFirst().getAtMillis() >= since
                            ? between(low, middle)
                            : between(page.getFirst().getSequence(), high);
                })
                .thenCompose(next -> next);
    }

    /// Where somebody wants it to go on: never beyond the last event, what comes must not be skipped. Fails when it
    /// cannot be read.
    static CompletionStage<Long> sought(EventLog log, AccountId account, long after) {
        if (after == Webhooks.EARLIEST) {
            return earliest(log, account);
        }
        return log.latest(account).thenCompose(latest -> {
            if (after > latest) {
                throw WebhookRefused.invalid("after", Long.toString(after), "at most " + latest + ", the last event");
            }
            long target = after == Webhooks.LATEST ? latest : after;
            return log.page(account, target, Set.of(), 1).thenApply(_ -> target);
        });
    }
}
