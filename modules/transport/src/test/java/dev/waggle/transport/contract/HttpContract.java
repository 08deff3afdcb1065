package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waggle.transport.Egress;
import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the HTTP contracts share: a client of yours, a site of ours.
public abstract class HttpContract {
    static final HttpCall.Limits LIMITS = new HttpCall.Limits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), 128L * 1024 * 1024, 3);

    HttpClient client;
    Site site;

    /// A client that nobody else uses; it is closed after the test.
    protected abstract HttpClient open();

    @BeforeEach
    void start() throws Exception {
        client = open();
        site = Site.plain();
    }

    @AfterEach
    void stop() {
        client.close();
        site.close();
    }

    HttpExchange execute(HttpCall call) throws Exception {
        try {
            return client.execute(call).toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    HttpExchange get(URI uri) throws Exception {
        return execute(call(uri, LIMITS));
    }

    static HttpCall call(URI uri, HttpCall.Limits limits) {
        return new HttpCall("GET", uri, Map.of(), HttpBody.NONE, Egress.DIRECT, _ -> true, limits);
    }

    static HttpCall call(String method, URI uri, HttpBody body) {
        return new HttpCall(method, uri, Map.of(), body, Egress.DIRECT, _ -> true, LIMITS);
    }

    static HttpCall via(URI uri, Egress egress) {
        return new HttpCall("GET", uri, Map.of(), HttpBody.NONE, egress, _ -> true, LIMITS);
    }

    /// The call fails, or reading its answer does.
    HttpException failure(HttpCall call) {
        Throwable thrown = catchThrowable(() -> {
            try (HttpExchange exchange = execute(call)) {
                exchange.body().transferTo(java.io.OutputStream.nullOutputStream());
            }
        });
        assertThat(thrown).isInstanceOf(HttpException.class);
        return (HttpException) thrown;
    }

    static String text(HttpExchange exchange) throws Exception {
        try (exchange) {
            return new String(exchange.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
