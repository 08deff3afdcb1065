package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.boot.NodeSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import dev.waggle.transport.Egress;
import dev.waggle.transport.ProxyUrl;
import dev.waggle.transport.Target;
import dev.waggle.transport.contract.ConnectProxy;
import dev.waggle.transport.contract.LoopbackProxy;
import dev.waggle.transport.contract.SocksProxy;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An account behind a proxy that we did not write, with an authority of its own: the server cuts whoever does not
/// come from the proxy.
class ProxiedAccountTest {
    private static final String ACCOUNT = "/v1/accounts/bee";

    private interface Starter {
        LoopbackProxy start(int port) throws Exception;
    }

    private final AtomicReference<LoopbackProxy> proxy = new AtomicReference<>();
    private final Queue<InetSocketAddress> refused = new ConcurrentLinkedQueue<>();

    private LoopbackProxy proxy() {
        return Objects.requireNonNull(proxy.get());
    }

    private boolean admits(InetSocketAddress peer) {
        boolean mine = proxy().isMine(peer);
        if (!mine) {
            refused.add(peer);
        }
        return mine;
    }

    @Test
    @Timeout(120)
    void through_socks_with_a_login(@TempDir Path data) throws Exception {
        lives(data, SocksProxy::new);
    }

    @Test
    @Timeout(120)
    void through_http_connect_with_a_login(@TempDir Path data) throws Exception {
        lives(data, ConnectProxy::new);
    }

    private void lives(Path data, Starter starter) throws Exception {
        proxy.set(starter.start(0));
        Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT.admitting(this::admits));
        Path authority = Files.writeString(data.resolve("ca.pem"), simulator.caPem());
        NodeSettings plain =
                new NodeSettings(simulator.wss(), new RootKey(simulator.rootKey()), "memory", data, "Waggle test");
        Target target = Target.of(simulator.wss()).via(new Egress(null, authority, null));
        NodeSettings settings = new NodeSettings(
                plain.name(),
                target,
                plain.rootKey(),
                plain.client(),
                plain.backend(),
                plain.storage(),
                plain.vault(),
                plain.config());
        try (Desk desk = new Desk(simulator, Node.start(settings), AdminSettings.of("127.0.0.1", 0, Desk.KEY))) {
            directIsRefused(desk);
            String url = ProxyUrl.write(proxy().with(LoopbackProxy.LOGIN));
            JsonNode account = Desk.json(desk.call("PUT", ACCOUNT, "{\"proxy\":\"" + url + "\"}"));
            assertThat(account.at("/proxy").asText()).contains("bee:***@").doesNotContain("ss");
            pair(desk);
            String contact = Desk.json(desk.simulate("/contacts", "{\"name\":\"Carla\"}"))
                    .at("/pn")
                    .asText();
            assertThat(sent(desk, contact, "k1")).isEqualTo("message.sent");
            heard(desk, contact, "one");
            cut(desk, contact, starter);
            assertThat(refused).isEmpty();
        } finally {
            proxy().close();
        }
    }

    /// The same account without its proxy does not get through: then the rest proves something.
    private void directIsRefused(Desk desk) throws Exception {
        desk.call("PUT", ACCOUNT, "{\"pushName\":\"Bee\"}");
        String pairing = Desk.json(desk.call("POST", ACCOUNT + "/pairings", "{\"method\":\"qr\"}"))
                .at("/id")
                .asText();
        for (int i = 0; i < 1_000 && refused.isEmpty(); i++) {
            desk.get(ACCOUNT);
        }
        assertThat(refused).isNotEmpty();
        desk.call("DELETE", ACCOUNT + "/pairings/" + pairing, "");
        desk.call("DELETE", ACCOUNT, "");
        desk.call("PUT", ACCOUNT, "{\"proxy\":null}");
        refused.clear();
    }

    private static void pair(Desk desk) throws Exception {
        String pairing = desk.call("POST", ACCOUNT + "/pairings", "{\"method\":\"qr\"}")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        try (SseReader events =
                new SseReader(desk.stream(desk.to(pairing + "/events")).body())) {
            SseReader.Event shown = events.until(event -> event.type().equals("qr"));
            desk.simulate("/mock-phone/scan-qr", shown.data().at("/qr").asText());
            events.until(event -> event.type().equals("paired"));
        }
        state(desk, "0", "ONLINE");
    }

    private static void state(Desk desk, String after, String state) throws Exception {
        try (SseReader events =
                new SseReader(desk.stream(desk.to(ACCOUNT + "/events?types=account.state&after=" + after))
                        .body())) {
            assertThat(events.until(event ->
                            event.data().at("/data/observedState").asText().equals(state)))
                    .isNotEqualTo(SseReader.END);
        }
    }

    private static String send(Desk desk, String contact, String key) throws Exception {
        String last = Desk.json(desk.get(ACCOUNT)).at("/lastSequence").asText();
        var accepted = desk.send(desk.body(
                        "POST",
                        ACCOUNT + "/messages",
                        "{\"chat\":\"" + contact + "\",\"type\":\"text\",\"text\":\"" + key + "\"}")
                .header("Idempotency-Key", key));
        assertThat(accepted.statusCode()).isEqualTo(202);
        return last;
    }

    private static String next(Desk desk, String after, String type) throws Exception {
        try (SseReader events =
                new SseReader(desk.stream(desk.to(ACCOUNT + "/events?types=" + type + "&after=" + after))
                        .body())) {
            return events.next().type();
        }
    }

    private static String sent(Desk desk, String contact, String key) throws Exception {
        return next(desk, send(desk, contact, key), "message.sent");
    }

    private static void heard(Desk desk, String contact, String text) throws Exception {
        JsonNode account = Desk.json(desk.get(ACCOUNT));
        desk.simulate(
                "/contacts/" + contact + "/messages",
                "{\"to\":\"" + account.at("/pn").asText() + "\",\"text\":\"" + text + "\"}");
        assertThat(next(desk, account.at("/lastSequence").asText(), "message.received"))
                .isEqualTo("message.received");
    }

    /// What is said and accepted while the proxy is gone comes through when it is back, on the same port.
    private void cut(Desk desk, String contact, Starter starter) throws Exception {
        JsonNode before = Desk.json(desk.get(ACCOUNT));
        String last = before.at("/lastSequence").asText();
        int port = proxy().port();
        proxy().close();
        state(desk, last, "WAITING");
        desk.simulate(
                "/contacts/" + contact + "/messages",
                "{\"to\":\"" + before.at("/pn").asText() + "\",\"text\":\"two\"}");
        String accepted = send(desk, contact, "k2");
        proxy.set(starter.start(port));
        state(desk, last, "ONLINE");
        assertThat(next(desk, last, "message.received")).isEqualTo("message.received");
        assertThat(next(desk, accepted, "message.sent")).isEqualTo("message.sent");
    }
}
