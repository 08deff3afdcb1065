package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.typesafe.config.ConfigFactory;
import dev.waggle.noise.RootKey;
import dev.waggle.storage.BackendDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static NodeSettings settings(Map<String, String> given) {
        return NodeSettings.of(Configuration.load(given, null), name -> null);
    }

    @Test
    void without_settings_a_node_talks_to_whatsapp_and_seals_what_it_keeps() {
        NodeSettings settings = settings(Map.of());
        assertThat(settings.rootKey()).isEqualTo(RootKey.WHATSAPP);
        assertThat(settings.whatsapp().uri()).hasToString("wss://web.whatsapp.com/ws/chat");
        assertThat(settings.backend()).isEqualTo("sqlite");
        assertThat(settings.vault()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "waggle.whatsapp.url     | http://example | ws://host/path or wss://host/path",
                "waggle.whatsapp.url     | ://            | ws://host/path or wss://host/path",
                "waggle.whatsapp.root-key| abc            | 64 hex digits",
                "waggle.whatsapp.web-version | two        | three numbers with dots",
                "waggle.storage.sealed   | perhaps        | on or off",
                "waggle.storage.backend  | ' '            | some text",
                "waggle.data-dir         | ''             | a path",
            })
    void a_value_that_cannot_be_is_named_with_its_rule(String key, String value, String rule) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value.strip())
                .hasMessageContaining(rule);
    }

    @Test
    void a_backend_gets_the_options_below_its_own_name() {
        NodeSettings settings =
                settings(Map.of("waggle.storage.sqlite.readers", "5", "waggle.storage.sqlite.file", "bees.db"));
        assertThat(settings.storage().options())
                .containsOnly(entry("readers", "5"), entry("file", "bees.db"), entry("synchronous", "full"));
        assertThat(BackendDriver.named("sqlite")
                        .actorSystemConfig(settings.storage())
                        .get("waggle.sqlite-journal.file"))
                .endsWith("bees.db");
        assertThat(settings(Map.of("waggle.storage.backend", "memory"))
                        .storage()
                        .options())
                .isEmpty();
    }

    @Test
    void an_option_that_a_backend_does_not_know_or_cannot_take_is_named() {
        assertThatThrownBy(() -> settings(Map.of("waggle.storage.sqlite.reeders", "5")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("waggle.storage.sqlite.reeders");
        NodeSettings many = settings(Map.of("waggle.storage.sqlite.readers", "99"));
        assertThatThrownBy(() -> BackendDriver.named("sqlite").start(many.storage()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("storage option readers: 99 (expected: a whole number 2..16)");
        assertThatThrownBy(() -> settings(Map.of("waggle.storage.sqlite", "fast")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("waggle.storage.sqlite");
    }

    @Test
    void a_key_that_nobody_reads_is_refused_wherever_it_stands(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> settings(Map.of("waggle.whatsap.url", "ws://a/b")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("waggle.whatsap.url");
        Path file = Files.writeString(directory.resolve("waggle.conf"), "waggle.http.prot = 1");
        assertThatThrownBy(() -> Configuration.load(Map.of(), file)).hasMessageContaining("waggle.http.prot");
    }

    @Test
    void the_command_line_wins_over_the_file_and_the_file_over_the_default(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("waggle.conf"), "waggle { http.port = 1, node-name = \"from-file\" }");
        var config = Configuration.load(Map.of("waggle.http.port", "2"), file);
        assertThat(NodeSettings.port(config, "waggle.http.port")).isEqualTo(2);
        assertThat(NodeSettings.text(config, "waggle.node-name")).isEqualTo("from-file");
        assertThat(NodeSettings.text(config, "waggle.http.host")).isEqualTo("127.0.0.1");
    }

    @Test
    void a_file_that_is_missing_or_broken_is_named(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("none.conf");
        assertThatThrownBy(() -> Configuration.load(Map.of(), missing)).hasMessageContaining(missing.toString());
        Path broken = Files.writeString(directory.resolve("broken.conf"), "waggle { = ");
        assertThatThrownBy(() -> Configuration.load(Map.of(), broken))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(broken.toString());
    }

    @ParameterizedTest
    @CsvSource({"-1", "65536", "http", "1.5"})
    void a_port_outside_its_range_is_refused(String port) {
        var config = ConfigFactory.parseMap(Map.of("waggle.http.port", port));
        assertThatThrownBy(() -> NodeSettings.port(config, "waggle.http.port"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("0..65535");
    }

    @Test
    void every_setting_stands_in_the_handbook() throws IOException {
        String handbook = Files.readString(Path.of("../docs/operations.md"));
        assertThat(ConfigFactory.defaultReference().getConfig("waggle").entrySet())
                .filteredOn(entry -> !entry.getKey().startsWith("sqlite-"))
                .allSatisfy(entry -> assertThat(handbook).contains("`waggle." + entry.getKey() + "`"));
    }
}
