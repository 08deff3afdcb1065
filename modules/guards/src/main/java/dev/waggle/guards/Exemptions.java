package dev.waggle.guards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The breaches that we live with, one a line: `rule | place | number | reason`. The number is the largest size
/// measured, or how many findings of a yes-or-no rule the place has. It may only shrink: where the sources got
/// better the line must follow, where it is no longer needed it must go. Rules named `room-...` are those of the
/// compiled classes, all others those of the sources.
public final class Exemptions {
    private static final String ROOMS = "room-";

    private record Exemption(String rule, String place, int number, String reason) {}

    private final List<Exemption> exemptions;

    private Exemptions(List<Exemption> exemptions) {
        this.exemptions = exemptions;
    }

    public static Exemptions parse(String text) {
        return new Exemptions(text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Exemptions::line)
                .toList());
    }

    private static Exemption line(String line) {
        String[] parts = line.split("\\s*\\|\\s*", 4);
        if (parts.length != 4 || parts[3].length() < 10 || !parts[2].matches("\\d+")) {
            throw new IllegalArgumentException("exemption: " + line + " (expected: rule | place | number | reason)");
        }
        return new Exemption(parts[0], parts[1], Integer.parseInt(parts[2]), parts[3]);
    }

    /// Only the lines about compiled classes.
    public Exemptions ofRooms() {
        return kept(exemption -> exemption.rule().startsWith(ROOMS));
    }

    /// Only the lines about sources.
    public Exemptions ofSources() {
        return kept(exemption -> !exemption.rule().startsWith(ROOMS));
    }

    private Exemptions kept(Predicate<Exemption> which) {
        return new Exemptions(exemptions.stream().filter(which).toList());
    }

    /// What remains of the findings, together with what is wrong with the exemptions themselves.
    public List<Finding> apply(List<Finding> findings) {
        Map<String, Integer> measured =
                findings.stream().collect(Collectors.toMap(Exemptions::key, Finding::size, Math::max));
        Map<String, Long> counted =
                findings.stream().collect(Collectors.groupingBy(Exemptions::key, Collectors.counting()));
        List<Finding> left = new ArrayList<>(findings);
        for (Exemption exemption : exemptions) {
            String key = exemption.rule() + "|" + exemption.place();
            int size = Math.toIntExact(Math.max(measured.getOrDefault(key, 0), counted.getOrDefault(key, 0L)));
            if (size <= exemption.number()) {
                left.removeIf(finding -> key(finding).equals(key));
            }
            if (size < exemption.number()) {
                String says = size == 0 ? "is no longer needed: remove it" : "may shrink to " + size;
                left.add(new Finding("exemption", exemption.place(), size, exemption.rule() + " " + says));
            }
        }
        left.sort(Comparator.comparing(Finding::rule).thenComparing(Finding::place));
        return left;
    }

    private static String key(Finding finding) {
        return finding.rule() + "|" + finding.place();
    }
}
