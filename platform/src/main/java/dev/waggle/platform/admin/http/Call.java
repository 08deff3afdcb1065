package dev.waggle.platform.admin.http;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.StreamConverters;

/// One request on its way through a route.
///
/// @param values the path's names with what stood there
/// @param form the media type that the answer is to have
public record Call(
        HttpRequest request,
        Map<String, String> values,
        Query query,
        String form,
        BodyLimits limits,
        Materializer materializer) {
    /// @param bytes a body with more is refused
    /// @param time a body that took longer is refused
    public record BodyLimits(int bytes, Duration time) {}

    /// @throws ProblemException when the query or what the client accepts does not fit the route
    public static Call of(HttpRequest request, RouteTable.Match match, BodyLimits limits, Materializer materializer) {
        Route route = match.route();
        Query query = Query.parse(request.getUri().rawQueryString().orElse(null), route.query());
        String form = Accepting.choose(headers(request, "Accept"), route.forms());
        return new Call(request, match.values(), query, form, limits, materializer);
    }

    private static String headers(HttpRequest request, String name) {
        StringBuilder all = new StringBuilder();
        request.getHeaders().forEach(header -> {
            if (header.is(name.toLowerCase(java.util.Locale.ROOT))) {
                all.append(all.isEmpty() ? "" : ", ").append(header.value());
            }
        });
        return all.toString();
    }

    public String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not in the path of this route");
        }
        return value;
    }

    /// All headers of this name, joined by commas; empty when there is none.
    public Optional<String> header(String name) {
        return Optional.of(headers(request, name)).filter(value -> !value.isEmpty());
    }

    /// There when the client asks for a WebSocket.
    public Optional<WebSocketUpgrade> upgrade() {
        return request.getAttribute(AttributeKeys.webSocketUpgrade);
    }

    /// The body as an object with no other fields than these. No body reads as `{}`.
    public CompletionStage<JsonBody> json(Set<String> fields) {
        return bytes().thenApply(bytes -> JsonBody.parse(bytes, fields));
    }

    /// The body as it comes, to be read where blocking is allowed. No limit is held here: whoever reads has one.
    public InputStream stream() {
        return request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .runWith(StreamConverters.asInputStream(limits.time()), materializer);
    }

    /// How long the body says that it is; below 0 when it does not.
    public long announcedLength() {
        return request.entity().getContentLengthOption().orElse(-1);
    }

    private CompletionStage<byte[]> bytes() {
        RequestEntity entity = request.entity();
        if (entity.isKnownEmpty()) {
            return CompletableFuture.completedStage(new byte[0]);
        }
        String type = entity.getContentType().mediaType().toString();
        if (!type.equals(MediaTypes.APPLICATION_JSON.toString())) {
            throw Problem.UNSUPPORTED_MEDIA_TYPE.because("Content-Type", type, "application/json");
        }
        if (entity.getContentLengthOption().orElse(0) > limits.bytes()) {
            // Taken in for a while, so that the client gets to read the answer.
            entity.withSizeLimit(8L * limits.bytes()).discardBytes(materializer);
            throw tooLarge();
        }
        return entity.withSizeLimit(limits.bytes())
                .toStrict(limits.time().toMillis(), limits.bytes(), materializer)
                .thenApply(strict -> strict.getData().toArray())
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(unread(failure)));
    }

    private Throwable unread(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case EntityStreamSizeException _ -> tooLarge();
            case TimeoutException _ -> Problem.BODY_TOO_SLOW.because("body", "incomplete", "within " + limits.time());
            default -> Problem.MALFORMED_REQUEST.because("body", "cut off", "as long as announced");
        };
    }

    private ProblemException tooLarge() {
        return Problem.BODY_TOO_LARGE.because("body", "more", "at most " + limits.bytes() + " bytes");
    }
}
