package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.admin.http.Problem;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A few thousand requests that nobody meant: each is answered, none by a mistake of ours.
class UnmeantRequestsTest {
    private static final int ROUNDS = 60;
    private static final int AT_ONCE = 50;
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> WORDS = List.of(
            "v1",
            "accounts",
            "bee",
            "nobody",
            "events",
            "messages",
            "pairings",
            "plugins",
            "echo",
            "logout",
            "metrics",
            "health",
            "live",
            "ready",
            "desired-state",
            "3EB0",
            "p1-1",
            "",
            "..",
            "%",
            "+",
            "{account}");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "\"\"",
            "\"x\"",
            "\"RUNNING\"",
            "\"qr\"",
            "\"code\"",
            "\"text\"",
            "\"+4917012345678\"",
            "\"1@lid\"",
            "[]",
            "{}",
            "[[[]]]",
            "{\"a\":\"b\"}",
            "\"\\u0000\"",
            "\"\\ud800\"");
    private static final List<String> FIELDS = List.of(
            "pushName", "labels", "metadata", "state", "method", "phone", "chat", "type", "text", "config", "x");

    private final Random random = new Random(20_260_801);

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String noise(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.appendCodePoint(random.nextInt(random.nextBoolean() ? 128 : 0x2fff));
        }
        return text.toString();
    }

    private String path(List<String> templates) {
        StringBuilder path = new StringBuilder();
        for (String part : any(templates).substring(1).split("/", -1)) {
            String word = part.startsWith("{") || random.nextInt(12) == 0
                    ? random.nextInt(4) == 0 ? noise(20) : any(WORDS)
                    : part;
            path.append('/').append(URLEncoder.encode(word, StandardCharsets.UTF_8));
        }
        if (random.nextInt(3) == 0) {
            String name = random.nextBoolean() ? any(List.of("after", "types", "limit", "cursor")) : noise(4);
            String value = random.nextBoolean() ? Integer.toString(random.nextInt(-2, 2_000)) : noise(8);
            path.append('?')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return path.toString();
    }

    private String body() {
        if (random.nextInt(4) == 0) {
            return noise(60);
        }
        StringBuilder body = new StringBuilder("{");
        for (int i = random.nextInt(4); i >= 0; i--) {
            body.append('"')
                    .append(any(FIELDS))
                    .append("\":")
                    .append(any(VALUES))
                    .append(i == 0 ? "}" : ",");
        }
        return body.toString();
    }

    private HttpRequest request(Desk desk, List<String> templates) {
        String method = any(METHODS);
        String path = path(templates);
        while (method.equals("DELETE") && path.startsWith("/v1/accounts/bee")) {
            path = path(templates);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(desk.server.address() + path))
                .header("Authorization", "Bearer " + Desk.KEY)
                .method(method, HttpRequest.BodyPublishers.ofString(body()));
        if (random.nextInt(6) > 0) {
            request.header("Content-Type", "application/json");
        }
        if (random.nextBoolean()) {
            request.header("Idempotency-Key", "k" + random.nextInt(50));
        }
        if (random.nextInt(5) == 0) {
            request.header("Accept", any(List.of("image/png", "text/plain", "*/*;q=0.1", ";;,", "a/b")));
        }
        if (random.nextInt(5) == 0) {
            request.header("Prefer", any(List.of("wait=0", "wait=-1", "wait", "=,=", "wait=99999999999")));
        }
        return request.build();
    }

    @Test
    @Timeout(180)
    void no_request_is_answered_by_a_mistake(@TempDir Path data) throws Exception {
        try (Desk desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY))) {
            assertThat(desk.call("PUT", "/v1/accounts/bee", "{}").statusCode()).isEqualTo(201);
            List<String> templates = desk.server.routes().stream()
                    .map(route -> route.template())
                    .distinct()
                    .toList();
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    answers.add(desk.sendAsync(request(desk, templates)));
                }
                for (CompletableFuture<HttpResponse<String>> answer : answers) {
                    check(answer.get());
                }
            }
            assertThat(desk.get("/v1/accounts/bee").statusCode()).isEqualTo(200);
        }
    }

    private static void check(HttpResponse<String> response) throws Exception {
        String what = response.request() + " -> " + response.statusCode() + " " + response.body();
        assertThat(response.statusCode()).as(what).isLessThan(500);
        if (response.statusCode() >= 400 && !response.request().method().equals("HEAD")) {
            assertThat(response.headers().firstValue("Content-Type")).as(what).contains("application/problem+json");
            JsonNode problem = Documented.check("Problem", Desk.json(response));
            assertThat(Problem.ofCode(problem.at("/code").asText())).as(what).isPresent();
        }
    }
}
