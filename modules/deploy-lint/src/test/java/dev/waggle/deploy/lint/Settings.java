package dev.waggle.deploy.lint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The settings that this build reads, from the defaults that its modules bring along.
final class Settings {
    private static final Config DEFAULTS = Stream.of("platform", "modules/storage-sqlite", "persistence-cassandra")
            .map(module -> Deploy.root().resolve(module).resolve("src/main/resources/reference.conf"))
            .map(Path::toFile)
            .map(ConfigFactory::parseFile)
            .reduce(Config::withFallback)
            .orElseThrow();

    private Settings() {}

    /// @param environment what the file refers to
    static List<Breach> check(String place, String hocon, Map<String, String> environment) {
        Config config;
        try {
            config = ConfigFactory.parseString(hocon)
                    .resolveWith(
                            ConfigFactory.parseMap(environment),
                            ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
        } catch (ConfigException e) {
            return List.of(new Breach(place, String.valueOf(e.getMessage())));
        }
        List<Breach> found = new ArrayList<>();
        config.entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.startsWith("waggle.") || !DEFAULTS.hasPathOrNull(key))
                .sorted()
                .forEach(key -> found.add(new Breach(place, key + " is a setting that nobody reads")));
        return List.copyOf(found);
    }

    /// Whether it is a setting, or a group of some.
    static boolean known(String key) {
        return DEFAULTS.hasPathOrNull(key);
    }

    /// What it says, resolved.
    static Config read(String hocon, Map<String, String> environment) {
        return ConfigFactory.parseString(hocon).resolveWith(ConfigFactory.parseMap(environment));
    }
}
