package dev.waggle.platform.webhook;

import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.storage.StoreException;

/// What a delivery answers: a value, a refusal, or that the store is away. Made of values only, so that it may come
/// from another node.
sealed interface Reply<T> {
    record Told<T>(T value) implements Reply<T> {}

    record Refused<T>(WebhookRefused.Code code, String detail) implements Reply<T> {}

    record Away<T>(String detail) implements Reply<T> {}

    /// Some of the events after that one are gone; the oldest is at `oldest`.
    record Expired<T>(long after, long oldest) implements Reply<T> {}

    default T granted() {
        return switch (this) {
            case Told<T>(var value) -> value;
            case Refused<T>(var code, var detail) -> throw new WebhookRefused(code, detail);
            case Away<T>(var detail) -> throw new StoreException(StoreException.Code.STORAGE_UNAVAILABLE, detail);
            case Expired<T>(var after, var oldest) -> throw new EventsExpiredException(after, oldest);
        };
    }
}
