package dev.waggle.platform.account;

import dev.waggle.platform.account.media.MediaTransfers;
import dev.waggle.platform.account.media.TransferException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers who asks for the file of a message.
final class Fetches {
    private static final Logger log = LoggerFactory.getLogger(Fetches.class);

    private Fetches() {}

    static void answer(MediaTransfers media, AccountCommand.FetchMedia fetch) {
        var _ = media.fetch(fetch.message(), fetch.thumbnail())
                .whenComplete(
                        (file, failure) -> fetch.replyTo().tell(failure == null ? Answer.of(file) : refusal(failure)));
    }

    private static <T> Answer<T> refusal(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof TransferException refused) {
            return Answer.refuse(code(refused.kind()), String.valueOf(refused.getMessage()));
        }
        log.warn("a file was not fetched", cause);
        return Answer.refuse(Refusal.Code.MEDIA_UNREACHABLE, "the file could not be fetched");
    }

    private static Refusal.Code code(TransferException.Kind kind) {
        return switch (kind) {
            case NO_FILE -> Refusal.Code.MEDIA_NOT_FOUND;
            case GONE -> Refusal.Code.MEDIA_GONE;
            case BROKEN -> Refusal.Code.MEDIA_BROKEN;
            case TOO_LARGE -> Refusal.Code.MEDIA_TOO_LARGE;
            case BUSY -> Refusal.Code.MEDIA_BUSY;
            case NO_ROOM -> Refusal.Code.MEDIA_STORE_FULL;
            case NOT_CONNECTED, UNREACHABLE, REFUSED -> Refusal.Code.MEDIA_UNREACHABLE;
        };
    }
}
