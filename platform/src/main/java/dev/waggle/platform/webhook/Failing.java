package dev.waggle.platform.webhook;

import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.webhook.WebhookRefused;
import java.util.concurrent.CompletionException;

/// What a failure means to those who asked.
final class Failing {
    private Failing() {}

    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String text(Throwable failure) {
        return String.valueOf(cause(failure).getMessage());
    }

    static <T> Reply<T> reply(Throwable failure) {
        Throwable cause = cause(failure);
        return switch (cause) {
            case WebhookRefused refused -> new Reply.Refused<>(refused.code(), String.valueOf(refused.getMessage()));
            case EventsExpiredException gap -> new Reply.Expired<>(gap.after(), gap.oldest());
            default -> new Reply.Away<>(String.valueOf(cause.getMessage()));
        };
    }
}
