package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.platform.admin.http.MetricNames;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.memory.MemoryProvider;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a node that works tells: neither more nor less than `deploy/metrics.txt` says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private final PairedDesk paired;
    private final AdminServer server;

    MetricsTest(@TempDir Path data) throws Exception {
        paired = new PairedDesk(data);
        // With the node's own meters.
        server = paired.desk.start(paired.desk.node.adminPorts(), AdminSettings.of("127.0.0.1", 0, Desk.KEY));
    }

    @AfterAll
    void close() throws Exception {
        server.stop().toCompletableFuture().get();
        paired.close();
    }

    private String scrape() throws Exception {
        HttpResponse<String> answer =
                paired.desk.send(HttpRequest.newBuilder(server.address().resolve("/metrics"))
                        .header("Authorization", "Bearer " + Desk.KEY));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static double value(String scrape, String sample) {
        return scrape.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void a_node_tells_what_dashboards_and_alerts_ask_for() throws Exception {
        paired.sent("text", "\"text\":\"hello\"");
        scrape();
        String scrape = scrape();
        Map<String, Set<String>> told = MetricNames.told(scrape);
        assertThat(told).containsAllEntriesOf(MetricNames.written("always"));
        Map<String, Set<String>> known = new TreeMap<>(MetricNames.written("always"));
        known.putAll(MetricNames.written("webhook"));
        told.keySet().removeAll(known.keySet());
        assertThat(told).as("what deploy/metrics.txt does not know").isEmpty();
    }

    @Test
    void what_accounts_do_is_counted() throws Exception {
        String before = scrape();
        paired.sent("text", "\"text\":\"one more\"");
        String after = scrape();
        assertThat(value(after, "waggle_events_total{type=\"message.sent\"}"))
                .isEqualTo(value(before, "waggle_events_total{type=\"message.sent\"}") + 1);
        assertThat(value(after, "waggle_sends_answered_seconds_count"))
                .isEqualTo(value(before, "waggle_sends_answered_seconds_count") + 1);
        assertThat(value(after, "waggle_journal_writes_seconds_count"))
                .isGreaterThan(value(before, "waggle_journal_writes_seconds_count"));
        assertThat(value(after, "waggle_account_states_total{observed=\"ONLINE\"}"))
                .isPositive();
        assertThat(value(after, "waggle_dials_total")).isPositive();
        assertThat(value(after, "waggle_dials_waiting")).isZero();
        assertThat(value(after, "waggle_ready")).isEqualTo(1);
        assertThat(value(after, "waggle_store_silence_seconds")).isBetween(0.0, 10.0);
        paired.upload(new byte[1_000], "application/octet-stream");
        assertThat(value(scrape(), "waggle_media_spool_bytes")).isGreaterThan(1_000);
    }

    @Test
    void while_the_store_is_away_whoever_started_the_node_is_told_all_but_the_accounts() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        AdminPorts ports = Desk.withControl(paired.desk.node.adminPorts(), ending(away));
        AdminServer open = paired.desk.start(ports, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
        try {
            assertThat(scrape(open, Desk.KEY).body()).contains("waggle_accounts{observed=\"ONLINE\"} 1");
            away.set(true);
            HttpResponse<String> told = scrape(open, Desk.KEY);
            assertThat(told.statusCode()).isEqualTo(200);
            assertThat(told.body()).contains("waggle_store_silence_seconds", "waggle_accounts{observed=\"ONLINE\"} 1");
            assertThat(scrape(open, "another").statusCode()).isEqualTo(503);
        } finally {
            open.stop().toCompletableFuture().get();
        }
    }

    private HttpResponse<String> scrape(AdminServer from, String key) throws Exception {
        return paired.desk.send(
                HttpRequest.newBuilder(from.address().resolve("/metrics")).header("Authorization", "Bearer " + key));
    }

    private static ControlStore ending(AtomicBoolean away) {
        ControlStore store = new MemoryProvider().control();
        var _ = store.putAccount(new AccountRow(
                        new AccountId("bee"),
                        "RUNNING",
                        "ONLINE",
                        "",
                        List.of(),
                        Map.of(),
                        null,
                        null,
                        null,
                        Instant.EPOCH))
                .toCompletableFuture()
                .join();
        return (ControlStore) Proxy.newProxyInstance(
                MetricsTest.class.getClassLoader(),
                new Class<?>[] {ControlStore.class},
                (_, method, arguments) -> away.get()
                        ? CompletableFuture.failedStage(
                                new StoreException(StoreException.Code.STORAGE_UNAVAILABLE, "away"))
                        : method.invoke(store, arguments));
    }
}
