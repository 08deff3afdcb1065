package dev.waggle.platform.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.port.webhook.Webhooks;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Where somebody wants a delivery to go on.
final class Seeking {
    private Seeking() {}

    /// Never beyond the last event: what comes must not be skipped. Fails when it cannot be read.
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
}
