package dev.waggle.transport.http;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The answer to a call. Whoever got it closes it; closing before the end of the body ends the connection.
///
/// @param uri where the answer came from, after redirects
/// @param headers names in lower case
/// @param body blocks; a read fails with an [HttpException] when the connection breaks, the body is cut short, or
///     the call's limit is passed; never null, empty when there is none
public record HttpExchange(URI uri, int status, Map<String, List<String>> headers, InputStream body)
        implements AutoCloseable {
    public HttpExchange {
        headers = Map.copyOf(headers);
    }

    /// The first value of a header.
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (java.io.IOException _) {
            // What is thrown away cannot be lost.
        }
    }
}
