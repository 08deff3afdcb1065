package dev.waggle.platform.webhook.call;

import dev.waggle.address.Bytes;
import dev.waggle.transport.Egress;
import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import dev.waggle.transport.runtime.TaskRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/// Carries one delivery. Thread-safe.
public final class Courier {
    private static final String AGENT = "Waggle-Webhook/1";
    /// Of an answer's body, read only to keep the connection.
    private static final int ANSWER_BYTES_MAX = 16 * 1024;

    /// @param keys that sign
    public record Address(URI url, Map<String, String> headers, List<Bytes> keys) {
        public Address {
            headers = Map.copyOf(headers);
            keys = List.copyOf(keys);
        }
    }

    private final HttpClient http;
    private final Egress egress;
    private final AddressGuard guard;
    private final HttpCall.Limits limits;
    private final TaskRuntime runtime;
    private final Clock clock;

    /// @param answerMax from the connection to the status
    /// @param runtime for reading what comes after the status
    public Courier(
            HttpClient http,
            Egress egress,
            AddressGuard guard,
            Duration connectMax,
            Duration answerMax,
            TaskRuntime runtime,
            Clock clock) {
        this.http = http;
        this.egress = egress;
        this.guard = guard;
        this.limits = new HttpCall.Limits(connectMax, answerMax, answerMax, ANSWER_BYTES_MAX, 0);
        this.runtime = runtime;
        this.clock = clock;
    }

    /// @param id the same at each attempt
    public CompletionStage<Outcome> carry(Address to, String id, byte[] body) {
        long seconds = clock.instant().getEpochSecond();
        Map<String, String> headers = new HashMap<>(to.headers());
        headers.put("Content-Type", "application/json");
        headers.putIfAbsent("User-Agent", AGENT);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", Signature.header(to.keys(), id, seconds, body));
        HttpCall call = new HttpCall("POST", to.url(), headers, new HttpBody.Bytes(body), egress, guard, limits);
        return http.execute(call)
                .thenCompose(exchange -> runtime.spawn("webhook", () -> answered(exchange))
                        .done()
                        // Closed already, unless there was no room to read it.
                        .whenComplete((_, _) -> exchange.close()))
                .exceptionally(failure -> new Outcome.Unanswered(why(failure)));
    }

    private Outcome answered(HttpExchange exchange) {
        try (exchange) {
            discard(exchange.body());
            Duration wait = exchange.header("retry-after")
                    .map(text -> RetryAfter.parse(text, clock.instant()))
                    .orElse(Duration.ZERO);
            return Outcome.of(exchange.status(), wait);
        }
    }

    /// The status has said everything: a body that is long, or breaks, changes nothing.
    private void discard(InputStream body) {
        long end = System.nanoTime() + limits.idleMax().toNanos();
        byte[] bytes = new byte[1024];
        try {
            int rest = ANSWER_BYTES_MAX - bytes.length;
            for (int read = body.read(bytes); read >= 0 && rest > 0 && System.nanoTime() < end; ) {
                rest -= read;
                read = body.read(bytes);
            }
        } catch (IOException _) {
            // The connection is not used again.
        }
    }

    /// A word and a sentence; never the address itself, which may hold a credential.
    private static String why(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case HttpException http -> word(http.kind());
            case TimeoutException _ -> word(HttpException.Kind.TIMEOUT);
            default -> "failed: " + cause.getClass().getSimpleName();
        };
    }

    private static String word(HttpException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> "unreachable: nobody listens, or the name is unknown";
            case ADDRESS_REFUSED -> "address-refused: the name leads to an address that may not be called";
            case TLS -> "tls: the certificate is not trusted, or TLS failed";
            case TIMEOUT -> "timeout: no answer in time";
            case BROKEN -> "broken: the connection ended before the answer";
            case TOO_LARGE, TOO_MANY_REDIRECTS, MALFORMED -> "malformed: not an answer in HTTP";
        };
    }
}
