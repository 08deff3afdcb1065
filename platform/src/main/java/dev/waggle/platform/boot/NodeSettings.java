package dev.waggle.platform.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.waggle.address.Bytes;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.boot.rehearsal.Failpoint;
import dev.waggle.platform.cluster.ClusterSettings;
import dev.waggle.platform.cluster.budget.Rate;
import dev.waggle.platform.safekeeping.MasterKeys;
import dev.waggle.platform.webhook.WebhookSettings;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.storage.StorageSettings;
import dev.waggle.transport.Egress;
import dev.waggle.transport.ProxyUrl;
import dev.waggle.transport.ProxyUrlException;
import dev.waggle.transport.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a node is started with.
///
/// @param backend a name that a storage driver answers to
/// @param vault how values are sealed at rest; null: they are not
/// @param config everything else, for the actor system and the rooms that read their own keys
public record NodeSettings(
        String name,
        Target whatsapp,
        RootKey rootKey,
        ClientSettings client,
        String backend,
        StorageSettings storage,
        @Nullable VaultSettings vault,
        Config config) {
    /// Key -> the least it can be.
    private static final Map<String, Integer> COUNTS = Map.ofEntries(
            Map.entry("waggle.account.open-sends-max", 1),
            Map.entry("waggle.account.unapplied-max", 1),
            Map.entry("waggle.account.snapshot-every", 2),
            Map.entry("waggle.account.scheduled-max", 0),
            Map.entry("waggle.media.transfers-max", 1),
            Map.entry("waggle.media.waiting-max", 0),
            Map.entry("waggle.cluster.questions-max", 1),
            Map.entry("waggle.plugin.step-events-max", 1),
            Map.entry("waggle.plugin.failures-max", 1),
            Map.entry("waggle.webhook.webhooks-max", 1),
            Map.entry("waggle.webhook.calls-max", 1),
            Map.entry("waggle.webhook.failures-max", 1),
            Map.entry("waggle.webhook.parked-max", 1),
            Map.entry("waggle.webhook.dead-letters-max", 0));

    private static final Map<String, String> SECRETS = Map.of(
            "WAGGLE_REDIS_PASSWORD", "waggle.cache.redis.password",
            "WAGGLE_CASSANDRA_PASSWORD", "waggle.storage.cassandra.password");

    private static final List<String> SPANS = List.of(
            "waggle.account.idempotency-window",
            "waggle.retention.every",
            "waggle.retention.received",
            "waggle.retention.sent",
            "waggle.retention.states",
            "waggle.retention.sends",
            "waggle.retention.files",
            "waggle.retention.seen",
            "waggle.media.keep",
            "waggle.media.idle-max",
            "waggle.media.phone-max",
            "waggle.account.schedule-horizon",
            "waggle.connection.handshake-max",
            "waggle.connection.silence-max",
            "waggle.connection.pong-max",
            "waggle.plugin.handler-max",
            "waggle.webhook.connect-max",
            "waggle.webhook.answer-max",
            "waggle.webhook.give-up-after",
            "waggle.webhook.probe-every",
            "waggle.webhook.lag-alert");

    /// Backends whose data no other process can reach.
    private static final Set<String> ONE_NODE = Set.of("sqlite", "memory");

    /// @param masterKey 64 hex digits or base64; null: the file has it
    public record VaultSettings(@Nullable String masterKey, Path masterKeyFile) {
        MasterKeys keys() {
            return new MasterKeys(masterKey, masterKeyFile);
        }

        @Override
        public String toString() {
            return "VaultSettings[" + masterKeyFile + "]";
        }
    }

    /// A node that is told only what it cannot do without; everything else as in the defaults.
    public NodeSettings(URI whatsapp, RootKey rootKey, String backend, Path dataDirectory, String deviceName) {
        this(
                "node-1",
                Target.of(whatsapp),
                rootKey,
                ClientSettings.of(
                        ClientVersion.parse(ConfigFactory.load().getString("waggle.whatsapp.web-version")), deviceName),
                backend,
                StorageSettings.in(dataDirectory),
                new VaultSettings(null, dataDirectory.resolve("master.key")),
                ConfigFactory.load());
    }

    /// The same, with another way out.
    public NodeSettings via(Egress egress) {
        return new NodeSettings(name, whatsapp.via(egress), rootKey, client, backend, storage, vault, config);
    }

    /// @param environment by name, or null when it is not set
    /// @throws SettingsException at the first value that cannot be
    public static NodeSettings of(Config given, Function<String, @Nullable String> environment) {
        Config config = secrets(environment).withFallback(given);
        Path data = read(config, "waggle.data-dir", "a path", value -> Path.of(notBlank(value)));
        Path keyFile = read(config, "waggle.storage.master-key-file", "a path, or nothing", Path::of);
        VaultSettings vault = new VaultSettings(
                environment.apply("WAGGLE_MASTER_KEY"),
                keyFile.toString().isEmpty() ? data.resolve("master.key") : keyFile);
        ClientVersion version =
                read(config, "waggle.whatsapp.web-version", "three numbers with dots", ClientVersion::parse);
        limits(config);
        shared(config);
        NodeCache.driver(config);
        NodeCache.settings(config);
        read(config, "waggle.failpoint", "a name, a colon and a number from 1, or nothing", Failpoint::parse);
        path(config, "waggle.rehearsal-file");
        return new NodeSettings(
                text(config, "waggle.node-name"),
                target(config),
                read(config, "waggle.whatsapp.root-key", "64 hex digits, or nothing", NodeSettings::rootKey),
                read(
                        config,
                        "waggle.whatsapp.device-name",
                        "1..64 characters",
                        name -> ClientSettings.of(version, name)),
                text(config, "waggle.storage.backend"),
                new StorageSettings(data, options(config, text(config, "waggle.storage.backend"))),
                flag(config, "waggle.storage.sealed") ? vault : null,
                config);
    }

    /// Settings that a person keeps out of files.
    private static Config secrets(Function<String, @Nullable String> environment) {
        Map<String, String> found = new HashMap<>();
        SECRETS.forEach((name, key) -> {
            String secret = environment.apply(name);
            if (secret != null) {
                found.put(key, secret);
            }
        });
        return ConfigFactory.parseMap(found);
    }

    /// What stands below the backend's own name is for its driver. Names that no driver brings along were refused
    /// before, like every key that nobody reads.
    private static Map<String, String> options(Config config, String backend) {
        String path = ConfigUtil.joinPath("waggle", "storage", backend);
        if (!config.hasPath(path)) {
            return Map.of();
        }
        Map<String, String> options = new HashMap<>();
        for (var option : read(config, path).entrySet()) {
            options.put(
                    String.join(".", ConfigUtil.splitPath(option.getKey())),
                    String.valueOf(option.getValue().unwrapped()));
        }
        return options;
    }

    private static Config read(Config config, String path) {
        try {
            return config.getConfig(path);
        } catch (ConfigException e) {
            throw new SettingsException(path, String.valueOf(config.getAnyRef(path)), "options of that backend");
        }
    }

    /// The same, with other settings for what rooms and the backend read themselves.
    public NodeSettings with(Config changed) {
        Config all = changed.withFallback(config);
        StorageSettings stored = new StorageSettings(storage.dataDirectory(), options(all, backend));
        return new NodeSettings(text(all, "waggle.node-name"), whatsapp, rootKey, client, backend, stored, vault, all);
    }

    /// Whether it is one of several nodes.
    public ClusterSettings cluster() {
        return ClusterSettings.of(config);
    }

    private static RootKey rootKey(String hex) {
        return hex.isEmpty() ? RootKey.WHATSAPP : new RootKey(Bytes.hex(hex));
    }

    private static Target target(Config config) {
        Target plain = read(
                config,
                "waggle.whatsapp.url",
                "ws://host/path or wss://host/path",
                text -> Target.of(URI.create(text)));
        return plain.via(new Egress(proxy(config), path(config, "waggle.whatsapp.trust-file"), identity(config)));
    }

    private static @Nullable Path path(Config config, String key) {
        Path path = read(config, key, "a path, or nothing", Path::of);
        return path.toString().isEmpty() ? null : path;
    }

    private static Egress.@Nullable Identity identity(Config config) {
        Path chain = path(config, "waggle.whatsapp.client-certificate-file");
        Path key = path(config, "waggle.whatsapp.client-key-file");
        if (chain == null && key == null) {
            return null;
        }
        if (chain == null || key == null) {
            String lone = chain == null ? "waggle.whatsapp.client-key-file" : "waggle.whatsapp.client-certificate-file";
            throw new SettingsException(lone, "alone", "client-certificate-file and client-key-file together");
        }
        return new Egress.Identity(chain, key);
    }

    /// What was written may hold a password: it is not shown.
    private static Egress.@Nullable Proxy proxy(Config config) {
        String key = "waggle.whatsapp.proxy";
        String text = read(config, key, "a URL, or nothing", value -> value);
        try {
            return text.isEmpty() ? null : ProxyUrl.parse(text);
        } catch (ProxyUrlException e) {
            throw new SettingsException(key, "what is written there", String.valueOf(e.getMessage()));
        }
    }

    private static void shared(Config config) {
        flag(config, "waggle.cluster.enabled");
        most(config, "waggle.connection.budget.per-second", Rate.PER_SECOND_MAX);
        most(config, "waggle.connection.budget.burst", Rate.BURST_MAX);
        String backend = text(config, "waggle.storage.backend");
        try {
            if (ClusterSettings.of(config).enabled() && ONE_NODE.contains(backend)) {
                throw new SettingsException(
                        "waggle.cluster.enabled", "on", "a waggle.storage.backend that nodes share, unlike " + backend);
            }
        } catch (SettingsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e);
        }
    }

    private static void most(Config config, String key, int most) {
        read(config, key, "a whole number 1.." + most, value -> {
            int number = config.getInt(key);
            if (number < 1 || number > most) {
                throw new IllegalArgumentException(value);
            }
            return number;
        });
    }

    /// What other rooms read when they start, by then too late to tell a person.
    private static void limits(Config config) {
        COUNTS.forEach((key, least) -> read(config, key, "a whole number from " + least, value -> {
            if (config.getInt(key) < least) {
                throw new IllegalArgumentException(value);
            }
            return value;
        }));
        for (String key : SPANS) {
            read(config, key, "a span of time, such as 30s", value -> {
                if (config.getDuration(key).isNegative()
                        || config.getDuration(key).isZero()) {
                    throw new IllegalArgumentException(value);
                }
                return value;
            });
        }
        read(config, "waggle.webhook.retries", "spans of time with commas between", WebhookSettings::retries);
        flag(config, "waggle.webhook.allow-http");
        flag(config, "waggle.webhook.allow-private");
        path(config, "waggle.webhook.trust-file");
    }

    private static String notBlank(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(value);
        }
        return value;
    }

    static String text(Config config, String key) {
        return read(config, key, "some text", NodeSettings::notBlank);
    }

    static boolean flag(Config config, String key) {
        try {
            return config.getBoolean(key);
        } catch (ConfigException e) {
            throw new SettingsException(key, String.valueOf(config.getAnyRef(key)), "on or off");
        }
    }

    static int port(Config config, String key) {
        return read(config, key, "0..65535; 0: any free one", value -> {
            int port = Integer.parseInt(value);
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException();
            }
            return port;
        });
    }

    private static <T> T read(Config config, String key, String expected, Function<String, T> parse) {
        String value;
        try {
            value = config.getString(key);
        } catch (ConfigException e) {
            throw new SettingsException(key, "no single value", expected);
        }
        try {
            return parse.apply(value);
        } catch (RuntimeException e) {
            throw new SettingsException(key, value, expected);
        }
    }
}
