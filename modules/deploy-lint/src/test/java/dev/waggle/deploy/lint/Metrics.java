package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What nodes tell, by `deploy/metrics.txt`, which the platform's tests hold against nodes; and what a query asks
/// of it.
final class Metrics {
    /// Of every target, and of Prometheus itself.
    private static final Set<String> TARGET = Set.of("job", "instance");

    private final Map<String, Set<String>> labels = new TreeMap<>();

    Metrics(String file) {
        labels.put("up", Set.of());
        file.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("["))
                .forEach(line -> {
                    int brace = line.indexOf('{');
                    labels.put(
                            brace < 0 ? line : line.substring(0, brace),
                            brace < 0
                                    ? Set.of()
                                    : Set.of(line.substring(brace + 1, line.length() - 1)
                                            .split(",", -1)));
                });
    }

    /// @param queries by where they stand
    List<Breach> check(Map<String, String> queries) {
        List<String> texts = List.copyOf(queries.values());
        List<String> places = List.copyOf(queries.keySet());
        JsonNode answers = Foreign.ask(Map.of("promql", texts)).path("promql");
        List<Breach> found = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            check(places.get(i), answers.get(i), found);
        }
        return found;
    }

    private void check(String place, JsonNode query, List<Breach> found) {
        String error = query.path("error").asText();
        if (!error.isEmpty()) {
            found.add(new Breach(place, error));
        }
        Set<String> all = new TreeSet<>(TARGET);
        for (JsonNode selector : query.path("selectors")) {
            String metric = selector.path("metric").asText();
            Set<String> known = labels.get(metric);
            if (known == null) {
                found.add(new Breach(place, "no node tells " + metric));
                continue;
            }
            all.addAll(known);
            selector.path("labels").forEach(label -> {
                if (!known.contains(label.asText()) && !TARGET.contains(label.asText())) {
                    found.add(new Breach(place, metric + " has no label " + label.asText()));
                }
            });
        }
        query.path("grouping").forEach(label -> {
            if (!all.contains(label.asText())) {
                found.add(new Breach(place, "grouped by a label that is not there: " + label.asText()));
            }
        });
    }
}
