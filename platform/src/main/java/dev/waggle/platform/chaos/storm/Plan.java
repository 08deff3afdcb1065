package dev.waggle.platform.chaos.storm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// The faults of a seed, without end: the same seed, the same kinds, targets and times. Each kind comes once before
/// any comes again. Pure.
final class Plan {
    /// Moments between reading and writing, where standing still is worst.
    private static final List<String> POINTS = List.of("decrypted", "journaled", "ratchet-stored", "intent-journaled");

    private static final List<Integer> JUMPS = List.of(3_600, -3_600, 60, -60, 7);

    private final Random random;
    private final StormSettings settings;
    private final Deque<Kind> left = new ArrayDeque<>();
    private int jumps;
    private int points;

    Plan(StormSettings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    Strike next() {
        if (left.isEmpty()) {
            List<Kind> kinds = new ArrayList<>(settings.kinds());
            Collections.shuffle(kinds, random);
            left.addAll(kinds);
        }
        Kind kind = left.removeFirst();
        boolean cassandra = kind == Kind.CASSANDRA_DOWN || kind == Kind.CASSANDRA_SLOW;
        int target = random.nextInt(cassandra ? settings.cassandraNodes() : settings.nodes());
        int other = settings.nodes() < 2
                ? target
                : Math.floorMod(target + 1 + random.nextInt(settings.nodes() - 1), settings.nodes());
        return new Strike(
                kind,
                target,
                other,
                within(settings.gapMax()),
                span(kind),
                kind == Kind.CLOCK_JUMP ? JUMPS.get(jumps++ % JUMPS.size()) : 1 + random.nextInt(4),
                kind == Kind.FREEZE_IN_PERSIST ? POINTS.get(points++ % POINTS.size()) : "");
    }

    private Duration span(Kind kind) {
        boolean lasts = random.nextInt(100) < settings.lastingPercent();
        Duration drawn = within(lasts ? settings.spanMax().dividedBy(2) : settings.shortMax());
        return switch (kind) {
            case FREEZE, FREEZE_IN_PERSIST -> lasts ? settings.spanMax() : drawn;
            case CASSANDRA_SLOW, CLOCK_JUMP, SOCKETS_CUT, KILL, CASSANDRA_DOWN -> within(settings.shortMax());
            case CUT_OFF, SILENCED, DEAFENED, PARTED -> drawn;
        };
    }

    private Duration within(Duration most) {
        return Duration.ofMillis(most.toMillis() / 4 + random.nextInt(Math.max(1, (int) (most.toMillis() * 3 / 4))));
    }
}
