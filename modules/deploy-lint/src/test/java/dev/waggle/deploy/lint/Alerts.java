package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Alert rules with their pages, each of which has to have the other.
final class Alerts {
    static final String RUNBOOKS = "deploy/runbooks/";

    private static final Set<String> SEVERITIES = Set.of("critical", "warning");
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern DURATION = Pattern.compile("\\d+(s|m|h)");
    private static final List<String> CHAPTERS = List.of(
            "## What it means", "## What it does", "## What to look at", "## What helps", "## When to call somebody");

    private final JsonNode file;
    private final List<Breach> found = new ArrayList<>();

    private Alerts(JsonNode file) {
        this.file = file;
    }

    /// @param pages by the name of their file
    static List<Breach> check(String text, Map<String, String> pages) {
        Alerts alerts = new Alerts(Yaml.document("alerts/waggle.yaml", text));
        Set<String> names = new TreeSet<>();
        alerts.rules().forEach(rule -> {
            String name = rule.path("alert").asText();
            alerts.rule(names.add(name), name, "stands there twice");
            alerts.one(name, rule, pages);
        });
        pages.keySet()
                .forEach(page -> alerts.rule(
                        names.contains(page.replace(".md", "")), "runbooks/" + page, "is the page of no alert"));
        return alerts.found;
    }

    /// The expressions by the names of their alerts.
    static Map<String, String> queries(String text) {
        Map<String, String> queries = new LinkedHashMap<>();
        new Alerts(Yaml.document("alerts/waggle.yaml", text))
                .rules()
                .forEach(rule -> queries.put(
                        rule.path("alert").asText(), rule.path("expr").asText()));
        return queries;
    }

    private List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        file.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private void rule(boolean holds, String place, String says) {
        if (!holds) {
            found.add(new Breach(place, says));
        }
    }

    private void one(String name, JsonNode rule, Map<String, String> pages) {
        rule(name.matches("Waggle[A-Z]\\w+"), name, "is no name of an alert of ours");
        rule(
                SEVERITIES.contains(rule.at("/labels/severity").asText()),
                name,
                "severity: " + rule.at("/labels/severity").asText() + " (expected: " + SEVERITIES + ")");
        rule(DURATION.matcher(rule.path("for").asText()).matches(), name, "has no 'for'");
        for (String text : List.of("summary", "description")) {
            String said = rule.at("/annotations/" + text).asText();
            rule(!said.isBlank(), name, "has no " + text);
            labels(name, rule.path("expr").asText(), said);
        }
        String page = name + ".md";
        rule(
                rule.at("/annotations/runbook_url").asText().equals(RUNBOOKS + page),
                name,
                "runbook_url does not name " + RUNBOOKS + page);
        String text = pages.get(page);
        rule(text != null, name, "has no page runbooks/" + page);
        if (text != null) {
            page(name, rule, text);
        }
    }

    /// A label that is not in the result reads as nothing.
    private void labels(String name, String query, String said) {
        Matcher grouped = GROUPED.matcher(query);
        if (!grouped.find()) {
            return;
        }
        Set<String> left = grouped.reset()
                .results()
                .flatMap(by -> Pattern.compile("\\s*,\\s*").splitAsStream(by.group(1)))
                .collect(Collectors.toSet());
        LABEL.matcher(said)
                .results()
                .map(label -> label.group(1))
                .forEach(
                        label -> rule(left.contains(label), name, "says $labels." + label + ", which is grouped away"));
    }

    private void page(String name, JsonNode rule, String text) {
        rule(text.startsWith("# " + name + "\n"), name, "its page has another heading");
        rule(text.contains("\n" + rule.path("expr").asText() + "\n"), name, "its page shows another expression");
        rule(
                text.contains("Severity " + rule.at("/labels/severity").asText()),
                name,
                "its page tells another severity");
        CHAPTERS.forEach(
                chapter -> rule(text.contains("\n" + chapter + "\n"), name, "its page has no '" + chapter + "'"));
    }
}
