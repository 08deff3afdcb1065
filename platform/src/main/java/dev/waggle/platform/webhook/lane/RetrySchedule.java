package dev.waggle.platform.webhook.lane;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long a failed event waits for its next attempt: after the nth failure the nth step, of which the later
/// half is drawn (jitter), and at least what the receiver asked for. After the last step it is given up.
///
/// @param steps one for each retry
/// @param age an event is given up once its first attempt lies so far back
public record RetrySchedule(List<Duration> steps, Duration age) {
    /// What a receiver may ask for at most.
    private static final Duration ASKED_MAX = Duration.ofHours(24);
    /// Even the luckiest draw leaves the receiver this much air.
    private static final long LEAST_MILLIS = 50;

    public RetrySchedule {
        steps = List.copyOf(steps);
    }

    /// @param failures how often the event failed by now, from 1
    /// @param asked by the receiver; zero: nothing
    /// @return empty: there are no more
    public Optional<Duration> after(int failures, Duration asked, RandomGenerator random) {
        if (failures > steps.size()) {
            return Optional.empty();
        }
        long most = Math.max(LEAST_MILLIS, steps.get(failures - 1).toMillis());
        Duration drawn = Duration.ofMillis(random.nextLong(Math.max(LEAST_MILLIS, most / 2), most + 1));
        Duration heard = asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked;
        return Optional.of(heard.compareTo(drawn) > 0 ? heard : drawn);
    }
}
