package dev.waggle.guards.tidy;

import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Every package with main sources has its card: a `package-info.java` with five lines, null-marked.
final class CardRule implements Rule {
    private static final List<String> CARD =
            List.of("- Knows:", "- Receives:", "- Gives:", "- Never:", "- First file to read:");

    @Override
    public List<Finding> check(List<Source> sources) {
        Map<String, List<Source>> folders =
                sources.stream().filter(Source::isMain).collect(Collectors.groupingBy(Source::folder));
        List<Finding> found = new ArrayList<>();
        folders.forEach((folder, files) -> files.stream()
                .filter(file -> file.fileName().equals("package-info.java"))
                .findFirst()
                .ifPresentOrElse(
                        card -> found.addAll(missing(card)),
                        () -> found.add(new Finding("card", folder, 1, "has no package-info.java"))));
        return found;
    }

    private static List<Finding> missing(Source card) {
        List<Finding> found = new ArrayList<>(CARD.stream()
                .filter(line -> !card.comments().contains(line))
                .map(line -> new Finding("card", card.path(), 1, "has no line '" + line + "'"))
                .toList());
        if (!card.code().contains("@NullMarked")) {
            found.add(new Finding("card", card.path(), 1, "is not @NullMarked"));
        }
        return found;
    }
}
