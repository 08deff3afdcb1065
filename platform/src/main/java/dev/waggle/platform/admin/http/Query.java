package dev.waggle.platform.admin.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A request's query. A parameter that the route does not know, or one given twice, is refused: a misspelt filter
/// must not pass for no filter.
public final class Query {
    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    static Query parse(@Nullable String raw, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return new Query(values);
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (!known.contains(name)) {
                String rule = known.isEmpty() ? "no query" : "one of " + new TreeSet<>(known);
                throw Problem.INVALID_VALUE.because("query parameter", name, rule);
            }
            if (values.putIfAbsent(name, value) != null) {
                throw Problem.INVALID_VALUE.because(name, value, "given once");
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        return Paths.decoded(text).orElseThrow(() -> Problem.INVALID_VALUE.because("query", text, "percent-encoding"));
    }

    /// The value, or null when it is not given.
    public @Nullable String text(String name) {
        return values.get(name);
    }

    public long number(String name, long least, long most, long otherwise) {
        String text = values.get(name);
        return text == null ? otherwise : number(name, text, least, most);
    }

    /// A decimal number within its limits, out of a query or a header.
    public static long number(String name, String text, long least, long most) {
        String rule = "a number " + least + ".." + most;
        if (!text.matches("[0-9]{1,19}")) {
            throw Problem.INVALID_VALUE.because(name, text, rule);
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Above every number there is: the rule says it.
        }
        throw Problem.INVALID_VALUE.because(name, text, rule);
    }
}
