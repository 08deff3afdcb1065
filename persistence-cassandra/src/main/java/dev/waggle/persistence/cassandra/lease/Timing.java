package dev.waggle.persistence.cassandra.lease;

import java.time.Duration;
import org.apache.pekko.coordination.lease.LeaseSettings;

/// How long a session lives, and how often it is renewed.
///
/// @param hold how long its process believes in it
/// @param interval between two renewals
/// @param operation an answer that takes longer is none
/// @param skew how far the clocks of Cassandra's nodes may be apart
record Timing(Duration hold, Duration interval, Duration operation, Duration skew) {
    static Timing of(LeaseSettings settings) {
        var times = settings.timeoutSettings();
        return new Timing(
                times.getHeartbeatTimeout(),
                times.getHeartbeatInterval(),
                times.getOperationTimeout(),
                settings.leaseConfig().getDuration("clock-skew"));
    }

    /// What Cassandra is told, which counts whole seconds from when it writes.
    int liveSeconds() {
        return Math.toIntExact(hold.plus(skew).plusSeconds(1).plusMillis(999).toSeconds());
    }
}
