package dev.waggle.benchmarks.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads an account's event stream on a thread of its own until it is closed.
public final class Follower implements AutoCloseable {
    private final LoadedNode node;
    private final Web web;
    private final String account;
    private final BiConsumer<String, JsonNode> told;
    private final CountDownLatch open = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable InputStream stream;

    /// @param told the type of each event, and its data; on the follower's thread
    public Follower(LoadedNode node, Web web, String account, BiConsumer<String, JsonNode> told) {
        this.node = node;
        this.web = web;
        this.account = account;
        this.told = told;
        this.thread = Thread.ofVirtual().name("follow " + account).unstarted(this::follow);
    }

    /// Begins, and returns when the node has answered.
    public Follower begin() throws InterruptedException {
        thread.start();
        open.await();
        return this;
    }

    private void follow() {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(node.at("/v1/accounts/" + account + "/events?after=" + last()));
            LoadedNode.key().forEach(request::header);
            HttpResponse<InputStream> answer = web.client()
                    .send(request.header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
            stream = answer.body();
            open.countDown();
            read(answer.body());
        } catch (IOException e) {
            // Closed, or the node is away: whoever waits for events says so.
            open.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long last() throws IOException, InterruptedException {
        return node.call("GET", "/v1/accounts/" + account, "")
                .path("lastSequence")
                .asLong();
    }

    private void read(InputStream body) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    JsonNode event = Web.JSON.readTree(line.substring("data:".length()));
                    told.accept(event.path("type").asText(), event.path("data"));
                }
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        InputStream open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is over either way.
                return;
            }
        }
    }
}
