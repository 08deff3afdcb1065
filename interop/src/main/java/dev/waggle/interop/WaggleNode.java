package dev.waggle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `waggle serve` in a process of its own, worked through its API like a stranger would. It ends at once when its
/// heap is full.
final class WaggleNode implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "interop-key";

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();
    private int keys;
    private long read;

    private WaggleNode(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static WaggleNode start(SimulatorDesk simulator, Path data, Path authority, int heapMiB) throws IOException {
        Files.createDirectories(data);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xmx" + heapMiB + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.waggle.platform.boot.Main",
                        "serve",
                        "-Dwaggle.http.port=0",
                        "-Dwaggle.data-dir=" + data,
                        "-Dwaggle.whatsapp.url=" + simulator.wss(),
                        "-Dwaggle.whatsapp.root-key=" + simulator.rootKey(),
                        "-Dwaggle.whatsapp.trust-file=" + authority)
                .redirectError(data.resolve("node.log").toFile());
        builder.environment().put("WAGGLE_ADMIN_KEY", KEY);
        builder.environment().remove("WAGGLE_CONF");
        Process process = builder.start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{\"ready\":true")) {
                return new WaggleNode(
                        process, URI.create(JSON.readTree(line).path("http").asText()));
            }
        }
        process.destroyForcibly();
        throw new IOException("the node ended before it was ready: " + Files.readString(data.resolve("node.log")));
    }

    boolean alive() {
        return process.isAlive();
    }

    /// Creates an account, pairs it, and gives its phone number once it is online.
    String paired(SimulatorDesk simulator, String account) throws Exception {
        String path = "/v1/accounts/" + account;
        json("PUT", path, Map.of("pushName", "Bot " + account), Map.of());
        String pairing = path + "/pairings/"
                + json("POST", path + "/pairings", Map.of("method", "qr"), Map.of())
                        .path("id")
                        .asText();
        first(pairing + "/events", event -> event.hasNonNull("qr"));
        String qr = json("GET", pairing, null, Map.of()).path("qr").asText();
        String pn = simulator.scan(qr).path("jid").asText();
        event(
                account,
                "account.state",
                one -> one.at("/data/observedState").asText().equals("ONLINE"));
        return pn;
    }

    /// The first event of that type, after the last one that was waited for.
    JsonNode event(String account, String type, Predicate<JsonNode> fits) throws Exception {
        JsonNode found = first("/v1/accounts/" + account + "/events?types=" + type + "&after=" + read, fits);
        read = found.path("sequence").asLong();
        return found;
    }

    private JsonNode first(String path, Predicate<JsonNode> fits) throws Exception {
        HttpResponse<InputStream> stream = http.send(
                to(path).header("Accept", "text/event-stream").GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    JsonNode event = JSON.readTree(line.substring("data: ".length()));
                    if (fits.test(event)) {
                        return event;
                    }
                }
            }
        }
        throw new AssertionError(path + ": ended");
    }

    /// Stores a file and sends it; gives the message's id once the server has it.
    String send(String account, String chat, String type, Path file, Map<String, String> more) throws Exception {
        JsonNode message = accepted(account, chat, type, file, more, 30);
        if (!List.of("SENT", "DELIVERED").contains(message.path("state").asText())) {
            throw new AssertionError("not sent: " + message);
        }
        return message.path("id").asText();
    }

    /// Stores a file and has its send accepted, and waits so many seconds for more.
    JsonNode accepted(String account, String chat, String type, Path file, Map<String, String> more, int seconds)
            throws Exception {
        String media = store(account, type, more.getOrDefault("mimetype", "application/octet-stream"), file);
        Map<String, Object> body = new TreeMap<>(more);
        body.putAll(Map.of("chat", chat, "type", type, "media", media));
        return accepted(account, body, seconds);
    }

    /// Gives the id of a file that waits to be sent.
    String store(String account, String type, String mimetype, Path file) throws Exception {
        HttpResponse<String> stored = http.send(
                to("/v1/accounts/" + account + "/media?type=" + type)
                        .header("Content-Type", mimetype)
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return checked(stored).path("id").asText();
    }

    /// @param body of the request, as JSON
    JsonNode accepted(String account, Map<String, ?> body, int seconds) throws Exception {
        return json(
                "POST",
                "/v1/accounts/" + account + "/messages",
                body,
                Map.of("Idempotency-Key", "k" + ++keys, "Prefer", "wait=" + seconds));
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Fetches the file of a message into `target`.
    void fetch(String account, String message, Path target) throws Exception {
        fetch(account, message, "media", target);
    }

    /// @param what `media` or `thumbnail`
    void fetch(String account, String message, String what, Path target) throws Exception {
        HttpResponse<Path> answer = http.send(
                to("/v1/accounts/" + account + "/messages/" + message + "/" + what)
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofFile(target));
        if (answer.statusCode() != 200) {
            throw new AssertionError(what + ": " + answer.statusCode() + " " + Files.readString(target));
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + KEY);
    }

    private JsonNode json(String method, String path, @Nullable Object body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = to(path);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        return checked(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private static JsonNode checked(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new AssertionError(response.uri().getPath() + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.destroyForcibly();
    }
}
