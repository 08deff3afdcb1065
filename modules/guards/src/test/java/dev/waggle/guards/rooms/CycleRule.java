package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Packages that know each other in a circle are one package in disguise. The size is how many are in the circle.
final class CycleRule implements RoomRule {
    @Override
    public List<Finding> check(List<JavaClass> classes) {
        Map<String, Map<String, String>> graph = graph(classes);
        Map<String, Set<String>> reach = new TreeMap<>();
        graph.keySet().forEach(from -> reach.put(from, reachable(graph, from)));
        List<Finding> found = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (String start : graph.keySet()) {
            Set<String> circle = new TreeSet<>(reach.getOrDefault(start, Set.of()));
            circle.removeIf(other -> !reach.getOrDefault(other, Set.of()).contains(start));
            if (!circle.isEmpty() && seen.add(start)) {
                seen.addAll(circle);
                found.add(new Finding("room-cycle", start, circle.size(), edges(graph, circle)));
            }
        }
        return found;
    }

    /// package -> package known -> one class on each side, as an example
    private static Map<String, Map<String, String>> graph(List<JavaClass> classes) {
        Map<String, Map<String, String>> graph = new TreeMap<>();
        for (JavaClass type : classes) {
            Map<String, String> edges = graph.computeIfAbsent(type.getPackageName(), name -> new TreeMap<>());
            Rooms.known(type)
                    .filter(target -> Rooms.isOurs(target.getPackageName()))
                    .filter(target -> !target.getPackageName().equals(type.getPackageName()))
                    .forEach(target -> edges.putIfAbsent(
                            target.getPackageName(), type.getSimpleName() + " -> " + target.getSimpleName()));
        }
        return graph;
    }

    private static Set<String> reachable(Map<String, Map<String, String>> graph, String start) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            graph.getOrDefault(open.pop(), Map.of()).keySet().stream()
                    .filter(found::add)
                    .forEach(open::push);
        }
        return found;
    }

    private static String edges(Map<String, Map<String, String>> graph, Set<String> circle) {
        List<String> edges = new ArrayList<>();
        circle.forEach(from -> graph.getOrDefault(from, Map.of()).forEach((to, example) -> {
            if (circle.contains(to)) {
                edges.add(from + " knows " + to + " (" + example + ")");
            }
        }));
        return String.join("; ", edges);
    }
}
