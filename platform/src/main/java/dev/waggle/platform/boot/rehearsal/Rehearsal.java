package dev.waggle.platform.boot.rehearsal;

import com.typesafe.config.Config;
import dev.waggle.transport.runtime.TaskRuntime;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that a node pretends, from `waggle.failpoint` and from the file `waggle.rehearsal-file`, which it
/// reads again ten times a second: `clock-shift-seconds` (the node's wall clock is ahead by so much, or behind),
/// and `failpoint`, which counts anew whenever it changes.
public final class Rehearsal {
    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration REREAD_EVERY = Duration.ofMillis(100);

    private final Consumer<String> fixed;
    private volatile Consumer<String> changing = Failpoint.parse("");
    private volatile Duration shift = Duration.ZERO;
    private String failpoint = "";

    private Rehearsal(Consumer<String> fixed) {
        this.fixed = fixed;
    }

    public static Rehearsal of(Config config, TaskRuntime runtime) {
        Rehearsal rehearsal = new Rehearsal(Failpoint.parse(config.getString("waggle.failpoint")));
        String file = config.getString("waggle.rehearsal-file");
        if (!file.isEmpty()) {
            log.warn("this node pretends what {} says: never outside of tests", file);
            Path path = Path.of(file);
            var _ = runtime.every(REREAD_EVERY, "rehearsal", () -> rehearsal.reread(path));
        }
        return rehearsal;
    }

    void reread(Path file) {
        Properties said = new Properties();
        try {
            said.load(new StringReader(Files.readString(file)));
            Duration ahead = Duration.ofSeconds(Long.parseLong(said.getProperty("clock-shift-seconds", "0")));
            if (!ahead.equals(shift)) {
                log.warn("the clock is off by {} now", ahead);
                shift = ahead;
            }
            String point = said.getProperty("failpoint", "");
            if (!point.equals(failpoint)) {
                changing = Failpoint.parse(point);
                failpoint = point;
            }
        } catch (IOException | IllegalArgumentException e) {
            log.warn("{} stays as it was: {}", file, e.toString());
        }
    }

    /// The node's only source of the time of day.
    public Clock clock() {
        return new Shifted(ZoneOffset.UTC);
    }

    /// Told at named moments.
    public Consumer<String> failpoint() {
        return point -> {
            fixed.accept(point);
            changing.accept(point);
        };
    }

    private final class Shifted extends Clock {
        private final ZoneId zone;

        Shifted(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Shifted(other);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(shift);
        }
    }
}
