package dev.waggle.platform.admin.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// All routes. A path that none has is [Problem#ROUTE_NOT_FOUND]; a known path with another method is
/// [Problem#METHOD_NOT_ALLOWED].
public final class RouteTable {
    private record Entry(Route route, List<String> segments) {}

    /// A route with the values of its path's names, decoded.
    public record Match(Route route, Map<String, String> values) {}

    private final List<Entry> entries = new ArrayList<>();

    public RouteTable(List<Route> routes) {
        routes.forEach(route -> entries.add(new Entry(route, split(route.template()))));
    }

    public List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /// @param path as written in the request, still percent-encoded
    public Match find(String method, String path) {
        Optional<List<String>> segments = Paths.segments(path);
        TreeSet<String> allowed = new TreeSet<>();
        for (Entry entry : entries) {
            Optional<Map<String, String>> values = segments.flatMap(given -> match(entry.segments(), given));
            if (values.isPresent()) {
                if (entry.route().method().equals(method)) {
                    return new Match(entry.route(), values.get());
                }
                allowed.add(entry.route().method());
            }
        }
        if (allowed.isEmpty()) {
            throw Problem.ROUTE_NOT_FOUND.because("path", path, "a route of the API");
        }
        throw Problem.METHOD_NOT_ALLOWED
                .because("method", method, "one of " + allowed)
                .header("Allow", String.join(", ", allowed));
    }

    private static Optional<Map<String, String>> match(List<String> template, List<String> given) {
        if (template.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++) {
            String part = template.get(i);
            if (part.startsWith("{")) {
                values.put(part.substring(1, part.length() - 1), given.get(i));
            } else if (!part.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
