package dev.waggle.cache.redis;

import dev.waggle.storage.cache.CacheSettings;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the server is and how it is asked.
///
/// @param trust PEM file of the only certificates that TLS trusts; null: those of the JDK
/// @param prefix of every key, so that installations can share a server
/// @param timeout of one call; a connection may take ten of them to be made
record RedisOptions(RedisURI server, @Nullable Path trust, String prefix, Duration timeout) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9:._-]{0,32}");
    private static final int TIMEOUT_MAX_MILLIS = 10_000;

    /// @throws IllegalArgumentException when an option breaks its rule; it names the option, and no secret
    static RedisOptions of(CacheSettings settings) {
        String trust = settings.option("trust-file", "");
        if (!trust.isEmpty() && !Files.isReadable(Path.of(trust))) {
            throw refused("trust-file", trust, "a readable PEM file, or nothing");
        }
        String prefix = settings.option("prefix", "waggle:");
        if (!PREFIX.matcher(prefix).matches()) {
            throw refused("prefix", prefix, "0..32 of a-z A-Z 0-9 : . _ -");
        }
        Duration timeout = millis(settings.option("timeout-millis", "100"));
        return new RedisOptions(server(settings, timeout), trust.isEmpty() ? null : Path.of(trust), prefix, timeout);
    }

    private static RedisURI server(CacheSettings settings, Duration timeout) {
        URI url = url(settings.option("url", "redis://127.0.0.1:6379"));
        String database = url.getPath() == null ? "" : url.getPath();
        RedisURI.Builder server = RedisURI.builder()
                .withHost(url.getHost())
                .withPort(url.getPort() < 0 ? RedisURI.DEFAULT_REDIS_PORT : url.getPort())
                .withSsl(url.getScheme().equals("rediss"))
                .withVerifyPeer(true)
                .withTimeout(timeout.multipliedBy(10))
                .withDatabase(database.length() < 2 ? 0 : Integer.parseInt(database.substring(1)));
        String user = settings.option("user", "");
        String password = settings.option("password", "");
        if (!user.isEmpty()) {
            server.withAuthentication(user, password.toCharArray());
        } else if (!password.isEmpty()) {
            server.withPassword(password.toCharArray());
        }
        return server.build();
    }

    /// A secret in the address would end in logs: it has options of its own.
    private static URI url(String text) {
        String rule = "redis://host:port/database or rediss://..., the login in options of its own";
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("url", "not an address", rule);
        }
        String path = url.getPath() == null ? "" : url.getPath();
        boolean known = "redis".equals(url.getScheme()) || "rediss".equals(url.getScheme());
        if (url.getUserInfo() != null) {
            throw refused("url", "one with a login", rule);
        }
        if (!known || url.getHost() == null || !path.matches("(/[0-9]{0,4})?") || url.getQuery() != null) {
            throw refused("url", text, rule);
        }
        return url;
    }

    private static Duration millis(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= TIMEOUT_MAX_MILLIS) {
                return Duration.ofMillis(value);
            }
        } catch (NumberFormatException e) {
            // Answered below like a number that is out of bounds.
        }
        throw refused("timeout-millis", text, "a whole number 1.." + TIMEOUT_MAX_MILLIS);
    }

    private static IllegalArgumentException refused(String name, String value, String rule) {
        return new IllegalArgumentException("cache option " + name + ": " + value + " (expected: " + rule + ")");
    }

    /// Where it is, without a secret.
    String place() {
        return server.getHost() + ":" + server.getPort();
    }

    @Override
    public String toString() {
        return "RedisOptions[" + place() + "]";
    }
}
