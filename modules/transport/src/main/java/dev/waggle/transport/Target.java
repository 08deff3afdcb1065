package dev.waggle.transport;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where to connect to and how.
///
/// @param uri `ws` or `wss`
/// @param proxy none when null
/// @param trust PEM file of the only certificates that are trusted; the JDK's when null
public record Target(
        URI uri, @Nullable Proxy proxy, @Nullable Path trust, Duration connectMax) {
    /// @param login none when null
    public record Proxy(
            Kind kind, String host, int port, @Nullable Login login) {
        public enum Kind {
            SOCKS5,
            HTTP_CONNECT
        }
    }

    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    public Target {
        String scheme = String.valueOf(uri.getScheme());
        if ((!scheme.equals("ws") && !scheme.equals("wss")) || uri.getHost() == null) {
            throw new IllegalArgumentException("url: " + uri + " (expected: ws://host or wss://host)");
        }
    }

    public static Target of(URI uri) {
        return new Target(uri, null, null, Duration.ofSeconds(20));
    }

    public boolean secure() {
        return uri.getScheme().equals("wss");
    }

    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }
}
