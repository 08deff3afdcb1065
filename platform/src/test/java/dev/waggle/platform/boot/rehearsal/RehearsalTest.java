package dev.waggle.platform.boot.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.waggle.transport.runtime.TaskRuntime;
import dev.waggle.transport.runtime.ThreadRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
    @Test
    void a_clock_is_off_by_what_the_file_says_and_right_again_when_it_says_so(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rehearsal.properties");
        try (TaskRuntime runtime = new ThreadRuntime(10)) {
            Rehearsal rehearsal = Rehearsal.of(
                    ConfigFactory.parseString("waggle { failpoint = \"\", rehearsal-file = \"\" }"), runtime);
            Files.writeString(file, "clock-shift-seconds=3600\n");
            rehearsal.reread(file);
            assertThat(rehearsal.clock().instant()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
            Files.writeString(file, "clock-shift-seconds=-3600\n");
            rehearsal.reread(file);
            assertThat(rehearsal.clock().instant()).isBefore(Instant.now().minus(Duration.ofMinutes(59)));
            Files.writeString(file, "clock-shift-seconds=soon\n");
            rehearsal.reread(file);
            assertThat(rehearsal.clock().instant()).isBefore(Instant.now().minus(Duration.ofMinutes(59)));
            Files.writeString(file, "");
            rehearsal.reread(file);
            assertThat(rehearsal.clock().instant()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"journaled", ":1", "journaled:0", "journaled:x", "journaled:1:stop", ":halt"})
    void a_point_that_cannot_be_is_refused(String text) {
        assertThatThrownBy(() -> Failpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
