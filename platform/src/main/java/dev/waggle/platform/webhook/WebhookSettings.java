package dev.waggle.platform.webhook;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.webhook.call.AddressGuard;
import dev.waggle.platform.webhook.call.Target;
import dev.waggle.platform.webhook.lane.RetrySchedule;
import dev.waggle.transport.Egress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// `waggle.webhook`; what each means stands in reference.conf.
///
/// @param callsMax deliveries of one webhook that may be under way at once, over all accounts
public record WebhookSettings(
        Target target,
        Egress egress,
        Duration connectMax,
        Duration answerMax,
        int callsMax,
        RetrySchedule schedule,
        Limits limits) {
    /// @param failuresMax so many failures in a row: the receiver is taken for away
    /// @param probe while everything fails, something new is tried so often
    /// @param lagAlert the oldest event that waits is older: the pair is LAGGING
    public record Limits(
            int webhooksMax, int failuresMax, Duration probe, int parkedMax, int deadLettersMax, Duration lagAlert) {}

    public static WebhookSettings from(Config root) {
        Config own = root.getConfig("waggle.webhook");
        String trust = own.getString("trust-file");
        return new WebhookSettings(
                new Target(own.getBoolean("allow-http"), new AddressGuard(own.getBoolean("allow-private"))),
                trust.isEmpty() ? Egress.DIRECT : new Egress(null, Path.of(trust), null),
                own.getDuration("connect-max"),
                own.getDuration("answer-max"),
                own.getInt("calls-max"),
                new RetrySchedule(retries(own.getString("retries")), own.getDuration("give-up-after")),
                new Limits(
                        own.getInt("webhooks-max"),
                        own.getInt("failures-max"),
                        own.getDuration("probe-every"),
                        own.getInt("parked-max"),
                        own.getInt("dead-letters-max"),
                        own.getDuration("lag-alert")));
    }

    /// @param text spans of time with commas between
    /// @throws RuntimeException when it is something else
    public static List<Duration> retries(String text) {
        List<Duration> steps = Arrays.stream(text.split(",", -1))
                .map(step ->
                        ConfigFactory.parseMap(Map.of("step", step.strip())).getDuration("step"))
                .toList();
        if (steps.stream().anyMatch(step -> step.isNegative() || step.isZero())) {
            throw new IllegalArgumentException(text);
        }
        return steps;
    }
}
