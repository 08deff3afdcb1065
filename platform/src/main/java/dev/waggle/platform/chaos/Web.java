package dev.waggle.platform.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// JSON over HTTP, for the node and for the simulator. Thread-safe.
public final class Web implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private final Duration answerMax;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

    public Web() {
        this(ANSWER_MAX);
    }

    /// @param answerMax who has not answered by then is taken for away
    public Web(Duration answerMax) {
        this.answerMax = answerMax;
    }

    /// `body` is an object, or missing when there was none.
    public record Reply(int status, JsonNode body) {}

    Duration answerMax() {
        return answerMax;
    }

    public HttpClient client() {
        return http;
    }

    /// @throws IOException when the other side is not there, or goes away before it has answered
    public Reply call(String method, URI uri, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(answerMax)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
