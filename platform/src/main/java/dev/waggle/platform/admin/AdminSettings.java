package dev.waggle.platform.admin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the admin API listens and what it bears.
///
/// @param port 0..65535; 0 takes a free one
/// @param firstKey a key that is to hold from now on (`WAGGLE_ADMIN_KEY`); null: one is generated when the control
/// store has none
/// @param tls null: in the clear
/// @param remoteAllowed keys may cross a network in the clear: without TLS, an address that others can reach must
/// be asked for
public record AdminSettings(
        String host,
        int port,
        @Nullable String firstKey,
        @Nullable Tls tls,
        boolean remoteAllowed,
        Limits limits) {
    private static final String ROOT = "waggle.http.";
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

    /// PEM files: the certificate with what leads to its authority, and its key (PKCS #8).
    public record Tls(Path certificateFile, Path keyFile) {}

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
        return new AdminSettings(host, port, firstKey, null, false, Limits.DEFAULT);
    }

    /// As `waggle.http` of the configuration says it.
    ///
    /// @throws IllegalArgumentException naming the first key whose value cannot be
    public static AdminSettings of(Config config, @Nullable String firstKey) {
        AdminSettings settings =
                of(text(config, "host", "an address"), number(text(config, "port", "0..65535")), firstKey);
        String certificate = config.getString(ROOT + "tls.certificate-file").strip();
        String key = config.getString(ROOT + "tls.key-file").strip();
        if (certificate.isEmpty() != key.isEmpty()) {
            throw refused(
                    key.isEmpty() ? "tls.certificate-file" : "tls.key-file",
                    "alone",
                    "certificate-file and key-file together");
        }
        settings = key.isEmpty() ? settings : settings.with(new Tls(Path.of(certificate), Path.of(key)));
        return allowed(config) ? settings.reachedByOthers() : settings;
    }

    private static String text(Config config, String key, String rule) {
        String text = config.getString(ROOT + key).strip();
        if (text.isEmpty()) {
            throw refused(key, "''", rule);
        }
        return text;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw refused("port", text, "0..65535");
        }
    }

    private static boolean allowed(Config config) {
        try {
            return config.getBoolean(ROOT + "allow-remote");
        } catch (ConfigException e) {
            throw refused("allow-remote", String.valueOf(config.getAnyRef(ROOT + "allow-remote")), "on or off");
        }
    }

    private static IllegalArgumentException refused(String key, String value, String rule) {
        return new IllegalArgumentException(ROOT + key + ": " + value + " (expected: " + rule + ")");
    }

    /// The same over TLS.
    public AdminSettings with(Tls files) {
        return new AdminSettings(host, port, firstKey, files, remoteAllowed, limits);
    }

    /// The same, where others may reach it even in the clear.
    public AdminSettings reachedByOthers() {
        return new AdminSettings(host, port, firstKey, tls, true, limits);
    }

    /// Whether keys would cross a network in the clear, and nobody said that this is meant.
    boolean exposed() {
        return tls == null && !remoteAllowed && !loopback(host);
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /// Without the key.
    @Override
    public String toString() {
        return "AdminSettings[" + host + ":" + port + "]";
    }
}
