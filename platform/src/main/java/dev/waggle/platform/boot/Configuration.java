package dev.waggle.platform.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where settings come from. First found wins: `-Dkey=value` of the command or of the JVM, the configuration file,
/// the defaults that each module brings along.
final class Configuration {
    private static final String ROOT = "waggle";

    private Configuration() {}

    /// @param file none when null
    /// @throws SettingsException when the file is missing, malformed or refers to what is not there, or when a
    /// `waggle` key is one that nobody reads: a typing error must not pass for a setting
    static Config load(Map<String, String> given, @Nullable Path file) {
        Config defaults = ConfigFactory.defaultReference();
        Config chosen = ConfigFactory.parseMap(given, "the command line")
                .withFallback(ConfigFactory.systemProperties().withOnlyPath(ROOT))
                .withFallback(read(file));
        try {
            Config all = chosen.withFallback(ConfigFactory.systemProperties())
                    .withFallback(defaults)
                    .resolve();
            refuseUnknown(chosen.resolveWith(all), defaults);
            return all;
        } catch (ConfigException e) {
            throw new SettingsException("configuration", String.valueOf(e.getMessage()), "an object that resolves");
        }
    }

    private static Config read(@Nullable Path file) {
        if (file == null) {
            return ConfigFactory.empty();
        }
        if (!Files.isReadable(file)) {
            throw new SettingsException("configuration file", file.toString(), "a readable file");
        }
        try {
            File plain = file.toFile();
            return ConfigFactory.parseFile(plain, ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw new SettingsException("configuration file", file + ": " + e.getMessage(), "HOCON");
        }
    }

    private static void refuseUnknown(Config chosen, Config defaults) {
        if (!chosen.hasPath(ROOT)) {
            return;
        }
        chosen.getConfig(ROOT).entrySet().forEach(entry -> {
            String key = ROOT + "." + entry.getKey();
            if (!defaults.hasPathOrNull(key)) {
                throw new SettingsException(
                        key, String.valueOf(entry.getValue().unwrapped()), "a key of docs/operations.md");
            }
        });
    }
}
