package dev.waggle.deploy.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The container file: nobody built it here, so it is read the more closely.
class ContainerfileTest {
    private static final String NAME = "Containerfile";

    private static List<String> breaches(String text) {
        List<String> found = new ArrayList<>();
        Containerfile.check(NAME, text).forEach(breach -> found.add(breach.toString()));
        if (Foreign.missing().isEmpty()) {
            Foreign.ask(Map.of("dockerfiles", List.of(text)))
                    .at("/dockerfiles/0")
                    .forEach(said -> found.add(said.asText()));
        }
        return found;
    }

    @Test
    void the_container_file_is_sound() {
        assertThat(breaches(Deploy.text(NAME))).isEmpty();
    }

    @Test
    void what_it_copies_is_there_and_the_build_sees_it() {
        List<String> ignored =
                Deploy.read(Deploy.root().resolve(".dockerignore")).lines().toList();
        assertThat(Deploy.read(Deploy.root().resolve(".containerignore")).lines())
                .isEqualTo(ignored);
        Deploy.text(NAME)
                .lines()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from") && !line.startsWith("COPY . "))
                .map(line -> line.split("\\s+", -1)[1])
                .forEach(source -> {
                    assertThat(Deploy.root().resolve(source)).exists();
                    assertThat(ignored).doesNotContain(source);
                });
        assertThat(ignored).contains(".git", "**/target", "deploy/compose/secrets");
    }

    @Test
    void the_configuration_in_it_is_one_that_a_node_reads() {
        assertThat(Settings.check("container.conf", Deploy.text("container.conf"), Map.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "USER 10001:10001     | USER root                | expected: a number other than 0",
                "USER 10001:10001     | #                        | has no USER",
                "25.0.4_7-jre-noble   | 25                       | not pinned",
                "maven:3.9.16-eclipse-temurin-25 | maven:latest  | not pinned",
                "COPY . .             | ADD https://x.org/a /a   | ADD fetches",
                "ENTRYPOINT [\"/opt/waggle/bin/waggle\"] | ENTRYPOINT /opt/waggle/bin/waggle | through a shell",
                "HEALTHCHECK          | #                        | has no HEALTHCHECK",
                "STOPSIGNAL           | #                        | has no STOPSIGNAL",
                "WORKDIR /src         | ENV ADMIN_PASSWORD=hive  | a secret in the image",
                "WORKDIR /src         | RUN curl -O https://x.org/a | no sum was checked",
                "CMD [\"serve\"]      | CMD [\"serve\"]\\nRUN [\"true\"] | after USER",
            })
    void a_container_file_that_is_spoilt_is_found_out(String from, String to, String says) {
        String text = Deploy.text(NAME);
        assertThat(text).contains(from);
        assertThat(Containerfile.check(NAME, text.replace(from, to.replace("\\n", "\n"))))
                .extracting(Breach::toString)
                .anyMatch(breach -> breach.contains(says));
    }

    @Test
    void an_instruction_that_no_builder_knows_is_found_out() {
        assumeThat(Foreign.missing()).isEmpty();
        assertThat(breaches(Deploy.text(NAME).replace("EXPOSE 8470", "EXPOZE 8470")))
                .anyMatch(breach -> breach.contains("EXPOZE"));
        assertThat(breaches(Deploy.text(NAME).replace("COPY . .", "COPY .")))
                .anyMatch(breach -> breach.contains("COPY"));
    }
}
