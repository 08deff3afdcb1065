package dev.waggle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class SimulatorMainTest {
    @Test
    void the_ready_line_is_one_line_of_json_with_all_addresses() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            String line = SimulatorMain.ready(simulator);
            JsonNode ready = new ObjectMapper().readTree(line);
            assertThat(line).doesNotContain("\n");
            assertThat(ready.get("ready").asBoolean()).isTrue();
            assertThat(ready.get("ws").asText()).isEqualTo(simulator.ws().toString());
            assertThat(ready.get("wss").asText()).startsWith("wss://127.0.0.1:").endsWith("/ws/chat");
            assertThat(ready.get("admin").asText())
                    .isEqualTo("http://127.0.0.1:" + simulator.ws().getPort() + "/admin");
            assertThat(ready.get("rootKey").asText()).hasSize(64);
        }
    }

    @Test
    void a_taken_port_is_named() {
        try (Simulator first = Simulator.start(SimulatorSettings.DEFAULT)) {
            SimulatorSettings same =
                    SimulatorSettings.DEFAULT.withPorts(first.ws().getPort(), 0);
            assertThatThrownBy(() -> Simulator.start(same))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("port: " + first.ws().getPort() + " (expected: free)");
        }
    }
}
