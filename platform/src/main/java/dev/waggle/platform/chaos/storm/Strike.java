package dev.waggle.platform.chaos.storm;

import java.time.Duration;

/// One fault as it was drawn.
///
/// @param target number of the node or Cassandra server, from 0
/// @param other another node, for those that strike two
/// @param gap from the end of the one before, or from its beginning when this one does not wait for it
/// @param span how long it lasts
/// @param amount what else there is to draw: seconds of a clock's jump, the number of a point's passing
/// @param point where a node stands still, or empty
public record Strike(Kind kind, int target, int other, Duration gap, Duration span, int amount, String point) {
    @Override
    public String toString() {
        String what = switch (kind) {
            case CASSANDRA_DOWN, CASSANDRA_SLOW -> "cassandra-" + (target + 1);
            case SOCKETS_CUT -> "all";
            case PARTED -> "node-" + (target + 1) + " and node-" + (other + 1);
            default -> "node-" + (target + 1);
        };
        return kind.text() + " of " + what + " for " + span.toMillis() + " ms"
                + (kind == Kind.CLOCK_JUMP ? " by " + amount + " s" : "")
                + (point.isEmpty() ? "" : " at " + point);
    }
}
