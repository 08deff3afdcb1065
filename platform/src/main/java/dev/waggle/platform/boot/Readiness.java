package dev.waggle.platform.boot;

import dev.waggle.address.AccountId;
import dev.waggle.platform.cluster.Members.Member;
import dev.waggle.storage.control.ControlStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// Whether this node should be sent traffic: it is a member, its store answered lately, and it is not
/// going down.
final class Readiness {
    private static final Duration PROBE_EVERY = Duration.ofSeconds(2);
    private static final int PROBED_MAX = 1_000;
    private static final Duration FRESH_MAX = Duration.ofSeconds(10);

    private final String node;
    private final InstantSource clock;
    private final Cancellable probes;
    private final AtomicInteger probed = new AtomicInteger();
    private volatile Instant answeredAt;
    private volatile boolean leaving;
    private volatile @Nullable Supplier<List<Member>> members;

    Readiness(ActorSystem<?> system, String node, ControlStore store, InstantSource clock) {
        this.node = node;
        this.clock = clock;
        this.answeredAt = clock.instant();
        this.probes = system.scheduler()
                .scheduleWithFixedDelay(PROBE_EVERY, PROBE_EVERY, () -> probe(store), system.executionContext());
    }

    /// One row of an account that is not there, another one each time: where rows are spread over servers, all of
    /// them have their turn, and the question costs as little as a question can.
    private void probe(ControlStore store) {
        AccountId nobody = new AccountId("probe-" + probed.getAndIncrement() % PROBED_MAX);
        var _ = store.account(nobody).thenAccept(row -> answeredAt = clock.instant());
    }

    /// Why not; empty when it is ready.
    List<String> missing() {
        if (leaving) {
            return List.of("the node is going down");
        }
        Supplier<List<Member>> seen = members;
        if (seen == null) {
            return List.of("the node has not joined yet");
        }
        List<String> standing = seen.get().stream()
                .filter(member -> member.node().equals(node))
                .map(Member::status)
                .toList();
        if (!standing.contains("UP")) {
            return List.of("the node is no member, or leaves: " + standing);
        }
        return answeredAt.plus(FRESH_MAX).isBefore(clock.instant())
                ? List.of("the store has not answered since " + answeredAt)
                : List.of();
    }

    void joined(Supplier<List<Member>> all) {
        members = all;
    }

    void bind(MeterRegistry meters) {
        Gauge.builder("waggle.ready", this, one -> one.missing().isEmpty() ? 1 : 0)
                .description("1 while this node should be sent traffic")
                .register(meters);
        TimeGauge.builder(
                        "waggle.store.silence",
                        this,
                        TimeUnit.MILLISECONDS,
                        one -> Math.max(
                                0,
                                Duration.between(one.answeredAt, one.clock.instant())
                                        .toMillis()))
                .description("How long ago the store answered last; it is asked every two seconds")
                .register(meters);
    }

    void leave() {
        leaving = true;
        probes.cancel();
    }
}
