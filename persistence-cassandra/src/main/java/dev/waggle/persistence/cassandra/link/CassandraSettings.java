package dev.waggle.persistence.cassandra.link;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.waggle.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where Cassandra is and how it is used.
///
/// @param contactPoints `host:port`, at least one
/// @param keyspace lower-case letters, digits and `_`, at most 48 characters, a letter first
/// @param replication copies (1..9) by data centre; read when the keyspace is made and never changed by us
/// @param login null: without
/// @param seenSeconds how long the ids live by which a message that comes again is known, when nobody removes them
///     before; 0: for ever
/// @param requestsMax so many requests of this process are under way at once, 1..4096; leases are not among them
/// @param trustFile PEM of the only certificates that TLS trusts; null: no TLS
public record CassandraSettings(
        List<String> contactPoints,
        String localDatacenter,
        String keyspace,
        Map<String, Integer> replication,
        @Nullable Login login,
        @Nullable Path trustFile,
        Duration requestMax,
        int requestsMax,
        int seenSeconds) {
    /// Who we are to Cassandra.
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    private static final Set<String> NAMES = Set.of(
            "contact-points",
            "local-datacenter",
            "keyspace",
            "replication",
            "user",
            "password",
            "trust-file",
            "request-timeout-ms",
            "requests-max",
            "seen-kept");
    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Pattern CENTRE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int COPIES_MAX = 9;
    /// Accounts remove what was kept for long enough at moments of their own. What lives by itself is for accounts
    /// that do not run any more, and must not go before those would remove it.
    private static final Duration LATER = Duration.ofDays(15);
    /// Cassandra knows no end of a row after the year 2038.
    private static final Duration LIVE_MAX = Duration.ofDays(3_650);

    public CassandraSettings {
        contactPoints = List.copyOf(contactPoints);
        replication = Map.copyOf(replication);
        if (!KEYSPACE.matcher(keyspace).matches()) {
            throw wrong("keyspace", keyspace, "a letter, then letters, digits and _, lower case, at most 48");
        }
        if (!replication.containsKey(localDatacenter)) {
            throw wrong("replication", replication.toString(), "the data centre " + localDatacenter + " among others");
        }
    }

    /// @throws IllegalArgumentException naming the option, its value and what was expected
    public static CassandraSettings from(StorageSettings settings) {
        for (String name : settings.options().keySet()) {
            if (!NAMES.contains(name)) {
                throw wrong(
                        name,
                        settings.option(name, ""),
                        "one of " + NAMES.stream().sorted().toList());
            }
        }
        String centre = settings.option("local-datacenter", "datacenter1");
        if (!CENTRE.matcher(centre).matches()) {
            throw wrong("local-datacenter", centre, "the name of a data centre");
        }
        String trust = settings.option("trust-file", "");
        return new CassandraSettings(
                contactPoints(settings.option("contact-points", "127.0.0.1:9042")),
                centre,
                settings.option("keyspace", "waggle"),
                replication(settings.option("replication", "3"), centre),
                login(settings.option("user", ""), settings.option("password", "")),
                trust.isEmpty() ? null : Path.of(trust),
                Duration.ofMillis(settings.number("request-timeout-ms", 5_000, 100, 60_000)),
                Math.toIntExact(settings.number("requests-max", 128, 1, 4_096)),
                seenSeconds(settings.option("seen-kept", "45d")));
    }

    private static int seenSeconds(String text) {
        try {
            Duration live = ConfigFactory.parseMap(Map.of("kept", text))
                    .getDuration("kept")
                    .plus(LATER);
            return live.compareTo(LIVE_MAX) > 0 ? 0 : Math.toIntExact(live.toSeconds());
        } catch (ConfigException | ArithmeticException e) {
            throw wrong("seen-kept", text, "a span such as 45d");
        }
    }

    private static @Nullable Login login(String user, String password) {
        if (user.isEmpty() && !password.isEmpty()) {
            throw wrong("user", "none", "a name, because there is a password");
        }
        return user.isEmpty() ? null : new Login(user, password);
    }

    private static List<String> contactPoints(String text) {
        List<String> points = new ArrayList<>();
        for (String point : text.split(",", -1)) {
            String stripped = point.strip();
            int colon = stripped.lastIndexOf(':');
            if (colon < 1 || !isPort(stripped.substring(colon + 1))) {
                throw wrong("contact-points", text, "host:port, with commas between");
            }
            points.add(stripped);
        }
        return points;
    }

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= 65_535;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /// `3`: so many copies in the local data centre; `east:3,west:3`: in each of these.
    private static Map<String, Integer> replication(String text, String local) {
        Map<String, Integer> copies = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            String centre = colon < 0 ? local : part.substring(0, colon).strip();
            try {
                int count = Integer.parseInt(part.substring(colon + 1).strip());
                if (count >= 1
                        && count <= COPIES_MAX
                        && CENTRE.matcher(centre).matches()
                        && copies.put(centre, count) == null) {
                    continue;
                }
            } catch (NumberFormatException e) {
                // Answered below, like a number that cannot be.
            }
            throw wrong("replication", text, "1..9, or data-centre:1..9 with commas between");
        }
        return copies;
    }

    private static IllegalArgumentException wrong(String name, String value, String expected) {
        String shown = name.equals("password") ? "what is written there" : value;
        return new IllegalArgumentException("storage option " + name + ": " + shown + " (expected: " + expected + ")");
    }
}
