package dev.waggle.platform.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.platform.boot.Main;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.NodeProcess;
import dev.waggle.platform.chaos.Web;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Cassandra stands still under a whole cluster, longer than any lease lasts, and goes on.
@Timeout(900)
@EnabledIfSystemProperty(
        named = "waggle.test.storm",
        matches = "true",
        disabledReason = "long: -Dwaggle.test.storm=true")
class FleetOutageTest {
    private static final Duration AWAY =
            Duration.ofSeconds(Integer.getInteger("waggle.test.cassandra-away-seconds", 30));

    private static final Duration BACK_MAX = Duration.ofMinutes(4);
    /// The same few again and again: how fast they are refused must not decide how many there are.
    private static final int REFUSED = 3;

    private final Map<String, List<String>> refused = new HashMap<>();

    private static FleetSettings settings() {
        return new FleetSettings(
                2,
                1,
                false,
                Main.class.getName(),
                false,
                Duration.ofSeconds(60),
                Map.of("waggle.storage.cassandra.request-timeout-ms", "5000"));
    }

    @Test
    void while_cassandra_is_away_nothing_is_accepted_or_acknowledged_and_afterwards_nothing_is_missing()
            throws Exception {
        try (Fleet fleet = Fleet.start(settings(), FleetOutageTest::tell)) {
            List<Resident> residents = new Roster(fleet).pair("bee", 4, 1);
            for (Resident one : residents) {
                say(fleet, one, "before");
                fleet.desk().send(one.account(), one.contacts().getFirst(), "out before", one.account() + "-before");
            }
            for (Resident one : residents) {
                heard(fleet, one, "before");
            }
            quiet(fleet);
            CassandraServer server = fleet.ring().getFirst();
            server.freeze();
            long from = System.nanoTime();
            try {
                long acknowledged = acknowledged(fleet);
                for (Resident one : residents) {
                    say(fleet, one, "while away");
                }
                int round = 0;
                while (System.nanoTime() - from < AWAY.toNanos()) {
                    for (Resident one : residents) {
                        refuse(fleet, one, "refused " + round % REFUSED);
                    }
                    round++;
                }
                for (Resident one : residents) {
                    JsonNode seen = fleet.desk().call("GET", "/v1/accounts/" + one.account(), "");
                    assertThat(seen.path("observedState").asText() + " "
                                    + seen.path("reason").asText())
                            .as("%s", seen)
                            .isEqualTo("WAITING journal-unavailable");
                }
                assertThat(acknowledged(fleet)).as("acknowledged meanwhile").isEqualTo(acknowledged);
            } finally {
                server.thaw();
            }
            for (Resident one : residents) {
                back(fleet, one);
                heard(fleet, one, "while away");
            }
            for (Resident one : residents) {
                check(fleet, one);
            }
            assertThat(fleet.town().server().violations()).isEmpty();
        }
    }

    private static void tell(String line) {
        System.out.println(line);
    }

    private static void say(Fleet fleet, Resident one, String text) throws Exception {
        fleet.town().say(one.contacts().getFirst(), one.pn(), text);
    }

    private static List<String> received(Fleet fleet, Resident one) throws Exception {
        return fleet.desk().log(one.account()).stream()
                .filter(event -> event.type().equals("message.received"))
                .map(Event::text)
                .toList();
    }

    private static void heard(Fleet fleet, Resident one, String text) throws Exception {
        long end = System.nanoTime() + BACK_MAX.toNanos();
        while (!received(fleet, one).contains(text)) {
            assertThat(System.nanoTime()).as("%s: %s", one, text).isLessThan(end);
        }
    }

    private static void back(Fleet fleet, Resident one) throws Exception {
        long end = System.nanoTime() + BACK_MAX.toNanos();
        while (!fleet.desk()
                .call("GET", "/v1/accounts/" + one.account(), "")
                .path("observedState")
                .asText()
                .equals("ONLINE")) {
            assertThat(System.nanoTime()).as("%s is back", one).isLessThan(end);
        }
    }

    /// Receipts that the server has from linked devices.
    private static long acknowledged(Fleet fleet) throws Exception {
        return fleet.web()
                .call("GET", URI.create(fleet.around().admin() + "/report"), "", Map.of())
                .body()
                .path("counters")
                .path("linkedReceipts")
                .asLong();
    }

    private static void quiet(Fleet fleet) throws Exception {
        long last = -1;
        for (int same = 0; same < 20; ) {
            long now = acknowledged(fleet);
            same = now == last ? same + 1 : 0;
            last = now;
        }
    }

    private void refuse(Fleet fleet, Resident one, String text) throws Exception {
        HttpResponse<String> answer = send(fleet, one, text);
        List<String> texts = refused.computeIfAbsent(one.account(), _ -> new ArrayList<>());
        if (!texts.contains(text)) {
            texts.add(text);
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(Web.JSON.readTree(answer.body()).path("code").asText())
                .as(answer.body())
                .isEqualTo("journal-unavailable");
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(after -> assertThat(Integer.parseInt(after)).isPositive());
    }

    private static HttpResponse<String> send(Fleet fleet, Resident one, String text)
            throws IOException, InterruptedException {
        String body = Web.JSON
                .createObjectNode()
                .put("chat", "+" + one.contacts().getFirst())
                .put("type", "text")
                .put("text", text)
                .toString();
        URI to = fleet.any().resolve("/v1/accounts/" + one.account() + "/messages");
        return fleet.web()
                .client()
                .send(
                        HttpRequest.newBuilder(to)
                                .header("Authorization", "Bearer " + NodeProcess.KEY)
                                .header("Idempotency-Key", text.replace(' ', '-'))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private void check(Fleet fleet, Resident one) throws Exception {
        List<String> texts = new ArrayList<>(refused.getOrDefault(one.account(), List.of()));
        assertThat(texts).isNotEmpty();
        for (String text : texts) {
            assertThat(send(fleet, one, text).statusCode()).as(text).isEqualTo(202);
        }
        texts.add("out before");
        long end = System.nanoTime() + BACK_MAX.toNanos();
        List<String> all = List.of();
        while (!all.containsAll(texts)) {
            assertThat(System.nanoTime()).as("%s heard %s", one, all).isLessThan(end);
            all = fleet.town().heard(one.contacts().getFirst()).stream()
                    .map(message -> message.path("text").asText())
                    .toList();
        }
        assertThat(all).as("each once").containsExactlyInAnyOrderElementsOf(texts);
        assertThat(received(fleet, one)).containsExactly("before", "while away");
    }
}
