package dev.waggle.platform.webhook.call;

import dev.waggle.platform.port.webhook.Trial;
import java.time.Duration;

/// How one attempt ended.
public sealed interface Outcome {
    /// Any status 200..299.
    record Taken(int status) implements Outcome {}

    /// 410: the receiver wants nothing more, ever.
    record Gone() implements Outcome {}

    /// Another status; a redirect is one, too.
    ///
    /// @param asked what the receiver asked for by `Retry-After`; zero: nothing
    /// @param all it is not about this event: 429, 502, 503, 504
    record Refused(int status, Duration asked, boolean all) implements Outcome {}

    /// There was no answer.
    record Unanswered(String why) implements Outcome {}

    static Outcome of(int status, Duration asked) {
        if (status / 100 == 2) {
            return new Taken(status);
        }
        boolean all = status == 429 || status == 502 || status == 503 || status == 504;
        return status == 410 ? new Gone() : new Refused(status, asked, all);
    }

    /// Empty when it was taken.
    default String problem() {
        return switch (this) {
            case Taken _ -> "";
            case Gone _ -> "status 410";
            case Refused(var status, var _, var _) -> "status " + status;
            case Unanswered(var why) -> why;
        };
    }

    /// @param beganNanos of `System.nanoTime`
    default Trial trial(long beganNanos) {
        String problem = problem();
        long millis = (System.nanoTime() - beganNanos) / 1_000_000;
        return new Trial(status(), problem.isEmpty() ? null : problem, millis);
    }

    /// 0 when there was no answer.
    default int status() {
        return switch (this) {
            case Taken(var status) -> status;
            case Gone _ -> 410;
            case Refused(var status, var _, var _) -> status;
            case Unanswered _ -> 0;
        };
    }
}
