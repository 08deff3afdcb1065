package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.transport.Egress;
import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Exchanges that complete: bodies both ways, statuses, redirects.
public abstract class HttpExchangeContract extends HttpContract {
    private static final int REPEATS = 1000;

    @Test
    void a_body_comes_down_whole() throws Exception {
        try (HttpExchange exchange = get(site.at("/bytes/3000000"))) {
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.header("Content-Length")).contains("3000000");
            assertThat(exchange.body().readAllBytes()).isEqualTo(Site.bytes(3_000_000));
            assertThat(exchange.body().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_streamed_body_goes_up_whole_and_is_asked_for_once() throws Exception {
        byte[] body = Site.bytes(3_000_001);
        int[] opened = {0};
        HttpBody streamed = new HttpBody.Streamed(body.length, () -> {
            opened[0]++;
            return new ByteArrayInputStream(body);
        });
        try (HttpExchange exchange = execute(call("POST", site.at("/echo"), streamed))) {
            assertThat(exchange.body().readAllBytes()).isEqualTo(body);
        }
        assertThat(site.asked("/echo").getFirst().headers().getFirst("Content-Length"))
                .isEqualTo("3000001");
        assertThat(opened[0]).isEqualTo(1);
    }

    @Test
    void a_body_of_another_length_than_said_breaks_the_exchange() {
        for (int length : new int[] {99, 101}) {
            HttpBody wrong = new HttpBody.Streamed(length, () -> new ByteArrayInputStream(new byte[100]));
            assertThat(failure(call("POST", site.at("/echo"), wrong)).kind()).isEqualTo(HttpException.Kind.BROKEN);
        }
    }

    @Test
    void an_empty_body_of_a_post_says_so() throws Exception {
        execute(call("POST", site.at("/echo"), HttpBody.NONE)).close();
        assertThat(site.asked("/echo").getFirst().headers().getFirst("Content-Length"))
                .isEqualTo("0");
    }

    @Test
    void every_status_is_an_answer() throws Exception {
        for (int status : new int[] {204, 304, 400, 404, 429, 500, 503}) {
            try (HttpExchange exchange = get(site.at("/status/" + status))) {
                assertThat(exchange.status()).isEqualTo(status);
                assertThat(exchange.body().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void the_answer_to_a_head_has_no_body() throws Exception {
        try (HttpExchange exchange = execute(call("HEAD", site.at("/bytes/100"), HttpBody.NONE))) {
            assertThat(exchange.body().readAllBytes()).isEmpty();
        }
        assertThat(text(get(site.at("/after")))).isEqualTo("/after");
    }

    @Test
    void path_and_query_are_sent_as_they_are() throws Exception {
        assertThat(text(get(URI.create(site.at("/to/200") + "?a=%2F&b=c")))).isEmpty();
        assertThat(text(get(site.at("")))).isEqualTo("/");
    }

    @Test
    void redirects_are_followed_to_their_end() throws Exception {
        try (HttpExchange exchange = get(URI.create(site.at("/to/302") + "?/to/301?/end"))) {
            assertThat(exchange.uri()).isEqualTo(site.at("/end"));
            assertThat(new String(exchange.body().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("/end");
        }
    }

    @Test
    void a_redirect_in_a_circle_ends() {
        URI circle = URI.create(site.at("/to/302") + "?" + "/to/302?".repeat(4) + "/end");
        assertThat(failure(call(circle, LIMITS)).kind()).isEqualTo(HttpException.Kind.TOO_MANY_REDIRECTS);
        assertThat(site.asked("/end")).isEmpty();
    }

    @Test
    void without_redirects_one_is_an_answer_like_any_other() throws Exception {
        var none = new HttpCall.Limits(LIMITS.connectMax(), LIMITS.headMax(), LIMITS.idleMax(), 100, 0);
        try (HttpExchange exchange = execute(call(URI.create(site.at("/to/302") + "?/end"), none))) {
            assertThat(exchange.status()).isEqualTo(302);
        }
        assertThat(site.asked("/end")).isEmpty();
    }

    @Test
    void secrets_stay_with_the_host_that_they_were_for() throws Exception {
        Map<String, String> headers = Map.of("Authorization", "Bearer x", "cookie", "a=b", "X-Own", "1");
        execute(new HttpCall(
                        "GET",
                        URI.create(site.at("/to/302") + "?" + site.elsewhere("/there")),
                        headers,
                        HttpBody.NONE,
                        Egress.DIRECT,
                        _ -> true,
                        LIMITS))
                .close();
        execute(new HttpCall(
                        "GET",
                        URI.create(site.at("/to/302") + "?/here"),
                        headers,
                        HttpBody.NONE,
                        Egress.DIRECT,
                        _ -> true,
                        LIMITS))
                .close();
        var there = site.asked("/there").getFirst().headers();
        assertThat(there).doesNotContainKeys("Authorization", "Cookie").containsKey("X-own");
        assertThat(site.asked("/here").getFirst().headers()).containsKeys("Authorization", "Cookie", "X-own");
    }

    @Test
    void a_307_keeps_method_and_body_and_a_303_neither() throws Exception {
        HttpBody body = new HttpBody.Bytes(new byte[] {1, 2, 3});
        execute(call("POST", URI.create(site.at("/to/307") + "?/kept"), body)).close();
        execute(call("POST", URI.create(site.at("/to/303") + "?/seen"), body)).close();
        assertThat(site.asked("/kept").getFirst().method()).isEqualTo("POST");
        assertThat(site.asked("/kept").getFirst().body()).containsExactly(1, 2, 3);
        assertThat(site.asked("/seen").getFirst().method()).isEqualTo("GET");
        assertThat(site.asked("/seen").getFirst().body()).isEmpty();
    }

    @Test
    void an_answer_that_is_closed_unread_harms_no_later_exchange() throws Exception {
        HttpBody body = new HttpBody.Bytes(new byte[] {1, 2, 3});
        for (int times = 0; times < REPEATS; times++) {
            execute(call("POST", URI.create(site.at("/to/307") + "?/kept"), body))
                    .close();
        }
        assertThat(site.asked("/kept")).hasSize(REPEATS);
    }

    @Test
    void nobody_listening_is_unreachable_and_nothing_was_sent() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        HttpException failure = failure(call(URI.create("http://127.0.0.1:" + port), LIMITS));
        assertThat(failure.kind()).isEqualTo(HttpException.Kind.UNREACHABLE);
        assertThat(failure.sent()).isFalse();
    }
}
