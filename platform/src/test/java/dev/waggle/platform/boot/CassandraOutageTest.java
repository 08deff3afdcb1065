package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.proto.journal.PublicEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Cassandra stands still under a node that sends and receives, and goes on.
@Timeout(600)
@SuppressWarnings("NullAway.Init")
@EnabledIfSystemProperty(
        named = "waggle.test.storm",
        matches = "true",
        disabledReason = "not repeated often enough yet: -Dwaggle.test.storm=true")
class CassandraOutageTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration AWAY =
            Duration.ofSeconds(Integer.getInteger("waggle.test.cassandra-away-seconds", 20));

    private static final int REFUSED = 10;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Demo demo;
    private URI admin;
    private String account;
    private String contact;

    @Test
    void while_cassandra_is_away_nothing_is_accepted_or_acknowledged_and_afterwards_nothing_is_missing()
            throws Exception {
        try (CassandraServer server = CassandraServer.start(folder, ServerSettings.SMALL);
                Demo started = begin(server)) {
            demo = started;
            admin = demo.openAdmin("key");
            account = demo.pair();
            contact = demo.contact("Carla");
            demo.exchange(contact, account, "before");
            assertThat(state()).isEqualTo("ONLINE");
            quiet();
            server.freeze();
            long from = System.nanoTime();
            List<String> refused = new ArrayList<>();
            try {
                long receipts = receipts();
                say("while away");
                refuse("held up", refused);
                assertThat(seen().path("observedState").asText()).isEqualTo("WAITING");
                say("later while away");
                // The same few again and again: how fast they are refused must not decide how many there are.
                for (int i = 0; System.nanoTime() - from < AWAY.toNanos(); i++) {
                    refuse("refused " + i % REFUSED, refused);
                }
                JsonNode seen = seen();
                assertThat(seen.path("observedState").asText()).isEqualTo("WAITING");
                assertThat(seen.path("reason").asText()).isEqualTo("journal-unavailable");
                assertThat(receipts()).as("acknowledged meanwhile").isEqualTo(receipts);
                assertThat(demo.get("/contacts/" + contact + "/messages?after=0"))
                        .doesNotContain("held up", "refused ");
            } finally {
                server.thaw();
            }
            assertThat(refused).hasSizeGreaterThan(1);
            demo.until("it is back", this::state, ObservedState.ONLINE.name()::equals);
            for (String text : refused) {
                assertThat(send(text).statusCode()).as(text).isEqualTo(202);
            }
            check(refused);
        }
    }

    private static Demo begin(CassandraServer server) throws Exception {
        return Demo.start(
                "cassandra",
                ConfigFactory.parseMap(Map.of(
                        "waggle.storage.cassandra.contact-points",
                        server.contactPoint(),
                        "waggle.storage.cassandra.replication",
                        "1")),
                line -> {});
    }

    private void say(String text) throws Exception {
        demo.post("/contacts/" + contact + "/messages", "{\"to\":\"" + account + "\",\"text\":\"" + text + "\"}");
    }

    /// Until the server has heard that all messages so far were taken.
    private void quiet() throws Exception {
        long[] seen = {-1, 0};
        demo.until("the account is quiet", this::receipts, now -> {
            seen[1] = now == seen[0] ? seen[1] + 1 : 0;
            seen[0] = now;
            return now > 0 && seen[1] > 20;
        });
    }

    private long receipts() {
        try {
            return JSON.readTree(demo.get("/report"))
                    .path("counters")
                    .path("linkedReceipts")
                    .asLong();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuse(String text, List<String> refused) throws Exception {
        HttpResponse<String> answer = send(text);
        if (!refused.contains(text)) {
            refused.add(text);
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(JSON.readTree(answer.body()).path("code").asText())
                .as(answer.body())
                .isEqualTo("journal-unavailable");
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(after -> assertThat(Integer.parseInt(after)).isPositive());
    }

    private HttpResponse<String> send(String text) throws Exception {
        String body = JSON.createObjectNode()
                .put("chat", contact)
                .put("type", "text")
                .put("text", text)
                .toString();
        return ask(HttpRequest.newBuilder(at("/messages"))
                .header("Idempotency-Key", text.replace(' ', '-'))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private URI at(String path) {
        return admin.resolve("/v1/accounts/" + ACCOUNT + path);
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
        return http.send(request.header("Authorization", "Bearer key").build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode seen() throws Exception {
        HttpResponse<String> answer = ask(HttpRequest.newBuilder(at("")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String state() {
        try {
            return seen().path("observedState").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(List<String> refused) throws Exception {
        demo.exchange(contact, account, "after");
        String heard = demo.until(
                "all that was refused at first",
                () -> {
                    try {
                        return demo.get("/contacts/" + contact + "/messages?after=0");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                all -> refused.stream().allMatch(text -> Demo.echoes(all, text) > 0));
        List<String> once = new ArrayList<>(refused);
        once.addAll(List.of("before", "while away", "later while away", "after"));
        assertThat(once)
                .allSatisfy(
                        text -> assertThat(Demo.echoes(heard, text)).as(text).isEqualTo(1));
        List<PublicEvent> received = demo.node()
                .events()
                .page(ACCOUNT, 0, Set.of("message.received"), 100)
                .toCompletableFuture()
                .get();
        assertThat(received)
                .extracting(event -> event.getMessage().getText())
                .containsExactly("before", "while away", "later while away", "after");
        assertThat(demo.get("/report")).contains("\"violations\":[]");
        assertThat(demo.node().deadLetters()).as("dead letters").isZero();
    }
}
