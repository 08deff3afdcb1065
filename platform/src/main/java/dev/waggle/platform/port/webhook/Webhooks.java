package dev.waggle.platform.port.webhook;

import dev.waggle.address.AccountId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// All webhooks of the installation. Failures are [WebhookRefused] or the store's.
public interface Webhooks {
    /// @param secret `whsec_…`, shown in no other answer
    record Made(Webhook webhook, String secret) {}

    CompletionStage<Made> create(WebhookDraft draft);

    CompletionStage<Webhook> find(String webhook);

    /// By ascending id, beginning after the given one (empty text: at the beginning).
    CompletionStage<List<Webhook>> page(String after, int limit);

    CompletionStage<Webhook> change(String webhook, WebhookDraft draft);

    /// Cursors and dead letters go, too.
    CompletionStage<Void> delete(String webhook);

    /// Makes another secret. It and the one before sign from now on; an older one does not.
    CompletionStage<Made> rotate(String webhook);

    /// The secret signs no more. The last one stays.
    CompletionStage<Webhook> retire(String webhook, String secret);

    /// One delivery of a `webhook.ping`, now and once.
    CompletionStage<Trial> ping(String webhook);

    /// Accounts that the webhook selects, by ascending id.
    CompletionStage<List<Position>> positions(String webhook, String after, int limit);

    CompletionStage<Position> position(String webhook, AccountId account);

    /// Goes on after another sequence, back or forward. What waited there is forgotten; events already delivered
    /// are delivered again under the same ids.
    ///
    /// @param after a sequence, or [#LATEST] or [#EARLIEST]
    CompletionStage<Position> seek(String webhook, AccountId account, long after);

    long LATEST = -1;
    long EARLIEST = -2;

    /// By account and sequence, beginning after that one (empty text: at the beginning).
    CompletionStage<List<DeadLetter>> deadLetters(String webhook, String after, int limit);

    /// One attempt, now; when it is taken, the letter is gone.
    CompletionStage<Trial> redeliver(String webhook, DeadLetter.Ref letter);

    CompletionStage<Void> drop(String webhook, DeadLetter.Ref letter);
}
