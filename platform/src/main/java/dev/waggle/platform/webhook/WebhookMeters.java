package dev.waggle.platform.webhook;

import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.webhook.shelf.Pair;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How webhooks fare, summed over accounts: a series for each webhook, never one for each account. Thread-safe.
final class WebhookMeters {
    private record Seen(Position.State state, long oldestAt) {}

    private static final List<String> NAMES =
            List.of("waggle.webhook.lag.seconds", "waggle.webhook.accounts", "waggle.webhook.dead.letters");

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Map<Pair, Seen>> pairs = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    WebhookMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /// @param oldestAt when the oldest event that waits happened; 0: none does
    void report(Pair pair, Position.State state, long oldestAt) {
        pairs.computeIfAbsent(pair.webhook(), _ -> new ConcurrentHashMap<>()).put(pair, new Seen(state, oldestAt));
        if (known.add(pair.webhook())) {
            gauges(pair.webhook());
        }
    }

    /// With its last pair a webhook is forgotten.
    void forget(Pair pair) {
        Map<Pair, Seen> left = seen(pair.webhook());
        left.remove(pair);
        if (left.isEmpty() && known.remove(pair.webhook())) {
            for (String name : NAMES) {
                meters.find(name).tag("webhook", pair.webhook()).meters().forEach(meters::remove);
            }
        }
    }

    void attempt(Pair pair, String outcome) {
        Counter.builder("waggle.webhook.attempts")
                .description("Deliveries that were tried, by how they ended")
                .tags("webhook", pair.webhook(), "outcome", outcome)
                .register(meters)
                .increment();
    }

    void buried(Pair pair) {
        deadLetters(pair.webhook()).increment();
    }

    private Counter deadLetters(String webhook) {
        return Counter.builder("waggle.webhook.dead.letters")
                .description("Events that were given up on and kept as dead letters")
                .tag("webhook", webhook)
                .register(meters);
    }

    private Map<Pair, Seen> seen(String webhook) {
        return pairs.computeIfAbsent(webhook, _ -> new ConcurrentHashMap<>());
    }

    private void gauges(String webhook) {
        // There from the start, so that the first one is seen to be one more.
        deadLetters(webhook);
        Gauge.builder("waggle.webhook.lag.seconds", () -> lag(webhook))
                .description("Age of the oldest event that waits for this webhook")
                .tags("webhook", webhook)
                .register(meters);
        for (Position.State state : Position.State.values()) {
            Gauge.builder("waggle.webhook.accounts", () -> count(webhook, state))
                    .description("Accounts by the state of their deliveries to this webhook")
                    .tags(Tags.of("webhook", webhook, "state", state.name()))
                    .register(meters);
        }
    }

    private double lag(String webhook) {
        long oldest = seen(webhook).values().stream()
                .mapToLong(Seen::oldestAt)
                .filter(at -> at > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.max(0, clock.millis() - oldest) / 1_000.0;
    }

    private double count(String webhook, Position.State state) {
        return seen(webhook).values().stream()
                .filter(seen -> seen.state() == state)
                .count();
    }
}
