package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A dashboard as Grafana reads it.
final class Dashboard {
    private static final int COLUMNS = 24;

    private final JsonNode file;
    private final List<Breach> found = new ArrayList<>();

    private Dashboard(JsonNode file) {
        this.file = file;
    }

    static List<Breach> check(String text) {
        Dashboard dashboard = new Dashboard(Yaml.document("grafana/waggle.json", text));
        dashboard.board();
        dashboard.places();
        return dashboard.found;
    }

    /// What panels and annotations ask, as Prometheus would get it.
    static Map<String, String> queries(String text) {
        JsonNode file = Yaml.document("grafana/waggle.json", text);
        Map<String, String> queries = new LinkedHashMap<>();
        file.path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.put(
                                panel.path("title").asText() + " "
                                        + target.path("refId").asText(),
                                filled(target.path("expr").asText()))));
        file.at("/annotations/list")
                .forEach(one -> queries.put(
                        "annotation " + one.path("name").asText(),
                        filled(one.path("expr").asText())));
        return queries;
    }

    private static String filled(String query) {
        return query.replace("$__rate_interval", "5m");
    }

    private void rule(boolean holds, String place, String says) {
        if (!holds) {
            found.add(new Breach("grafana/waggle.json", place + ": " + says));
        }
    }

    private void board() {
        rule(!file.path("uid").asText().isEmpty(), "board", "has no uid");
        rule(file.path("schemaVersion").asInt() >= 36, "board", "schemaVersion");
        rule(file.path("panels").size() > 10, "board", "has hardly any panels");
        Set<String> variables = new TreeSet<>();
        file.at("/templating/list")
                .forEach(one -> variables.add(one.path("name").asText()));
        for (Map.Entry<String, String> query : queries(file.toString()).entrySet()) {
            java.util.regex.Pattern.compile("\\$(\\w+)")
                    .matcher(query.getValue())
                    .results()
                    .map(variable -> variable.group(1))
                    .forEach(variable ->
                            rule(variables.contains(variable), query.getKey(), "no variable is called " + variable));
        }
        file.path("panels").forEach(panel -> panel(panel, variables));
    }

    private void panel(JsonNode panel, Set<String> variables) {
        String title = panel.path("title").asText();
        rule(!title.isBlank(), "panel " + panel.path("id"), "has no title");
        if (panel.path("type").asText().equals("row")) {
            return;
        }
        rule(Set.of("timeseries", "stat").contains(panel.path("type").asText()), title, "is of an unusual type");
        rule(!panel.path("description").asText().isBlank(), title, "has no description");
        rule(panel.at("/fieldConfig/defaults").has("unit"), title, "has no unit");
        rule(!panel.path("targets").isEmpty(), title, "asks nothing");
        panel.path("targets").forEach(target -> {
            rule(!target.path("legendFormat").asText().isBlank(), title, "has no legend");
            rule(
                    target.at("/datasource/uid").asText().equals("${datasource}") && variables.contains("datasource"),
                    title,
                    "is bound to one data source");
        });
    }

    /// Panels are in the grid, and none lies over another.
    private void places() {
        Set<Integer> ids = new TreeSet<>();
        Set<String> cells = new TreeSet<>();
        file.path("panels").forEach(panel -> {
            String title = panel.path("title").asText();
            rule(ids.add(panel.path("id").asInt()), title, "has the id of another");
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            rule(right <= COLUMNS && place.path("w").asInt() > 0, title, "is not in the grid");
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    rule(cells.add(x + ":" + (y + place.path("y").asInt())), title, "lies over another");
                }
            }
        });
    }
}
