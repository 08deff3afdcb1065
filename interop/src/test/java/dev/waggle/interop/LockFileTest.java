package dev.waggle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LockFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("waggle.interop.folder", "baileys"));

    @Test
    void the_stranger_is_pinned_and_comes_from_nowhere_but_the_public_registry() throws IOException {
        JsonNode packages = new ObjectMapper()
                .readTree(FOLDER.resolve("package-lock.json").toFile())
                .path("packages");
        assertThat(packages.path("").path("dependencies").path("baileys").asText())
                .isEqualTo("7.0.0-rc14");
        packages.properties().forEach(one -> {
            if (!one.getKey().isEmpty()) {
                assertThat(one.getValue().path("integrity").asText())
                        .as(one.getKey())
                        .startsWith("sha512-");
                assertThat(one.getValue().path("resolved").asText("https://registry.npmjs.org/"))
                        .as(one.getKey())
                        .startsWith("https://registry.npmjs.org/");
            }
        });
    }
}
