package dev.waggle.platform.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.cluster.bootstrap.BootstrapSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether a node is one of several, and how they find and trust each other; see `waggle.cluster` in the handbook.
///
/// @param node what this one calls itself; no two members share a name
/// @param port 0: any free one
/// @param bindHost where it listens itself, when that is not where others reach it; empty: there
/// @param bindPort likewise; 0: there
/// @param seeds `host:port` of members to ask, in order; none: begins a cluster of its own, unless it is to find
/// the others by itself
/// @param shards into how many parts the accounts are divided, for ever
/// @param lease see [Fencing]
/// @param tls null: members talk in the clear, which is for loopback only
public record ClusterSettings(
        boolean enabled,
        String node,
        String host,
        int port,
        String bindHost,
        int bindPort,
        List<String> seeds,
        List<String> roles,
        String appVersion,
        int shards,
        Duration joinMax,
        Duration stableAfter,
        String lease,
        BootstrapSettings bootstrap,
        @Nullable Tls tls) {
    /// The role by which members know each other's names.
    static final String NAME = "node:";

    private static final String ROOT = "waggle.cluster.";
    private static final int SHARDS_MAX = 10_000;

    /// PEM files: a certificate with its key (PKCS #1 or #8), and the authority that every member's certificate is
    /// of.
    public record Tls(String certificateFile, String keyFile, String authorityFile) {}

    public ClusterSettings {
        seeds = List.copyOf(seeds);
        roles = List.copyOf(roles);
    }

    /// @throws IllegalArgumentException naming the first key whose value cannot be
    public static ClusterSettings of(Config config) {
        ClusterSettings settings = new ClusterSettings(
                config.getBoolean(ROOT + "enabled"),
                config.getString("waggle.node-name"),
                text(config, "host"),
                number(config, "port", 0, 65_535),
                config.getString(ROOT + "bind-host").strip(),
                number(config, "bind-port", 0, 65_535),
                list(config, "seeds", "host:port with commas between", seed -> seed.matches(".+:\\d{1,5}")),
                list(config, "roles", "names with commas between", role -> role.matches("[A-Za-z0-9._-]{1,64}")),
                text(config, "app-version"),
                number(config, "shards", 1, SHARDS_MAX),
                span(config, "join-max"),
                span(config, "stable-after"),
                config.getString(ROOT + "lease").strip(),
                BootstrapSettings.of(config),
                tls(config));
        atLeast(Duration.ZERO, config, "handover-max");
        if (settings.enabled() && settings.tls() == null) {
            loopback("host", settings.host());
            loopback("bind-host", settings.bindHost());
        }
        return settings;
    }

    private static void loopback(String key, String host) {
        if (!host.matches("|127\\..*|localhost|::1")) {
            throw refused(key, host, "a loopback address, or the files of waggle.cluster.tls");
        }
    }

    private static IllegalArgumentException refused(String key, Object value, String rule) {
        return new IllegalArgumentException(ROOT + key + ": " + value + " (expected: " + rule + ")");
    }

    private static String text(Config config, String key) {
        String text = config.getString(ROOT + key).strip();
        if (text.isEmpty()) {
            throw refused(key, "''", "some text");
        }
        return text;
    }

    private static int number(Config config, String key, int least, int most) {
        try {
            int number = config.getInt(ROOT + key);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            // Answered below like a number out of range.
        }
        throw refused(key, config.getAnyRef(ROOT + key), "a whole number " + least + ".." + most);
    }

    private static Duration span(Config config, String key) {
        return atLeast(Duration.ofNanos(1), config, key);
    }

    private static Duration atLeast(Duration least, Config config, String key) {
        try {
            Duration span = config.getDuration(ROOT + key);
            if (span.compareTo(least) >= 0) {
                return span;
            }
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            // Answered below like a span that is none.
        }
        throw refused(key, config.getAnyRef(ROOT + key), "a span of time, such as 30s");
    }

    private static List<String> list(Config config, String key, String rule, Predicate<String> fits) {
        String text = config.getString(ROOT + key);
        List<String> items = Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (!items.stream().allMatch(fits)) {
            throw refused(key, text, rule);
        }
        return items;
    }

    private static @Nullable Tls tls(Config config) {
        String certificate = config.getString(ROOT + "tls.certificate-file").strip();
        String key = config.getString(ROOT + "tls.key-file").strip();
        String authority = config.getString(ROOT + "tls.authority-file").strip();
        if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
            return null;
        }
        if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
            String lone = !certificate.isEmpty() ? "certificate-file" : !key.isEmpty() ? "key-file" : "authority-file";
            throw refused("tls." + lone, "alone", "certificate-file, key-file and authority-file together");
        }
        return new Tls(certificate, key, authority);
    }

    /// Whom a node that wants to join asks, for people.
    String asked() {
        return switch (bootstrap.way()) {
            case SEEDS -> seeds.isEmpty() ? "itself" : String.join(", ", seeds);
            case CONTACT_POINTS -> String.join(", ", bootstrap.contactPoints());
            case KUBERNETES -> "pods with " + bootstrap.kubernetes().labelSelector();
        };
    }

    /// What the actor system must be told, over everything else. Alone: nothing, so no port is opened.
    public Config actorSystemConfig() {
        if (!enabled) {
            return ConfigFactory.empty();
        }
        Map<String, Object> all = new HashMap<>(bootstrap.actorSystemConfig());
        all.put("pekko.actor.provider", "cluster");
        all.put("pekko.remote.artery.canonical.hostname", host);
        all.put("pekko.remote.artery.canonical.port", port);
        if (!bindHost.isEmpty()) {
            all.put("pekko.remote.artery.bind.hostname", bindHost);
        }
        if (bindPort != 0) {
            all.put("pekko.remote.artery.bind.port", bindPort);
        }
        all.put("pekko.cluster.app-version", appVersion);
        all.put(
                "pekko.cluster.roles",
                Stream.concat(Stream.of(NAME + node), roles.stream()).toList());
        all.put("pekko.cluster.split-brain-resolver.stable-after", stableAfter);
        all.put("pekko.cluster.sharding.number-of-shards", shards);
        Tls files = tls;
        all.put("pekko.remote.artery.transport", files == null ? "tcp" : "tls-tcp");
        if (files != null) {
            String engine = "pekko.remote.artery.ssl.rotating-keys-engine.";
            all.put(
                    "pekko.remote.artery.ssl.ssl-engine-provider",
                    "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider");
            all.put(engine + "cert-file", files.certificateFile());
            all.put(engine + "key-file", files.keyFile());
            all.put(engine + "ca-cert-file", files.authorityFile());
        }
        return ConfigFactory.parseMap(all);
    }
}
