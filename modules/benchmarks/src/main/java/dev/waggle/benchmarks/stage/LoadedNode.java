package dev.waggle.benchmarks.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.benchmarks.stage.Web.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `waggle serve` in a process of its own, over a data directory that outlives it, through its admin API.
public final class LoadedNode implements AutoCloseable {
    private static final String MAIN = "dev.waggle.platform.boot.Main";
    private static final String KEY = "bench-key";
    private static final int PAGE = 1_000;
    private static final int AWAY = 503;
    private static final int ATTEMPTS = 60;
    private static final int AGAIN_MILLIS = 500;

    private final Child process;
    private final Web web;
    private final URI http;

    private LoadedNode(Child process, Web web) {
        this.process = process;
        this.web = web;
        this.http = URI.create(process.ready().path("http").asText());
    }

    /// @param directory for its data and its log, under its name
    /// @param flags of its JVM, beside those of `bin/waggle`
    /// @param masterKey hex
    public static LoadedNode start(
            Path directory, String name, List<String> flags, Map<String, String> settings, String masterKey, Web web)
            throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("serve", "-Dwaggle.http.port=0", "-Dwaggle.data-dir=" + directory.resolve(name)));
        settings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        return new LoadedNode(
                Child.start(
                        flags,
                        MAIN,
                        arguments,
                        Map.of("WAGGLE_ADMIN_KEY", KEY, "WAGGLE_MASTER_KEY", masterKey),
                        directory.resolve(name + ".log").toFile()),
                web);
    }

    public long pid() {
        return process.pid();
    }

    public URI at(String path) {
        return http.resolve(path);
    }

    public static Map<String, String> key() {
        return Map.of("Authorization", "Bearer " + KEY);
    }

    public JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        return call(method, path, body, Map.of());
    }

    /// @throws IOException when the node is away, or refuses
    public JsonNode call(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(key());
        Reply reply = web.call(method, at(path), body, all);
        if (reply.status() >= 300) {
            throw new IOException(method + " " + path + ": " + reply.status() + " " + reply.body());
        }
        return reply.body();
    }

    /// Asks again while the answer is that it is unknown what became of it, or that there is no room now.
    public JsonNode insist(String method, String path, String body) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Reply reply = web.call(method, at(path), body, key());
            if (reply.status() < 300) {
                return reply.body();
            }
            if (reply.status() != AWAY || attempt == ATTEMPTS) {
                throw new IOException(method + " " + path + ": " + reply.status() + " " + reply.body());
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        }
    }

    /// Id -> where every account is, as the node lists them.
    public Map<String, String> homes() throws IOException, InterruptedException {
        return each("node");
    }

    private Map<String, String> each(String field) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>();
        String cursor = "";
        do {
            String after = cursor.isEmpty() ? "" : "&cursor=" + cursor;
            JsonNode page = insist("GET", "/v1/accounts?limit=" + PAGE + after, "");
            page.path("items")
                    .forEach(item ->
                            all.put(item.path("id").asText(), item.path(field).asText()));
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        return all;
    }

    /// How many of its accounts it says are ONLINE.
    public int online() throws IOException, InterruptedException {
        return (int)
                each("observedState").values().stream().filter("ONLINE"::equals).count();
    }

    /// Until it has ended itself.
    public void awaitEnd() throws InterruptedException {
        process.awaitEnd();
    }

    /// `kill -9`.
    public void kill() throws InterruptedException {
        process.kill();
    }

    /// SIGTERM.
    public void end() throws InterruptedException {
        process.end();
    }

    @Override
    public void close() {
        process.close();
    }
}
