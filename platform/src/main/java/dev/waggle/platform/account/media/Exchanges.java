package dev.waggle.platform.account.media;

import dev.waggle.transport.Egress;
import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.http.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Exchanges with a media host; blocks.
final class Exchanges {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int REDIRECTS_MAX = 3;
    private static final Map<String, String> HEADERS =
            Map.of("Origin", "https://web.whatsapp.com", "Referer", "https://web.whatsapp.com/");

    private final HttpClient http;
    private final Supplier<Egress> egress;
    private final MediaSettings settings;

    Exchanges(HttpClient http, Supplier<Egress> egress, MediaSettings settings) {
        this.http = http;
        this.egress = egress;
        this.settings = settings;
    }

    /// @param bytesMax of the answer's body
    HttpExchange get(String host, String path, long bytesMax) throws IOException {
        return run(call("GET", host, path, HttpBody.NONE, bytesMax));
    }

    HttpExchange post(String host, String path, HttpBody body) throws IOException {
        return run(call("POST", host, path, body, 64 * 1024));
    }

    private HttpCall call(String method, String host, String path, HttpBody body, long bytesMax) throws IOException {
        URI uri;
        try {
            uri = URI.create("https://" + host + path);
        } catch (IllegalArgumentException e) {
            throw new TransferException(TransferException.Kind.BROKEN, "the message names no path (expected: a URI's)");
        }
        return new HttpCall(
                method,
                uri,
                HEADERS,
                body,
                egress.get(),
                _ -> true,
                new HttpCall.Limits(CONNECT_MAX, settings.transferMax(), settings.idleMax(), bytesMax, REDIRECTS_MAX));
    }

    private HttpExchange run(HttpCall call) throws IOException {
        try {
            return http.execute(call).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        }
    }
}
