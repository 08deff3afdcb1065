package dev.waggle.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.CertificateChain;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.DeviceKeys;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.simulator.directory.User;
import dev.waggle.wire.frame.Frames;
import dev.waggle.wire.node.Node;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SocketSessionTest {
    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final SecureRandom random = new SecureRandom();
    private final KeyPair noise = KeyPair.generate(random);

    @AfterEach
    void close() {
        simulator.close();
    }

    private Device device() {
        return simulator
                .exchange()
                .ask(() -> {
                    User user = simulator.exchange().directory().named("linked");
                    SignedKey key = new SignedKey(1, Bytes.of(new byte[32]), Bytes.of(new byte[64]));
                    return user.addCompanion(
                            user.nextDevice(),
                            1,
                            new DeviceKeys(1, Bytes.of(new byte[32]), key),
                            noise.publicKey(),
                            Bytes.EMPTY);
                })
                .join();
    }

    @Test
    void a_companion_that_registers_gets_six_refs() {
        try (TestClient client = new TestClient(simulator)) {
            client.handshake(noise, client.registration(KeyPair.generate(random), "ann"));
            Node iq = client.next("iq");
            assertThat(iq.require("type")).isEqualTo("set");
            assertThat(iq.requireJid("from")).isEqualTo(Jid.SERVER);
            assertThat(iq.requireChild("pair-device").children("ref")).hasSize(6);
        }
    }

    @Test
    void a_registration_with_a_wrong_signature_fails() {
        try (TestClient client = new TestClient(simulator)) {
            var payload = client.registration(KeyPair.generate(random), "ann").toBuilder();
            payload.getDevicePairingDataBuilder()
                    .setEIdent(com.google.protobuf.ByteString.copyFrom(
                            KeyPair.generate(random).publicKey().toArray()));
            client.handshake(noise, payload.build());
            assertThat(client.next("failure").require("reason")).isEqualTo("400");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_linked_device_logs_in_with_a_routing_preamble_and_pings() {
        Device device = device();
        try (TestClient client = new TestClient(simulator)) {
            client.handshake(noise, TestClient.login(device.pn(), false), Bytes.hex("080512"));
            assertThat(client.next("success").requireJid("lid")).isEqualTo(device.lid());
            Node ping = Node.build("iq")
                    .attr("id", "p1")
                    .attr("type", "get")
                    .attr("xmlns", "w:p")
                    .attr("to", Jid.SERVER)
                    .done();
            client.send(ping);
            assertThat(client.next("iq").require("id")).isEqualTo("p1");
        }
    }

    @Test
    void an_unknown_device_is_told_401_and_closed() {
        try (TestClient client = new TestClient(simulator)) {
            client.handshake(noise, TestClient.login(Jid.pn("123456789").withDevice(3), false));
            assertThat(client.next("failure").require("reason")).isEqualTo("401");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_returning_device_resumes_by_ik_and_falls_back_when_the_key_is_old() {
        Device device = device();
        CertificateChain chain;
        try (TestClient client = new TestClient(simulator)) {
            chain = client.handshake(noise, TestClient.login(device.pn(), false))
                    .chain();
        }
        try (TestClient client = new TestClient(simulator)) {
            assertThat(client.resume(noise, chain, TestClient.login(device.pn(), false)))
                    .isTrue();
            assertThat(client.next("success").requireJid("lid")).isEqualTo(device.lid());
        }
        KeyPair root = KeyPair.generate(random);
        var term = new CertificateChain.Term(1, Instant.EPOCH, Instant.MAX.minusSeconds(1));
        var old = CertificateChain.issue(
                root, root, term, KeyPair.generate(random).publicKey(), term, random);
        try (TestClient client = new TestClient(simulator)) {
            assertThat(client.resume(noise, old, TestClient.login(device.pn(), false)))
                    .isFalse();
            assertThat(client.next("success").requireJid("lid")).isEqualTo(device.lid());
        }
    }

    @Test
    void whatever_breaks_one_connection_leaves_the_others() {
        Device device = device();
        try (TestClient good = new TestClient(simulator)) {
            good.handshake(noise, TestClient.login(device.pn(), false));
            good.next("success");
            Random seeded = new Random(3);
            for (int i = 0; i < 20; i++) {
                byte[] junk = new byte[1 + seeded.nextInt(80)];
                seeded.nextBytes(junk);
                try (TestClient bad = new TestClient(simulator)) {
                    if (i % 2 == 0) {
                        bad.write(Frames.INTRO.toArray());
                        bad.frame(junk);
                    } else {
                        bad.write(junk);
                    }
                    assertThat(bad.closed()).isTrue();
                }
            }
            good.send(Node.of("presence"));
            good.send(Node.build("iq")
                    .attr("id", "q")
                    .attr("type", "get")
                    .attr("xmlns", "w:p")
                    .done());
            assertThat(good.next("iq").require("id")).isEqualTo("q");
        }
    }

    @Test
    void a_frame_that_was_not_sealed_closes_the_connection() {
        Device device = device();
        try (TestClient client = new TestClient(simulator)) {
            client.handshake(noise, TestClient.login(device.pn(), true));
            client.next("success");
            client.next("ib");
            client.frame(new byte[40]);
            while (true) {
                if (client.closed()) {
                    break;
                }
            }
        }
        assertThat(simulator
                        .exchange()
                        .ask(() -> simulator.exchange().report().snapshot())
                        .join()
                        .counters())
                .containsEntry("brokenConnections", 1L);
    }

    @Test
    void the_tls_port_is_trusted_through_the_published_authority() throws Exception {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        byte[] pem = simulator.caPem().getBytes(StandardCharsets.US_ASCII);
        trust.setCertificateEntry(
                "ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), random);
        HttpClient http = HttpClient.newBuilder().sslContext(context).build();
        try (TestClient client = new TestClient(http, simulator.wss(), simulator.rootKey())) {
            client.handshake(noise, client.registration(KeyPair.generate(random), "ann"));
            assertThat(client.next("iq").child("pair-device")).isNotNull();
        }
    }

    /// RFC 6455, 5.5.1: a close frame without a status code is answered without one.
    @Test
    void a_close_without_a_code_is_answered_without_a_code() throws Exception {
        byte[] close = {(byte) 0x88, (byte) 0x80, 1, 2, 3, 4};
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), simulator.ws().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("""
                            GET /ws/chat HTTP/1.1\r
                            Host: 127.0.0.1\r
                            Upgrade: websocket\r
                            Connection: Upgrade\r
                            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                            Sec-WebSocket-Version: 13\r
                            \r
                            """.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 101");
            socket.getOutputStream().write(close);
            assertThat(in.readAllBytes()).containsExactly(0x88, 0);
        }
    }
}
