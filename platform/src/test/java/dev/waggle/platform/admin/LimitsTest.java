package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.platform.admin.AdminSettings.Limits;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// How the API opens, what it does not open for, and where its limits are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
    private static final Limits TIGHT = new Limits(16, 1024, 1, Duration.ofMillis(200), Duration.ofMillis(50));

    private final Desk desk;

    LimitsTest(@TempDir Path data) throws Exception {
        desk = new Desk(data, new AdminSettings("127.0.0.1", 0, Desk.KEY, null, false, TIGHT));
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private static AdminSettings settings(String host, int port, String key) {
        return AdminSettings.of(host, port, key);
    }

    @Test
    void a_taken_port_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> desk.start(settings("127.0.0.1", taken.getLocalPort(), Desk.KEY)))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(AdminBindException.class, refused -> {
                        assertThat(refused.host()).isEqualTo("127.0.0.1");
                        assertThat(refused.port()).isEqualTo(taken.getLocalPort());
                    })
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void an_address_that_others_reach_must_be_asked_for() {
        assertThatThrownBy(() -> desk.start(settings("0.0.0.0", 0, Desk.KEY)))
                .cause()
                .isInstanceOf(AdminBindException.class)
                .hasMessageContaining("0.0.0.0:0 (expected: a loopback address");
    }

    @Test
    void a_key_with_spaces_is_no_key_and_is_not_shown() {
        assertThatThrownBy(() -> settings("127.0.0.1", 0, "two words"))
                .hasMessage("WAGGLE_ADMIN_KEY: 9 characters (expected: 1..256 printable, no spaces)");
        assertThat(settings("127.0.0.1", 0, "secret").toString()).doesNotContain("secret");
    }

    @Test
    void the_first_key_is_generated_once_and_holds() throws Exception {
        AdminPorts ports = Desk.withEmptyControl(desk.ports());
        AdminServer first = desk.start(ports, AdminSettings.of("127.0.0.1", 0, null));
        AdminServer second = desk.start(ports, AdminSettings.of("127.0.0.1", 0, null));
        try {
            String key = first.generatedKey().orElseThrow();
            assertThat(key).matches("wgl_[A-Za-z0-9_-]{43}");
            assertThat(second.generatedKey()).isEmpty();
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(second.address().resolve("/v1/accounts"));
            assertThat(desk.send(request.header("Authorization", "Bearer " + key))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(ports.control()
                            .apiKeys("", 10)
                            .toCompletableFuture()
                            .get()
                            .toString())
                    .doesNotContain(key);
        } finally {
            first.stop().toCompletableFuture().get();
            second.stop().toCompletableFuture().get();
        }
    }

    @Test
    void a_chosen_key_takes_the_place_of_the_one_chosen_before() throws Exception {
        AdminPorts ports = Desk.withEmptyControl(desk.ports());
        desk.start(ports, settings("127.0.0.1", 0, "before"))
                .stop()
                .toCompletableFuture()
                .get();
        AdminServer now = desk.start(ports, settings("127.0.0.1", 0, "after"));
        try {
            HttpRequest.Builder old = HttpRequest.newBuilder(now.address().resolve("/v1/accounts"));
            assertThat(desk.send(old.header("Authorization", "Bearer before")).statusCode())
                    .isEqualTo(401);
            HttpRequest.Builder request = HttpRequest.newBuilder(now.address().resolve("/v1/accounts"));
            assertThat(desk.send(request.header("Authorization", "Bearer after"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(now.generatedKey()).isEmpty();
        } finally {
            now.stop().toCompletableFuture().get();
        }
    }

    @Test
    void event_streams_are_counted_kept_alive_and_given_back() throws Exception {
        assertThat(desk.call("PUT", "/v1/accounts/streamer", "{}").statusCode()).isEqualTo(201);
        String path = "/v1/accounts/streamer/events?after=latest";
        HttpResponse<java.io.InputStream> open = desk.stream(desk.to(path));
        assertThat(open.statusCode()).isEqualTo(200);
        byte[] heard = open.body().readNBytes(60);
        assertThat(new String(heard, java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("retry: 1000\n\n: heartbeat\n\n: heartbeat");
        HttpResponse<String> second = desk.send(desk.to(path).header("Accept", "text/event-stream"));
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        assertThat(Desk.json(second).at("/code").asText()).isEqualTo("too-many-streams");
        open.body().close();
        assertThat(freed(path)).isTrue();
    }

    /// The server learns of a reader's end with its next heartbeat. Each refusal is read to its end: an answer that
    /// is left unread keeps its connection, and sixteen of those are all that this server takes.
    private boolean freed(String path) throws Exception {
        for (int tries = 0; tries < 20_000; tries++) {
            HttpResponse<java.io.InputStream> next = desk.stream(desk.to(path));
            try (var body = next.body()) {
                if (next.statusCode() == 200) {
                    return true;
                }
                assertThat(next.statusCode()).isEqualTo(503);
                var _ = body.readAllBytes();
            }
        }
        return false;
    }

    private String raw(String bytes) throws Exception {
        return RawHttp.ask(desk.server.address(), bytes);
    }

    @Test
    void a_body_that_does_not_arrive_is_not_waited_for() throws Exception {
        String answer = raw("PUT /v1/accounts/slow HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Desk.KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"pushName\"");
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"body-too-slow\"");
    }

    @Test
    void what_is_no_request_is_a_problem_too() throws Exception {
        // Longer than any method may be: of less the server may still hope for the rest.
        assertThat(raw("NONSENSE".repeat(4) + "\r\n\r\n"))
                .contains("application/problem+json")
                .contains("\"code\":");
        assertThat(raw("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ")
                .contains("\"method-unknown\"");
        assertThat(raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"uri-too-long\"");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"headers-too-large\"");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).contains("application/problem+json");
    }
}
