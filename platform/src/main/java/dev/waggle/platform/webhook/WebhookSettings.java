package dev.waggle.platform.webhook;

import com.typesafe.config.Config;
import dev.waggle.platform.webhook.call.AddressGuard;
import dev.waggle.platform.webhook.call.Target;
import dev.waggle.platform.webhook.lane.RetrySchedule;
import dev.waggle.transport.Egress;
import java.nio.file.Path;
import java.time.Duration;

/// `waggle.webhook`; what each means stands in reference.conf.
public record WebhookSettings(
        Target target, Egress egress, Duration connectMax, Duration answerMax, RetrySchedule schedule, Limits limits) {
    /// @param probe while everything fails, something new is tried so often
    /// @param lagAlert the oldest event that waits is older: the pair is LAGGING
    public record Limits(
            int webhooksMax,
            int failuresMax,
            Duration probe,
            int parkedMax,
            int deadLettersMax,
            Duration lagAlert) {
        public Limits {
            if (webhooksMax < 1 || failuresMax < 1 || parkedMax < 1 || deadLettersMax < 0) {
                throw new IllegalArgumentException("waggle.webhook: a limit below its least value");
            }
        }
    }

    public static WebhookSettings from(Config root) {
        Config own = root.getConfig("waggle.webhook");
        String trust = own.getString("trust-file");
        return new WebhookSettings(
                new Target(own.getBoolean("allow-http"), new AddressGuard(own.getBoolean("allow-private"))),
                trust.isEmpty() ? Egress.DIRECT : new Egress(null, Path.of(trust), null),
                own.getDuration("connect-max"),
                own.getDuration("answer-max"),
                new RetrySchedule(own.getDurationList("retries"), own.getDuration("give-up-after")),
                new Limits(
                        own.getInt("webhooks-max"),
                        own.getInt("failures-max"),
                        own.getDuration("probe-every"),
                        own.getInt("parked-max"),
                        own.getInt("dead-letters-max"),
                        own.getDuration("lag-alert")));
    }
}
