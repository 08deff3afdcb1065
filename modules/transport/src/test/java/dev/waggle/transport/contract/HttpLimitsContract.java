package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.Egress;
import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Exchanges that do not complete, and those that must not take all there is.
public abstract class HttpLimitsContract extends HttpContract {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final HttpCall.Limits HASTY = new HttpCall.Limits(SHORT, SHORT, SHORT, 1000, 0);

    private static HttpCall.Limits hasty(int headSeconds) {
        Duration head = Duration.ofSeconds(headSeconds);
        return new HttpCall.Limits(head, head, SHORT, 1000, 0);
    }

    @Test
    void a_body_above_the_limit_fails_while_it_is_read() throws Exception {
        HttpCall call = call(site.at("/bytes/1001"), hasty(10));
        try (HttpExchange exchange = execute(call)) {
            assertThat(exchange.status()).isEqualTo(200);
            assertThatThrownBy(() -> exchange.body().readAllBytes())
                    .isInstanceOfSatisfying(
                            HttpException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(HttpException.Kind.TOO_LARGE));
        }
        try (HttpExchange exchange = get(site.at("/bytes/1000"))) {
            assertThat(exchange.body().readAllBytes()).hasSize(1000);
        }
    }

    @Test
    void an_answer_that_does_not_come_is_a_timeout_of_something_sent() throws Exception {
        try (Rude silent = Rude.saying("")) {
            HttpException failure = failure(call(silent.uri(), HASTY));
            assertThat(failure.kind()).isEqualTo(HttpException.Kind.TIMEOUT);
            assertThat(failure.sent()).isTrue();
        }
    }

    @Test
    void tls_that_is_not_answered_is_a_timeout_of_nothing_sent() throws Exception {
        try (Rude silent = Rude.saying("")) {
            HttpException failure = failure(call(URI.create("https://127.0.0.1:" + silent.port()), HASTY));
            assertThat(failure.kind()).isEqualTo(HttpException.Kind.TIMEOUT);
            assertThat(failure.sent()).isFalse();
        }
    }

    @Test
    void a_body_that_stands_still_is_a_timeout() throws Exception {
        try (Rude half = Rude.saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")) {
            assertThat(failure(call(half.uri(), HASTY)).kind()).isEqualTo(HttpException.Kind.TIMEOUT);
        }
    }

    @Test
    void a_server_that_does_not_take_the_body_is_a_timeout() throws Exception {
        try (Rude deaf = new Rude(socket -> new CountDownLatch(1).await())) {
            HttpCall large = new HttpCall(
                    "POST",
                    deaf.uri(),
                    Map.of(),
                    new HttpBody.Streamed(1L << 30, Endless::new),
                    Egress.DIRECT,
                    _ -> true,
                    hasty(20));
            assertThat(failure(large).kind()).isEqualTo(HttpException.Kind.TIMEOUT);
        }
    }

    @Test
    void an_answer_before_the_body_is_through_is_the_answer() throws Exception {
        try (Rude full = Rude.saying("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
                HttpExchange exchange =
                        execute(call("POST", full.uri(), new HttpBody.Streamed(1L << 40, Endless::new)))) {
            assertThat(exchange.status()).isEqualTo(413);
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 7;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return length;
        }
    }

    @Test
    void a_body_cut_short_is_broken() throws Exception {
        for (String head :
                new String[] {"Content-Length: 10\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf"}) {
            try (Rude half = Rude.sayingAndGone("HTTP/1.1 200 OK\r\n" + head)) {
                assertThat(failure(call(half.uri(), LIMITS)).kind()).isEqualTo(HttpException.Kind.BROKEN);
            }
        }
    }

    @Test
    void a_body_that_ends_with_the_connection_is_whole() throws Exception {
        try (Rude old = Rude.sayingAndGone("HTTP/1.0 200 OK\r\n\r\nall of it")) {
            assertThat(text(get(old.uri()))).isEqualTo("all of it");
        }
    }

    @Test
    void an_interim_answer_is_not_the_answer() throws Exception {
        try (Rude early = Rude.saying(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            assertThat(text(get(early.uri()))).isEqualTo("ok");
        }
    }

    @Test
    void a_connection_that_ends_without_an_answer_is_broken() throws Exception {
        try (Rude mute = Rude.sayingAndGone("")) {
            assertThat(failure(call(mute.uri(), LIMITS)).kind()).isEqualTo(HttpException.Kind.BROKEN);
        }
    }

    @Test
    void what_is_not_http_is_malformed() throws Exception {
        for (String garbage : new String[] {"SSH-2.0-OpenSSH_9\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"}) {
            try (Rude other = Rude.sayingAndGone(garbage)) {
                assertThat(failure(call(other.uri(), LIMITS)).kind()).isEqualTo(HttpException.Kind.MALFORMED);
            }
        }
    }

    @Test
    void a_head_without_end_is_malformed() throws Exception {
        try (Rude endless = new Rude(socket -> {
            Rude.head(socket);
            Rude.write(socket, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 1_000_000; i++) {
                Rude.write(socket, "X-Filler-" + i + ": " + "x".repeat(100) + "\r\n");
            }
        })) {
            assertThat(failure(call(endless.uri(), LIMITS)).kind()).isEqualTo(HttpException.Kind.MALFORMED);
        }
    }

    @Test
    void a_cancelled_call_ends_its_connection() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (Rude silent = new Rude(socket -> {
            Rude.head(socket);
            asked.countDown();
            if (socket.getInputStream().read() < 0) {
                gone.countDown();
            }
        })) {
            CompletableFuture<HttpExchange> call =
                    client.execute(call(silent.uri(), LIMITS)).toCompletableFuture();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            call.cancel(true);
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_closed_exchange_ends_its_connection() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (Rude half = new Rude(socket -> {
            Rude.head(socket);
            Rude.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            if (socket.getInputStream().read() < 0) {
                gone.countDown();
            }
        })) {
            get(half.uri()).close();
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_closed_client_ends_what_is_under_way() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Rude silent = new Rude(socket -> {
            Rude.head(socket);
            asked.countDown();
        })) {
            CompletableFuture<HttpExchange> call =
                    client.execute(call(silent.uri(), LIMITS)).toCompletableFuture();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            client.close();
            assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(HttpException.class);
            assertThat(failure(call(silent.uri(), LIMITS)).kind()).isEqualTo(HttpException.Kind.UNREACHABLE);
        }
    }

    /// The server finds its socket full although the client could have it all: then reading is what makes room.
    @Test
    void a_slow_reader_slows_the_server_down() throws Exception {
        int size = 64 * 1024 * 1024;
        CompletableFuture<Integer> full = new CompletableFuture<>();
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Thread.ofVirtual().start(() -> pour(server, size, full));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            try (HttpExchange exchange = get(URI.create("http://127.0.0.1:" + port + "/"))) {
                assertThat(full.get(20, TimeUnit.SECONDS)).isLessThan(size / 2);
                assertThat(exchange.body().readAllBytes()).hasSize(size);
            }
        }
    }

    private static void pour(ServerSocketChannel server, int size, CompletableFuture<Integer> full) {
        try (SocketChannel socket = server.accept();
                Selector selector = Selector.open()) {
            Rude.head(socket.socket());
            ByteBuffer head = ByteBuffer.wrap(
                    ("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.write(head);
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_WRITE);
            int written = 0;
            while (written < size) {
                if (selector.select(1000) == 0) {
                    full.complete(written);
                }
                selector.selectedKeys().clear();
                written += socket.write(ByteBuffer.allocate(Math.min(65_536, size - written)));
            }
            full.complete(written);
        } catch (Exception e) {
            full.completeExceptionally(e);
        }
    }
}
