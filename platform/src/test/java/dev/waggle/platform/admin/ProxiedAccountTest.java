package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import dev.waggle.transport.Egress;
import dev.waggle.transport.ProxyUrl;
import dev.waggle.transport.contract.ConnectProxy;
import dev.waggle.transport.contract.LoopbackProxy;
import dev.waggle.transport.contract.SocksProxy;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Accounts behind proxies that we did not write, with an authority of their own: the server, its media hosts
/// included, cuts whoever does not come from a proxy.
@Timeout(120)
class ProxiedAccountTest {
    private interface Starter {
        LoopbackProxy start(int port) throws Exception;
    }

    private final List<LoopbackProxy> proxies = new CopyOnWriteArrayList<>();
    private final Queue<InetSocketAddress> admitted = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<InetSocketAddress> refused = new LinkedBlockingQueue<>();
    private final Desk desk;

    ProxiedAccountTest(@TempDir Path data) throws Exception {
        SimulatorSettings guarded = SimulatorSettings.DEFAULT.admitting(this::admits);
        desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY), Map.of(), guarded, Simulator::wss);
    }

    private boolean admits(InetSocketAddress peer) {
        boolean known = proxies.stream().anyMatch(proxy -> proxy.isMine(peer));
        (known ? admitted : refused).add(peer);
        return known;
    }

    private LoopbackProxy start(Starter starter, int port) throws Exception {
        LoopbackProxy proxy = starter.start(port);
        proxies.add(proxy);
        return proxy;
    }

    @AfterEach
    void close() {
        desk.close();
        proxies.forEach(LoopbackProxy::close);
    }

    @Test
    void socket_and_files_go_through_socks_with_a_login() throws Exception {
        lives(SocksProxy::new);
    }

    @Test
    void socket_and_files_go_through_http_connect_with_a_login() throws Exception {
        lives(ConnectProxy::new);
    }

    private void lives(Starter starter) throws Exception {
        LoopbackProxy proxy = start(starter, 0);
        Bee bee = new Bee("bee", proxy.with(LoopbackProxy.LOGIN));
        bee.pair();
        bee.talks();
        assertThat(proxy.asked()).hasSizeGreaterThanOrEqualTo(3);
        cut(bee, proxy, starter);
        everyWayLedThroughAProxy();
        whoeverComesDirectlyIsCut();
    }

    /// What is said and accepted while the proxy is gone comes through when it is back, on the same port.
    private void cut(Bee bee, LoopbackProxy proxy, Starter starter) throws Exception {
        String file = bee.upload(70_000);
        String before = bee.last();
        int port = proxy.port();
        proxy.close();
        bee.event("account.state", before, "observedState", "WAITING");
        bee.told("{\"text\":\"while it was gone\"}");
        String accepted = bee.send("document", "\"media\":\"" + file + "\",\"fileName\":\"a.bin\"");
        LoopbackProxy again = start(starter, port);
        bee.event("account.state", before, "observedState", "ONLINE");
        bee.event("message.received", before, "text", "while it was gone");
        bee.event("message.sent", accepted, "id", "");
        bee.contactHas(70_000);
        assertThat(again.asked()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void two_accounts_of_one_node_leave_each_by_its_own_proxy() throws Exception {
        LoopbackProxy socks = start(SocksProxy::new, 0);
        LoopbackProxy connect = start(ConnectProxy::new, 0);
        Bee bee = new Bee("bee", socks.with(LoopbackProxy.LOGIN));
        Bee ant = new Bee("ant", connect.with(LoopbackProxy.LOGIN));
        bee.pair();
        assertThat(connect.asked()).isEmpty();
        int before = socks.asked().size();
        ant.pair();
        ant.talks();
        assertThat(socks.asked()).hasSize(before);
        bee.talks();
        connect.close();
        ant.event("account.state", ant.last(), "observedState", "WAITING");
        bee.talks();
        everyWayLedThroughAProxy();
    }

    @Test
    void a_login_that_a_proxy_refuses_leads_nowhere() throws Exception {
        for (Starter starter : List.<Starter>of(SocksProxy::new, ConnectProxy::new)) {
            LoopbackProxy proxy = start(starter, 0);
            Bee bee = new Bee("bee" + proxies.size(), proxy.with(new Egress.Login("bee", "another")));
            assertThat(bee.pairing()).isNotEmpty();
            // The second time it has heard of the first, and tried again.
            for (int i = 0; i < 2; i++) {
                assertThat(proxy.refused().poll(20, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(proxy.asked()).isEmpty();
        }
        assertThat(admitted).isEmpty();
        assertThat(refused).isEmpty();
    }

    /// As many connections came in as ways went out, and all from there.
    private void everyWayLedThroughAProxy() {
        assertThat(refused).isEmpty();
        int ways = proxies.stream().mapToInt(proxy -> proxy.asked().size()).sum();
        assertThat(admitted).hasSize(ways).hasSizeGreaterThanOrEqualTo(3);
    }

    /// Then the rest proves something: the same node without a proxy, and anybody else who wants a file.
    private void whoeverComesDirectlyIsCut() throws Exception {
        Bee direct = new Bee("direct", null);
        assertThat(direct.pairing()).isNotEmpty();
        assertThat(refused.poll(20, TimeUnit.SECONDS)).isNotNull();
        try (Socket stranger = new Socket(
                InetAddress.getLoopbackAddress(), desk.simulator.wss().getPort())) {
            assertThat(read(stranger.getInputStream())).isEqualTo(-1);
        }
    }

    private static int read(InputStream in) throws Exception {
        try {
            return in.read();
        } catch (SocketException _) {
            return -1;
        }
    }

    /// One account, as its operator and its contact see it.
    private final class Bee {
        private final String path;
        private String number = "";
        private String contact = "";
        private int keys;

        Bee(String id, Egress.@Nullable Proxy proxy) throws Exception {
            path = "/v1/accounts/" + id;
            String url = proxy == null ? "null" : "\"" + ProxyUrl.write(proxy) + "\"";
            JsonNode account = Desk.json(desk.call("PUT", path, "{\"proxy\":" + url + "}"));
            assertThat(account.toString()).doesNotContain("ss!word").doesNotContain("%21word");
        }

        String pairing() throws Exception {
            return desk.call("POST", path + "/pairings", "{\"method\":\"qr\"}")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
        }

        void pair() throws Exception {
            String pairing = pairing();
            try (SseReader events =
                    new SseReader(desk.stream(desk.to(pairing + "/events")).body())) {
                events.until(event -> event.type().equals("qr"));
                String qr = Desk.json(desk.get(pairing)).at("/qr").asText();
                number = Desk.json(desk.simulate("/mock-phone/scan-qr", qr))
                        .at("/pn")
                        .asText();
            }
            event("account.state", "0", "observedState", "ONLINE");
            contact = Desk.json(desk.simulate("/contacts", "{\"name\":\"Carla\"}"))
                    .at("/pn")
                    .asText();
        }

        /// A text and a file each way; the files open ways of their own.
        void talks() throws Exception {
            String last = send("text", "\"text\":\"hello\"");
            event("message.sent", last, "id", "");
            last = send("document", "\"media\":\"" + upload(900_001) + "\",\"fileName\":\"a.bin\"");
            event("message.sent", last, "id", "");
            contactHas(900_001);
            last = last();
            told("{\"file\":{\"type\":\"image\",\"mimetype\":\"image/png\",\"size\":300001}}");
            String message = event("message.received", last, "type", "image")
                    .at("/data/id")
                    .asText();
            byte[] body = desk.bytes(
                            desk.to(path + "/messages/" + message + "/media").GET())
                    .body();
            assertThat(body).isEqualTo(drawn(300_001));
        }

        String last() throws Exception {
            return Desk.json(desk.get(path)).at("/lastSequence").asText();
        }

        JsonNode event(String type, String after, String field, String value) throws Exception {
            String feed = path + "/events?types=" + type + "&after=" + after;
            try (SseReader events = new SseReader(desk.stream(desk.to(feed)).body())) {
                SseReader.Event found = events.until(one -> value.isEmpty()
                        || one.data().at("/data/" + field).asText().equals(value));
                assertThat(found).isNotEqualTo(SseReader.END);
                return found.data();
            }
        }

        String upload(int size) throws Exception {
            var stored = desk.send(desk.to(path + "/media")
                    .header("Content-Type", "application/octet-stream")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(drawn(size))));
            assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
            return Desk.json(stored).at("/id").asText();
        }

        /// What the last event was before it.
        String send(String type, String more) throws Exception {
            String last = last();
            String body = "{\"chat\":\"" + contact + "\",\"type\":\"" + type + "\"," + more + "}";
            var accepted =
                    desk.send(desk.body("POST", path + "/messages", body).header("Idempotency-Key", "k" + ++keys));
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
            return last;
        }

        void told(String what) throws Exception {
            desk.simulate("/contacts/" + contact + "/messages", "{\"to\":\"" + number + "\"," + what.substring(1));
        }

        void contactHas(int size) throws Exception {
            JsonNode messages = Desk.json(desk.heard(contact)).at("/messages");
            JsonNode file = messages.get(messages.size() - 1).at("/file");
            assertThat(file.at("/problem").asText()).isEmpty();
            assertThat(file.at("/length").asInt()).isEqualTo(size);
        }
    }

    private static byte[] drawn(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
