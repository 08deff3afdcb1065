package dev.waggle.platform.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Reads a `text/event-stream` as a browser would.
final class SseReader implements AutoCloseable {
    record Event(String id, String type, JsonNode data) {}

    static final Event END = new Event("", "", JsonNodeFactory.instance.nullNode());

    private final BufferedReader lines;

    SseReader(InputStream stream) {
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /// The next event, or [#END].
    Event next() throws Exception {
        Map<String, String> fields = new HashMap<>();
        String line;
        while ((line = lines.readLine()) != null) {
            int colon = line.indexOf(": ");
            if (line.isEmpty() && fields.containsKey("data")) {
                return new Event(
                        fields.getOrDefault("id", ""), fields.getOrDefault("event", ""), Desk.json(fields.get("data")));
            } else if (line.isEmpty()) {
                fields.clear();
            } else if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return END;
    }

    Event until(Predicate<Event> wanted) throws Exception {
        Event event = next();
        while (!event.equals(END) && !wanted.test(event)) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
