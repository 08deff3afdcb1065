package dev.waggle.transport.http;

import dev.waggle.transport.Egress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/// One exchange to be made.
///
/// @param uri `http` or `https`, with a host
/// @param egress proxy and trust
/// @param guard asked for each address that the name stands for; the connection goes to one that passed, to no
///     other. Behind a proxy the proxy resolves, and only a literal address in the URI is asked for
/// @param limits how long and how much
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> headers,
        HttpBody body,
        Egress egress,
        Predicate<InetAddress> guard,
        Limits limits) {
    /// @param connectMax to the end of the TLS handshake
    /// @param headMax from the connection to the head of the answer, request body included
    /// @param idleMax no byte either way for this long
    /// @param bodyBytesMax of the answer's body
    /// @param redirectsMax 0: a redirect is an answer like any other
    public record Limits(Duration connectMax, Duration headMax, Duration idleMax, long bodyBytesMax, int redirectsMax) {
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 128L * 1024 * 1024, 5);
    }

    public HttpCall {
        String scheme = String.valueOf(uri.getScheme());
        if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
            throw new IllegalArgumentException("url: " + uri + " (expected: http://host or https://host)");
        }
        headers = Map.copyOf(headers);
    }

    public static HttpCall get(URI uri, Egress egress) {
        return new HttpCall("GET", uri, Map.of(), HttpBody.NONE, egress, _ -> true, Limits.DEFAULT);
    }

    public boolean secure() {
        return uri.getScheme().equals("https");
    }

    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }
}
