package dev.waggle.platform.webhook.call;

import java.time.Duration;

/// How one attempt ended.
public sealed interface Outcome {
    /// Any status 200..299.
    record Taken(int status) implements Outcome {}

    /// 410: the receiver wants nothing more, ever.
    record Gone() implements Outcome {}

    /// Another status; a redirect is one, too.
    ///
    /// @param wait what the receiver asked for by `Retry-After`; zero: nothing
    /// @param all it is not about this event: 429, 502, 503, 504
    record Refused(int status, Duration wait, boolean all) implements Outcome {}

    /// There was no answer.
    record Unanswered(String why) implements Outcome {}

    static Outcome of(int status, Duration wait) {
        if (status / 100 == 2) {
            return new Taken(status);
        }
        boolean all = status == 429 || status == 502 || status == 503 || status == 504;
        return status == 410 ? new Gone() : new Refused(status, wait, all);
    }

    /// Empty when it was taken.
    default String problem() {
        return switch (this) {
            case Taken _ -> "";
            case Gone _ -> "status 410";
            case Refused(var status, _, _) -> "status " + status;
            case Unanswered(var why) -> why;
        };
    }

    /// 0 when there was no answer.
    default int status() {
        return switch (this) {
            case Taken(var status) -> status;
            case Gone _ -> 410;
            case Refused(var status, _, _) -> status;
            case Unanswered _ -> 0;
        };
    }
}
