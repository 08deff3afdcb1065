package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// What docs/openapi.json says of a form.
final class Documented {
    private static final JsonNode DOCUMENT = read();

    private Documented() {}

    static JsonNode document() {
        return DOCUMENT;
    }

    private static JsonNode read() {
        Path up = Path.of("").toAbsolutePath();
        while (up != null && !Files.exists(up.resolve("docs/openapi.json"))) {
            up = up.getParent();
        }
        if (up == null) {
            throw new IllegalStateException(
                    "docs/openapi.json is not above " + Path.of("").toAbsolutePath());
        }
        try {
            return new ObjectMapper().readTree(up.resolve("docs/openapi.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode schema(String name) {
        return DOCUMENT.path("components").path("schemas").path(name);
    }

    static Set<String> words(String schema, String property) {
        Set<String> words = new TreeSet<>();
        schema(schema).path("properties").path(property).path("enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    /// The value has exactly the fields of the schema, each of a documented type and with a documented word.
    static JsonNode check(String schema, JsonNode value) {
        Set<String> fields = new TreeSet<>();
        value.fieldNames().forEachRemaining(fields::add);
        Set<String> documented = new TreeSet<>();
        schema(schema).path("properties").fieldNames().forEachRemaining(documented::add);
        assertThat(documented).as(schema).isNotEmpty().containsAll(fields);
        schema(schema)
                .path("required")
                .forEach(required -> assertThat(fields).as(schema).contains(required.asText()));
        value.properties()
                .forEach(field -> property(
                        schema + "." + field.getKey(),
                        schema(schema).path("properties").path(field.getKey()),
                        field.getValue()));
        return value;
    }

    private static void property(String name, JsonNode documented, JsonNode value) {
        JsonNode type = documented.path("type");
        if (documented.has("$ref")) {
            check(documented.path("$ref").asText().replaceAll(".*/", ""), value);
        } else if (!type.isMissingNode()) {
            Set<String> types = new TreeSet<>();
            (type.isArray() ? type : new ObjectMapper().createArrayNode().add(type))
                    .forEach(one -> types.add(one.asText()));
            assertThat(types).as(name).contains(kind(value));
        }
        if (documented.has("enum")) {
            assertThat(documented.path("enum")).as(name).contains(value);
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NULL -> "null";
            default -> "nothing";
        };
    }
}
