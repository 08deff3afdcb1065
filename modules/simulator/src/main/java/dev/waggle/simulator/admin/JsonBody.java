package dev.waggle.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.address.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A JSON object of a request, read field by field. A wrong one is a [Problem] with status 400.
final class JsonBody {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode root;

    private JsonBody(JsonNode root) {
        this.root = root;
    }

    static JsonBody read(Bytes body) {
        try {
            JsonNode root = MAPPER.readTree(body.unsafeArray());
            if (root != null && root.isObject()) {
                return new JsonBody(root);
            }
        } catch (IOException e) {
            throw Problem.field("body", body.size() + " bytes", "JSON");
        }
        throw Problem.field("body", body.size() + " bytes", "a JSON object");
    }

    String text(String name, int max) {
        return optionalText(name, max).orElseThrow(() -> Problem.field(name, "absent", "text"));
    }

    Optional<String> optionalText(String name, int max) {
        JsonNode value = root.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > max) {
            throw Problem.field(name, value.getNodeType().name(), "text of 1.." + max + " characters");
        }
        return Optional.of(value.textValue());
    }

    boolean has(String name) {
        return root.hasNonNull(name);
    }

    JsonBody object(String name) {
        JsonNode value = root.get(name);
        if (value == null || !value.isObject()) {
            throw Problem.field(
                    name, value == null ? "absent" : value.getNodeType().name(), "an object");
        }
        return new JsonBody(value);
    }

    byte[] base64(String name) {
        try {
            return Base64.getDecoder().decode(text(name, 1 << 20));
        } catch (IllegalArgumentException e) {
            throw Problem.field(name, "other text", "base64");
        }
    }

    int number(String name, int otherwise) {
        JsonNode value = root.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw Problem.field(name, value.getNodeType().name(), "a whole number");
        }
        return value.intValue();
    }

    List<String> texts(String name, int max) {
        JsonNode value = root.get(name);
        if (value == null || !value.isArray() || value.size() > max) {
            throw Problem.field(name, value == null ? "absent" : "other", "a list of at most " + max + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                throw Problem.field(name, one.getNodeType().name(), "texts");
            }
            texts.add(one.textValue());
        }
        return texts;
    }
}
