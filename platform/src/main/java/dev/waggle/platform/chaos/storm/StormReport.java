package dev.waggle.platform.chaos.storm;

import dev.waggle.platform.chaos.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a run came to.
///
/// @param ended how often a node ended that was not killed, such as one that the others put out
/// @param stalled what did not come to rest, or was not whole again, in time; a run that stalled proves nothing
/// good
/// @param missedPlants faults planted into the run's own history that the checker did not find
public record StormReport(
        StormSettings settings,
        int sends,
        int said,
        int events,
        int ended,
        Duration took,
        List<Struck> strikes,
        List<String> stalled,
        List<Violation> violations,
        List<String> missedPlants) {
    private static final int SHOWN = 40;

    public StormReport {
        strikes = List.copyOf(strikes);
        stalled = List.copyOf(stalled);
        violations = List.copyOf(violations);
        missedPlants = List.copyOf(missedPlants);
    }

    public boolean sound() {
        return stalled.isEmpty() && violations.isEmpty() && missedPlants.isEmpty();
    }

    private static String seconds(List<Duration> sorted, double part) {
        if (sorted.isEmpty()) {
            return "";
        }
        int at = (int) Math.ceil(part * sorted.size()) - 1;
        return String.format(Locale.ROOT, "%.1f", sorted.get(Math.max(0, at)).toMillis() / 1000.0);
    }

    /// For the handbook: a table by kinds of faults, and the sentence that counts.
    public String markdown() {
        Map<Kind, List<Struck>> byKind = new TreeMap<>();
        strikes.forEach(struck -> byKind.computeIfAbsent(struck.strike().kind(), _ -> new ArrayList<>())
                .add(struck));
        StringBuilder text = new StringBuilder();
        text.append("| fault | times | accounts that were away | s, p50 | p99 | max | all whole again, s, max |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        byKind.forEach((kind, all) -> {
            List<Duration> away = all.stream()
                    .flatMap(struck -> struck.away().stream())
                    .sorted()
                    .toList();
            List<Duration> whole = all.stream()
                    .flatMap(struck -> java.util.stream.Stream.ofNullable(struck.whole()))
                    .sorted()
                    .toList();
            text.append("| ")
                    .append(String.join(
                            " | ",
                            kind.text(),
                            Integer.toString(all.size()),
                            Integer.toString(away.size()),
                            seconds(away, 0.5),
                            seconds(away, 0.99),
                            seconds(away, 1),
                            seconds(whole, 1)))
                    .append(" |\n");
        });
        return text.append('\n').append(this).append('\n').toString();
    }

    @Override
    public String toString() {
        return "seed " + settings.seed() + ", " + settings.nodes() + " nodes, " + settings.cassandraNodes()
                + " Cassandra, " + settings.accounts() + " accounts: " + strikes.size() + " faults (" + ended
                + " times a node ended that was not killed), " + sends + " sends, " + said + " received, " + events
                + " events, " + took.toSeconds() + " s: "
                + (sound() ? "nothing lost, nothing twice, nothing out of order" : trouble());
    }

    private String trouble() {
        return "stalled " + shown(stalled) + ", violations " + violations.size() + " " + shown(violations)
                + ", planted and not found " + missedPlants;
    }

    private static String shown(List<?> all) {
        return all.subList(0, Math.min(SHOWN, all.size())).toString();
    }
}
