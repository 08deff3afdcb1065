package dev.waggle.simulator.server;

import dev.waggle.address.Bytes;
import java.util.List;
import java.util.Map;

/// One HTTP request: method in upper case, path without query, decoded query parameters, body (at most 1 MiB).
public record HttpQuestion(String method, String path, Map<String, List<String>> query, Bytes body) {
    public String query(String name, String otherwise) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : values.getFirst();
    }
}
