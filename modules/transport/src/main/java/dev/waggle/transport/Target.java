package dev.waggle.transport;

import java.net.URI;
import java.time.Duration;

/// Where to connect to and how.
///
/// @param uri `ws` or `wss`
/// @param connectMax to the end of the upgrade
public record Target(URI uri, Egress egress, Duration connectMax) {
    public Target {
        String scheme = String.valueOf(uri.getScheme());
        if ((!scheme.equals("ws") && !scheme.equals("wss")) || uri.getHost() == null) {
            throw new IllegalArgumentException("url: " + uri + " (expected: ws://host or wss://host)");
        }
    }

    public static Target of(URI uri) {
        return new Target(uri, Egress.DIRECT, Duration.ofSeconds(20));
    }

    public Target via(Egress other) {
        return new Target(uri, other, connectMax);
    }

    public boolean secure() {
        return uri.getScheme().equals("wss");
    }

    public int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }
}
