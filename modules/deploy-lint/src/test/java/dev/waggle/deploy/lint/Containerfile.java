package dev.waggle.deploy.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What our container file keeps to, beyond being one: the last stage is what ships.
final class Containerfile {
    private record Line(int number, String instruction, String rest) {}

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
    /// A whole version, or a digest.
    private static final Pattern PINNED = Pattern.compile(".+:\\d+\\.\\d+\\.\\d+[\\w.+-]*|.+@sha256:[0-9a-f]{64}");

    private static final Pattern SECRET =
            Pattern.compile("(?i)\\b\\w*(password|passwd|secret|token|_key)\\b\\s*[= ]\\s*\\S+");

    private final String place;
    private final List<Line> lines;
    private final List<Breach> found = new ArrayList<>();

    private Containerfile(String place, String text) {
        this.place = place;
        this.lines = lines(text);
    }

    static List<Breach> check(String place, String text) {
        Containerfile file = new Containerfile(place, text);
        file.bases();
        file.everywhere();
        file.last();
        return file.found;
    }

    private static List<Line> lines(String text) {
        List<Line> all = new ArrayList<>();
        String[] raw = text.split("\n", -1);
        for (int i = 0; i < raw.length; i++) {
            int number = i + 1;
            StringBuilder line = new StringBuilder(raw[i].strip());
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            while (line.charAt(line.length() - 1) == '\\' && i + 1 < raw.length) {
                line.setLength(line.length() - 1);
                line.append(raw[++i].strip());
            }
            String[] parts = line.toString().split("\\s+", 2);
            all.add(new Line(number, parts[0].toUpperCase(java.util.Locale.ROOT), parts.length > 1 ? parts[1] : ""));
        }
        return all;
    }

    private void rule(boolean holds, Line line, String says) {
        if (!holds) {
            found.add(new Breach(place + ":" + line.number(), says));
        }
    }

    private List<Line> of(String instruction) {
        return lines.stream()
                .filter(line -> line.instruction().equals(instruction))
                .toList();
    }

    private void bases() {
        Map<String, String> arguments = new HashMap<>();
        of("ARG").stream()
                .map(line -> line.rest().split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> arguments.put(pair[0].strip(), pair[1].strip()));
        for (Line from : of("FROM")) {
            Matcher image = VARIABLE.matcher(from.rest().split("\\s+", 2)[0]);
            String named = image.replaceAll(
                    name -> Matcher.quoteReplacement(arguments.getOrDefault(name.group(1), name.group())));
            rule(PINNED.matcher(named).matches(), from, "the base image is not pinned: " + named);
        }
    }

    private void everywhere() {
        for (Line line : lines) {
            rule(!line.instruction().equals("ADD"), line, "ADD fetches and unpacks (expected: COPY)");
            if (List.of("ENV", "ARG", "LABEL").contains(line.instruction())) {
                rule(!SECRET.matcher(line.rest()).find(), line, "a secret in the image");
            }
            if (line.instruction().equals("RUN")) {
                rule(
                        !line.rest().matches(".*\\b(curl|wget)\\b.*"),
                        line,
                        "something is fetched that no sum was checked of");
            }
            if (List.of("ENTRYPOINT", "CMD").contains(line.instruction())) {
                rule(line.rest().startsWith("["), line, line.instruction() + " through a shell: signals end there");
            }
            if (line.instruction().equals("HEALTHCHECK")) {
                rule(line.rest().matches(".*\\bCMD \\[.*"), line, "HEALTHCHECK through a shell");
            }
        }
    }

    private void last() {
        int begin = lines.indexOf(of("FROM").getLast());
        List<Line> stage = lines.subList(begin, lines.size());
        Line from = stage.getFirst();
        Map<String, List<Line>> by = stage.stream().collect(Collectors.groupingBy(Line::instruction));
        for (String needed : List.of("USER", "HEALTHCHECK", "ENTRYPOINT", "VOLUME", "STOPSIGNAL")) {
            rule(by.containsKey(needed), from, "the stage that ships has no " + needed);
        }
        by.getOrDefault("USER", List.of())
                .forEach(user -> rule(
                        user.rest().matches("[1-9]\\d*(:[1-9]\\d*)?"),
                        user,
                        "USER " + user.rest() + " (expected: a number other than 0)"));
        List<Line> users = by.getOrDefault("USER", List.of());
        if (!users.isEmpty()) {
            stage.subList(stage.indexOf(users.getLast()), stage.size()).stream()
                    .filter(line -> List.of("RUN", "COPY").contains(line.instruction()))
                    .forEach(line -> rule(false, line, line.instruction() + " after USER: what ships belongs to root"));
        }
    }
}
