package dev.waggle.platform.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.boot.Main;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real process with sends that wait for their time, killed before it, at it, and after it.
class ScheduledKillTest {
    private static final String MESSAGES = "/v1/accounts/chaos/messages";

    @TempDir
    Path folder;

    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final Web web = new Web();
    private final Town town = new Town(simulator.admin(), web);
    private final Desk desk = new Desk(() -> node().http(), web);
    private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
    private volatile NodeProcess running;

    private NodeProcess node() {
        return running;
    }

    private void start(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("waggle.whatsapp.url", simulator.ws().toString());
        settings.put("waggle.whatsapp.root-key", simulator.rootKey().toHex());
        running = NodeProcess.start(
                Main.class.getName(),
                folder.resolve("data"),
                settings,
                folder.resolve("node.log").toFile());
    }

    private CountDownLatch latch(String what) {
        return awaited.computeIfAbsent(what, _ -> new CountDownLatch(1));
    }

    private void until(String what) throws InterruptedException {
        assertThat(latch(what).await(60, TimeUnit.SECONDS)).as(what).isTrue();
    }

    @BeforeEach
    void pair() throws Exception {
        start(Map.of());
        desk.call("PUT", "/v1/accounts/chaos", "{\"pushName\":\"Chaos\"}");
        Thread.ofVirtual().start(() -> {
            try {
                desk.follow(
                        "chaos",
                        event -> latch(event.type() + " " + event.message()).countDown());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        String pairing = desk.call("POST", "/v1/accounts/chaos/pairings", "{\"method\":\"qr\"}")
                .path("id")
                .asText();
        String qr = "";
        while (qr.isEmpty()) {
            qr = desk.call("GET", "/v1/accounts/chaos/pairings/" + pairing, "")
                    .path("qr")
                    .asText("");
        }
        town.scan(qr);
        while (!desk.call("GET", "/v1/accounts/chaos", "")
                .path("observedState")
                .asText()
                .equals("ONLINE")) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void close() {
        desk.close();
        running.close();
        simulator.close();
    }

    private String later(String contact, String text, Instant sendAt) throws Exception {
        String body = Web.JSON
                .createObjectNode()
                .put("chat", "+" + contact)
                .put("type", "text")
                .put("text", text)
                .put("sendAt", sendAt.toString())
                .toString();
        return desk.call("POST", MESSAGES, body, Map.of("Idempotency-Key", text.replace(' ', '-')))
                .path("id")
                .asText();
    }

    private List<String> heard(String contact) throws Exception {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : town.heard(contact)) {
            for (int copy = 0; copy < one.path("copies").asInt(1); copy++) {
                texts.add(one.path("text").asText());
            }
        }
        return texts;
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void sends_that_wait_are_sent_once_however_the_node_ends_around_their_time() throws Exception {
        String carla = town.contact("Carla");
        Instant soon = Instant.now().plus(Duration.ofSeconds(6));
        List<String> ids = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            texts.add("soon " + i);
            ids.add(later(carla, texts.get(i), soon.plusMillis(i)));
        }
        String never = later(carla, "never", soon.plusSeconds(3_600));
        running.kill();

        // Their time comes, the journal says so, and there the node ends.
        start(Map.of("waggle.failpoint", "intent-journaled:1"));
        running.awaitEnd();
        assertThat(heard(carla)).isEmpty();

        start(Map.of());
        for (String id : ids) {
            until("message.sent " + id);
        }
        running.kill();

        start(Map.of());
        desk.call("DELETE", MESSAGES + "/" + never, "");
        until("message.failed " + never);
        JsonNode row = desk.call("GET", MESSAGES + "/" + never, "");
        assertThat(row.path("state").asText()).isEqualTo("FAILED");
        assertThat(row.path("problem").asText()).isEqualTo("cancelled");
        assertThat(row.path("failedAt").isTextual()).isTrue();
        String last = later(carla, "last", Instant.now());
        until("message.sent " + last);
        texts.add("last");
        assertThat(heard(carla)).isEqualTo(texts);
        assertThat(town.server().reusedCounters()).isEmpty();
    }
}
