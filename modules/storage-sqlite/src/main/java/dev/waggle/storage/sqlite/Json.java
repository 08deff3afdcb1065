package dev.waggle.storage.sqlite;

import dev.waggle.address.Bytes;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// JSON arrays as parameters for `json_each`: one statement text for lists of any length.
final class Json {
    private Json() {}

    static String texts(Collection<String> texts) {
        return array(texts, Json::quoted);
    }

    static String numbers(Collection<Integer> numbers) {
        return array(numbers, Object::toString);
    }

    /// Each as hex text, for `unhex`.
    static String bytes(Collection<Bytes> values) {
        return array(values, value -> '"' + value.toHex() + '"');
    }

    /// Arrays of texts, for `value ->> 0` and so on.
    static <T> String tuples(Collection<T> values, Function<T, List<String>> columns) {
        return array(values, value -> texts(columns.apply(value)));
    }

    private static <T> String array(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
