package dev.waggle.platform.admin;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the admin API listens and what it bears.
///
/// @param port 0..65535; 0 takes a free one
/// @param firstKey a key that is to hold from now on (`WAGGLE_ADMIN_KEY`); null: one is generated when the control
/// store has none
/// @param remoteAllowed the API speaks no TLS itself: an address that others can reach must be asked for
public record AdminSettings(String host, int port, @Nullable String firstKey, boolean remoteAllowed, Limits limits) {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,256}");

    /// @param connectionsMax connections served at once; more wait to be accepted
    /// @param bodyBytesMax above it a request is refused with `body-too-large`
    /// @param streamsMax event streams open at once
    /// @param bodyMax how long a body may take to arrive
    /// @param heartbeat how often an idle event stream shows that it lives; below the server's idle timeout
    public record Limits(int connectionsMax, int bodyBytesMax, int streamsMax, Duration bodyMax, Duration heartbeat) {
        public static final Limits DEFAULT =
                new Limits(2_048, 1024 * 1024, 1_024, Duration.ofSeconds(20), Duration.ofSeconds(15));
    }

    public AdminSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("waggle.http.port: " + port + " (expected: 0..65535)");
        }
        if (firstKey != null && !KEY.matcher(firstKey).matches()) {
            throw new IllegalArgumentException(
                    "WAGGLE_ADMIN_KEY: " + firstKey.length() + " characters (expected: 1..256 printable, no spaces)");
        }
    }

    public static AdminSettings of(String host, int port, @Nullable String firstKey) {
        return new AdminSettings(host, port, firstKey, false, Limits.DEFAULT);
    }

    /// Without the key.
    @Override
    public String toString() {
        return "AdminSettings[" + host + ":" + port + "]";
    }
}
