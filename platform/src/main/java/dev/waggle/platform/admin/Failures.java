package dev.waggle.platform.admin;

import dev.waggle.address.AddressException;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.ProblemException;
import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.SpoolException;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.storage.StoreException;
import dev.waggle.transport.runtime.TaskRefusedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/// From what can go wrong in the node to the table of problems.
final class Failures {
    private Failures() {}

    /// What was granted; a refusal ends the request with its problem.
    static <T> T granted(Answer<T> answer) {
        return switch (answer) {
            case Answer.Granted<T>(var value) -> value;
            case Answer.Refused<T>(var refusal) -> throw refused(refusal);
        };
    }

    static ProblemException refused(Refusal refusal) {
        return problem(refusal.code()).because(refusal.detail());
    }

    static Problem problem(Refusal.Code code) {
        return switch (code) {
            case ACCOUNT_NOT_FOUND -> Problem.ACCOUNT_NOT_FOUND;
            case ACCOUNT_NOT_PAIRED -> Problem.ACCOUNT_NOT_PAIRED;
            case ACCOUNT_ALREADY_PAIRED -> Problem.ACCOUNT_ALREADY_PAIRED;
            case ACCOUNT_LOGGED_OUT -> Problem.ACCOUNT_LOGGED_OUT;
            case PAIRING_NOT_FOUND -> Problem.PAIRING_NOT_FOUND;
            case PAIRING_IN_PROGRESS -> Problem.PAIRING_IN_PROGRESS;
            case PAIRING_EXPIRED -> Problem.PAIRING_EXPIRED;
            case IDEMPOTENCY_MISMATCH -> Problem.IDEMPOTENCY_MISMATCH;
            case MESSAGE_NOT_FOUND -> Problem.MESSAGE_NOT_FOUND;
            case SEND_NOT_CANCELLABLE -> Problem.SEND_NOT_CANCELLABLE;
            case TOO_MANY_SCHEDULED -> Problem.TOO_MANY_SCHEDULED;
            case MAILBOX_FULL -> Problem.MAILBOX_FULL;
            case JOURNAL_UNAVAILABLE -> Problem.JOURNAL_UNAVAILABLE;
            case STORAGE_FULL -> Problem.STORAGE_FULL;
            case PLUGIN_NOT_FOUND -> Problem.PLUGIN_NOT_FOUND;
            case STALE_STEP -> Problem.STALE_STEP;
            case INVALID_VALUE -> Problem.INVALID_VALUE;
            case MEDIA_NOT_FOUND -> Problem.MEDIA_NOT_FOUND;
            case MEDIA_GONE -> Problem.MEDIA_GONE;
            case MEDIA_BROKEN -> Problem.MEDIA_BROKEN;
            case MEDIA_TOO_LARGE -> Problem.MEDIA_TOO_LARGE;
            case MEDIA_BUSY -> Problem.MEDIA_BUSY;
            case MEDIA_UNREACHABLE -> Problem.MEDIA_UNREACHABLE;
            case MEDIA_STORE_FULL -> Problem.MEDIA_STORE_FULL;
            case OTHER_BUILD -> Problem.OTHER_BUILD;
        };
    }

    /// The problem of any failure. What is a mistake of ours says nothing of its kind.
    static ProblemException of(Throwable failure) {
        return switch (cause(failure)) {
            case ProblemException problem -> problem;
            case AddressException address -> Problem.INVALID_VALUE.because(String.valueOf(address.getMessage()));
            case EventsExpiredException expired ->
                Problem.EVENTS_EXPIRED
                        .because(String.valueOf(expired.getMessage()))
                        .with("oldest", expired.oldest());
            case WebhookRefused refused -> problem(refused.code()).because(String.valueOf(refused.getMessage()));
            case StoreException store -> of(store);
            case SpoolException spool ->
                switch (spool.kind()) {
                    case TOO_LARGE -> Problem.MEDIA_TOO_LARGE.because(String.valueOf(spool.getMessage()));
                    case FULL -> Problem.MEDIA_STORE_FULL.because(String.valueOf(spool.getMessage()));
                };
            case TaskRefusedException _ -> Problem.MAILBOX_FULL.because("the node has as much under way as it takes");
            case TimeoutException _ -> Problem.JOURNAL_UNAVAILABLE.because("the account did not answer in time");
            default -> Problem.INTERNAL_ERROR.because("look for the request id in the node's log");
        };
    }

    private static Problem problem(WebhookRefused.Code code) {
        return switch (code) {
            case WEBHOOK_NOT_FOUND -> Problem.WEBHOOK_NOT_FOUND;
            case ACCOUNT_NOT_SELECTED -> Problem.ACCOUNT_NOT_SELECTED;
            case DEAD_LETTER_NOT_FOUND -> Problem.DEAD_LETTER_NOT_FOUND;
            case SECRET_NOT_FOUND -> Problem.SECRET_NOT_FOUND;
            case TOO_MANY_WEBHOOKS -> Problem.TOO_MANY_WEBHOOKS;
            case INVALID_VALUE -> Problem.INVALID_VALUE;
            case OTHER_BUILD -> Problem.OTHER_BUILD;
        };
    }

    private static ProblemException of(StoreException store) {
        return switch (store.code()) {
            case STORAGE_FULL -> Problem.STORAGE_FULL.because("the store has no room left");
            case STORAGE_UNAVAILABLE, STORAGE_BUSY, STORAGE_LOCKED ->
                Problem.STORAGE_UNAVAILABLE.because(
                        "the store says " + store.code().text());
            case STORAGE_CORRUPT, STORAGE_REFUSED, STORAGE_SEALED ->
                Problem.INTERNAL_ERROR.because("the store says " + store.code().text());
        };
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
