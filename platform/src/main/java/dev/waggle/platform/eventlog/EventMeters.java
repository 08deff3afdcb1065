package dev.waggle.platform.eventlog;

import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.PublicEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What the accounts of this node do, counted as they journal it.
public final class EventMeters implements Recording {
    private final MeterRegistry meters;
    private final Timer writes;
    private final Timer answers;
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Map<String, Counter> states = new ConcurrentHashMap<>();

    public EventMeters(MeterRegistry meters) {
        this.meters = meters;
        this.writes = Timer.builder("waggle.journal.writes")
                .description("How long the journal took to write what an account decided")
                .serviceLevelObjectives(millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000))
                .register(meters);
        this.answers = Timer.builder("waggle.sends.answered")
                .description("From the acceptance of a send, or the time that was set for it, to the server's answer")
                .serviceLevelObjectives(millis(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000))
                .register(meters);
    }

    private static Duration[] millis(long... bounds) {
        return java.util.Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    @Override
    public void recorded(Event event, Map<String, Intent> open, long nanos) {
        writes.record(nanos, TimeUnit.NANOSECONDS);
        for (PublicEvent published : event.getPublishedList()) {
            events.computeIfAbsent(published.getType(), this::counted).increment();
            if (published.hasAccountState()) {
                states.computeIfAbsent(published.getAccountState().getState(), this::observed)
                        .increment();
            }
        }
        for (Progress step : event.getReceived().getProgressList()) {
            Intent intent = open.get(step.getMessageId());
            if (intent != null && !step.getState().equals("FAILED")) {
                long since = Math.max(intent.getAcceptedAtMillis(), intent.getSendAtMillis());
                answers.record(Math.max(0, event.getAtMillis() - since), TimeUnit.MILLISECONDS);
            }
        }
    }

    private Counter counted(String type) {
        return Counter.builder("waggle.events")
                .description("Public events of accounts on this node")
                .tag("type", type)
                .register(meters);
    }

    private Counter observed(String state) {
        return Counter.builder("waggle.account.states")
                .description("How often an account on this node came into a state")
                .tag("observed", state)
                .register(meters);
    }
}
