package dev.waggle.platform.chaos;

import java.time.Duration;
import java.util.List;

/// What a run came to. `stalled` names what did not come to rest in time; a run that stalled proves nothing good.
public record ChaosReport(
        long seed,
        int sends,
        int said,
        int events,
        int kills,
        List<String> failpoints,
        Duration took,
        List<String> stalled,
        List<Violation> violations) {
    public ChaosReport {
        failpoints = List.copyOf(failpoints);
        stalled = List.copyOf(stalled);
        violations = List.copyOf(violations);
    }

    public boolean sound() {
        return stalled.isEmpty() && violations.isEmpty();
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + sends + " sends, " + said + " received, " + events + " events, " + kills
                + " kills, failpoints " + failpoints + ", " + took.toSeconds() + " s: "
                + (sound() ? "nothing lost, nothing twice" : "stalled " + stalled + ", violations " + violations);
    }
}
