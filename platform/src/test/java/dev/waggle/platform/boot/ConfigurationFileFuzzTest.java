package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever stands in a configuration file, it is taken or refused by what is wrong and the rule.
class ConfigurationFileFuzzTest {
    private static final String WHOLE = """
            waggle {
              node-name = "bee"
              http { port = 0, host = "127.0.0.1" }
              connection.silence-max = 5s
              media.spool-bytes-max = 1 GiB
              whatsapp.device-name = ${waggle.node-name}
            }
            """;

    @FuzzTest
    void any_text_is_a_configuration_or_refused(byte[] data) {
        load(new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void a_thousand_spoilt_files_are_taken_or_refused() {
        load(WHOLE);
        Random random = new Random(43);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder(WHOLE);
            text.setCharAt(random.nextInt(text.length()), (char) (1 + random.nextInt(126)));
            load(text.toString());
        }
    }

    private static void load(String text) {
        // Other files are no business of this one.
        if (text.contains("include")) {
            return;
        }
        try {
            Path file = Files.createTempFile("waggle", ".conf");
            try {
                Files.writeString(file, text);
                Config read = Configuration.load(Map.of(), file);
                assertThat(read.hasPath("waggle.node-name")).isTrue();
            } finally {
                Files.delete(file);
            }
        } catch (SettingsException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
