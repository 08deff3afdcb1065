package dev.waggle.platform.admin.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A request's JSON object, read field by field; `null` counts as absent. Every breach is a [ProblemException] that
/// names the field, the value and the rule.
public final class JsonBody {
    private final JsonNode node;

    private JsonBody(JsonNode node) {
        this.node = node;
    }

    /// @param fields every field that may be there; another one is refused. No bytes at all read as `{}`
    public static JsonBody parse(byte[] bytes, Set<String> fields) {
        JsonNode node = bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : tree(bytes);
        if (!node.isObject()) {
            throw Problem.MALFORMED_JSON.because("body", node.getNodeType().name(), "a JSON object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw Problem.UNKNOWN_FIELD
                        .because("field", name, "one of " + new TreeSet<>(fields))
                        .with("field", Shown.of(name));
            }
        });
        return new JsonBody(node);
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw Problem.MALFORMED_JSON.because("body", where + e.getOriginalMessage(), "a JSON object");
        } catch (IOException e) {
            throw Problem.MALFORMED_JSON.because("body", String.valueOf(e.getMessage()), "UTF-8 text");
        }
    }

    private static ProblemException invalid(String field, String value, String rule) {
        return Problem.INVALID_VALUE.because(field, value, rule).with("field", Shown.of(field));
    }

    /// There, if only as `null`.
    public boolean given(String field) {
        return node.has(field);
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /// A string of `least` to `most` UTF-16 units.
    public String text(String field, int least, int most) {
        String text = optionalText(field, least, most);
        if (text == null) {
            throw invalid(field, "missing", rule(least, most));
        }
        return text;
    }

    public @Nullable String optionalText(String field, int least, int most) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : string(field, value, least, most);
    }

    /// A whole number; `otherwise` when absent.
    public int number(String field, int least, int most, int otherwise) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw invalid(field, value.toString(), "a whole number of " + least + ".." + most);
        }
        return value.intValue();
    }

    /// A whole number from 0, or one of the words with what it stands for.
    public long numberOr(String field, Map<String, Long> words) {
        JsonNode value = node.get(field);
        Long word = value == null || !value.isTextual() ? null : words.get(value.textValue());
        if (word != null) {
            return word;
        }
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            String given = value == null ? "missing" : value.toString();
            throw invalid(field, given, "a whole number from 0, or one of " + new TreeSet<>(words.keySet()));
        }
        return value.longValue();
    }

    /// False when absent.
    public boolean flag(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw invalid(field, value.toString(), "true or false");
        }
        return value.booleanValue();
    }

    /// At most `most` bytes as base64; none when absent.
    public byte[] base64(String field, int most) {
        String text = optionalText(field, 0, Integer.MAX_VALUE);
        if (text == null) {
            return new byte[0];
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length <= most) {
                return bytes;
            }
            throw invalid(field, bytes.length + " bytes", "base64 of at most " + most + " bytes");
        } catch (IllegalArgumentException e) {
            throw invalid(field, "other text", "base64 of at most " + most + " bytes");
        }
    }

    /// Refuses every field that is there and not one of these.
    public void only(Set<String> fields, String why) {
        node.fieldNames().forEachRemaining(name -> {
            if (has(name) && !fields.contains(name)) {
                throw Problem.UNKNOWN_FIELD
                        .because("field", name, "one of " + new TreeSet<>(fields) + " " + why)
                        .with("field", Shown.of(name));
            }
        });
    }

    public String oneOf(String field, List<String> allowed) {
        String text = optionalText(field, 0, Integer.MAX_VALUE);
        if (text == null || !allowed.contains(text)) {
            throw invalid(field, text == null ? "missing" : text, "one of " + allowed);
        }
        return text;
    }

    /// A list of at most `most` strings, each 1 to 64 units.
    public @Nullable List<String> optionalTexts(String field, int most) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isArray() || value.size() > most) {
            throw invalid(field, value.toString(), "a list of at most " + most + " strings");
        }
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(string(field + "[" + texts.size() + "]", item, 1, 64)));
        return texts;
    }

    /// An object of at most `most` strings of up to `valueMost` units under keys of 1 to 64.
    public @Nullable Map<String, String> optionalMap(String field, int most, int valueMost) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isObject() || value.size() > most) {
            throw invalid(field, value.toString(), "an object of at most " + most + " strings");
        }
        Map<String, String> map = new LinkedHashMap<>();
        value.properties().forEach(entry -> {
            String key = entry.getKey();
            map.put(
                    string(field + " key", JsonNodeFactory.instance.textNode(key), 1, 64),
                    string(field + "." + key, entry.getValue(), 0, valueMost));
        });
        return map;
    }

    private static String string(String field, JsonNode value, int least, int most) {
        if (!value.isTextual()) {
            throw invalid(field, value.toString(), rule(least, most));
        }
        String text = value.textValue();
        if (text.length() < least || text.length() > most) {
            throw invalid(field, text.length() + " characters", rule(least, most));
        }
        if (text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
            throw invalid(field, text, "Unicode without half surrogate pairs");
        }
        return text;
    }

    private static String rule(int least, int most) {
        return most == Integer.MAX_VALUE ? "a string" : "a string of " + least + ".." + most + " characters";
    }
}
