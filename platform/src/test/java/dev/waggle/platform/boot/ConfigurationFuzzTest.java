package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.account.AccountServices;
import dev.waggle.platform.plugin.PluginSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever value stands behind whatever key, it is taken or refused by its name, its value and its rule.
class ConfigurationFuzzTest {
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "-1",
            "0",
            "1",
            "1.5",
            "2147483648",
            "yes please",
            "on",
            "30s",
            "-30s",
            "3 parsecs",
            "ws://a",
            "[]",
            "a".repeat(70_000),
            "\u0000",
            "${x}",
            "65536");

    @Test
    void a_strange_value_behind_any_key_is_taken_or_refused_by_name() {
        Config defaults = ConfigFactory.defaultReference();
        List<String> keys = defaults.getConfig("waggle").entrySet().stream()
                .map(entry -> "waggle." + entry.getKey())
                .filter(key -> !key.startsWith("waggle.sqlite-"))
                .toList();
        assertThat(keys).hasSizeGreaterThan(15);
        Map<String, String> wrong = new TreeMap<>();
        for (String key : keys) {
            for (String value : VALUES) {
                try {
                    everything(Configuration.load(Map.of(key, value), null));
                } catch (SettingsException e) {
                    if (!String.valueOf(e.getMessage()).matches("(?s)" + key + ": .*\\(expected: .+\\)")) {
                        wrong.put(key + "=" + value, e.toString());
                    }
                } catch (RuntimeException e) {
                    wrong.put(key + "=" + value, e.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /// All that a node reads of its configuration.
    private static void everything(Config config) {
        NodeSettings.of(config, name -> null);
        NodeSettings.text(config, "waggle.http.host");
        NodeSettings.port(config, "waggle.http.port");
        PluginSettings.from(config);
        AccountServices.Limits.from(config);
    }
}
