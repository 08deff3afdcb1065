package dev.waggle.deploy.lint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;

/// YAML and JSON in which a key stands once.
final class Yaml {
    private static final YAMLMapper MAPPER = new YAMLMapper(YAMLFactory.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    static {
        MAPPER.configure(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION, false);
    }

    private Yaml() {}

    /// All documents of a text; empty ones are left out.
    ///
    /// @throws IllegalArgumentException with the line when it is no YAML, or a key stands twice
    static List<JsonNode> documents(String place, String text) {
        try (MappingIterator<JsonNode> found = MAPPER.readerFor(JsonNode.class).readValues(text)) {
            return found.readAll().stream()
                    .filter(node -> node != null && !node.isNull() && !node.isMissingNode())
                    .toList();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    static JsonNode document(String place, String text) {
        List<JsonNode> all = documents(place, text);
        if (all.size() != 1) {
            throw new IllegalArgumentException(place + ": " + all.size() + " documents (expected: one)");
        }
        return all.getFirst();
    }
}
