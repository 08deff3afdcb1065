package dev.waggle.platform.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.Web.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// An operator who talks to a node that may be killed at any moment: asks again until he has an answer, with the
/// same key.
public final class Desk {
    private static final int PAGE = 500;
    private static final int AGAIN_MILLIS = 50;

    private final Supplier<URI> node;
    private final Web web;
    private final Set<Following> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private static final class Following {
        private final InputStream stream;
        private volatile long heard = System.nanoTime();

        Following(InputStream stream) {
            this.stream = stream;
        }

        void end() {
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// @param node where the node is at the moment
    public Desk(Supplier<URI> node, Web web) {
        this.node = node;
        this.web = web;
    }

    private static Map<String, String> key() {
        return Map.of("Authorization", "Bearer " + NodeProcess.KEY);
    }

    /// Answers of the node; a node that is away or overloaded is asked again, any other problem is a failure.
    public JsonNode call(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.putAll(key());
        while (true) {
            try {
                Reply reply = web.call(method, node.get().resolve(path), body, all);
                if (reply.status() < 300) {
                    return reply.body();
                }
                if (reply.status() != 503 && reply.status() != 429) {
                    throw new IllegalStateException(method + " " + path + ": " + reply.status() + " " + reply.body());
                }
            } catch (IOException away) {
                if (closed) {
                    throw away;
                }
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        }
    }

    public JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        return call(method, path, body, Map.of());
    }

    /// @return the id under which it was accepted
    public String send(String account, String contact, String text, String key)
            throws IOException, InterruptedException {
        String body = Web.JSON
                .createObjectNode()
                .put("chat", "+" + contact)
                .put("type", "text")
                .put("text", text)
                .toString();
        return call("POST", "/v1/accounts/" + account + "/messages", body, Map.of("Idempotency-Key", key))
                .path("id")
                .asText();
    }

    /// All events of the account, page by page from the first.
    public List<Event> log(String account) throws IOException, InterruptedException {
        List<Event> all = new ArrayList<>();
        while (true) {
            long after = all.isEmpty() ? 0 : all.getLast().sequence();
            JsonNode items = call("GET", "/v1/accounts/" + account + "/events?limit=" + PAGE + "&after=" + after, "")
                    .path("items");
            items.forEach(item -> all.add(event(account, item)));
            if (items.size() < PAGE) {
                return all;
            }
        }
    }

    /// Follows the account's events until [#close], going on where it was whenever the node went away.
    public void follow(String account, Consumer<Event> told) throws InterruptedException {
        long last = 0;
        while (!closed) {
            try {
                last = follow(account, last, told);
            } catch (IOException | IllegalArgumentException away) {
                // Again in a moment, from `last`: the position stands in the caller's list too.
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        }
    }

    private long follow(String account, long after, Consumer<Event> told) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.get().resolve("/v1/accounts/" + account + "/events"))
                .header("Authorization", "Bearer " + NodeProcess.KEY)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(after))
                .timeout(web.answerMax())
                .build();
        HttpResponse<InputStream> answer = web.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        long last = after;
        Following following = new Following(answer.body());
        open.add(following);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && answer.statusCode() == 200; line = lines.readLine()) {
                following.heard = System.nanoTime();
                if (line.startsWith("data:")) {
                    JsonNode data = Web.JSON.readTree(line.substring(5));
                    if (!data.has("sequence")) {
                        // A problem, which is the last frame.
                        return last;
                    }
                    Event event = event(account, data);
                    last = event.sequence();
                    told.accept(event);
                }
                if (closed) {
                    return last;
                }
            }
        } catch (IOException cut) {
            return last;
        } finally {
            open.remove(following);
        }
        return last;
    }

    /// Ends what followers read and did not hear anything of for so long, not even a heartbeat: a node that stands
    /// still never says goodbye. They go on at another one.
    public void leaveSilent(Duration most) {
        long now = System.nanoTime();
        open.stream()
                .filter(following -> now - following.heard > most.toNanos())
                .forEach(Following::end);
    }

    private static Event event(String account, JsonNode item) {
        JsonNode data = item.path("data");
        String sender = data.path("sender").path("pn").asText("");
        return new Event(
                account,
                item.path("sequence").asLong(),
                item.path("epoch").asLong(),
                item.path("type").asText(),
                data.path("id").asText(""),
                sender.contains("@") ? sender.substring(0, sender.indexOf('@')) : sender,
                data.path("text").asText(data.path("state").asText("")));
    }

    public void close() {
        closed = true;
    }
}
