package dev.waggle.platform.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A node's admin API, as a client sees it. Every failure is an [ApiException] whose message is for a person.
final class Api implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(90);

    private final URI base;
    private final String key;
    private final HttpClient http;

    /// @param base such as `http://127.0.0.1:8470`
    /// @param trust PEM file of the only certificates that are trusted; null: those of the JDK
    /// @throws ApiException when that file cannot be read
    Api(URI base, String key, @Nullable Path trust) {
        this.base = base;
        this.key = key;
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        this.http = (trust == null ? client : client.sslContext(Trust.of(trust))).build();
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + key);
    }

    JsonNode get(String path) {
        return read(exchange(request(path).timeout(ANSWER_MAX).GET()));
    }

    String text(String path) {
        return exchange(
                request(path).timeout(ANSWER_MAX).header("Accept", "text/plain").GET());
    }

    /// @param headers name, value, name, value…
    JsonNode call(String method, String path, @Nullable JsonNode body, String... headers) {
        HttpRequest.Builder request = request(path).timeout(ANSWER_MAX);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.toString()));
        }
        return read(exchange(request));
    }

    /// The data of each server-sent event, as long as the node goes on sending. Ends early, with a passing
    /// [ApiException] or without, when the connection does.
    Stream<JsonNode> follow(String path) {
        HttpRequest request =
                request(path).header("Accept", "text/event-stream").GET().build();
        try {
            HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() >= 300) {
                throw problem(
                        answer.statusCode(), String.join("\n", answer.body().toList()));
            }
            return answer.body().filter(line -> line.startsWith("data:")).map(line -> read(line.substring(5)));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted");
        }
    }

    private String exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw problem(answer.statusCode(), answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted");
        }
    }

    private ApiException unreachable(IOException why) {
        return new ApiException("no node at " + base + ": " + why, true);
    }

    private static ApiException problem(int status, String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String type = problem.path("type").asText();
            String detail = problem.path("detail").asText(problem.path("title").asText());
            return new ApiException(
                    status + " " + type.substring(type.lastIndexOf('/') + 1) + ": " + detail, status >= 500);
        } catch (JsonProcessingException e) {
            return new ApiException(status + ": " + body.strip(), status >= 500);
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ApiException("not an answer of a node: " + body.strip());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
