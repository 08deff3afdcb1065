package dev.waggle.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Egress;
import dev.waggle.transport.Target;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportEvents;
import dev.waggle.transport.contract.Authority;
import dev.waggle.transport.contract.Echo;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole TLS handshake costs milliseconds of CPU: ten thousand accounts that come back at once are to resume.
class ResumptionTest {
    /// Lets every client in, and counts: the certificate of a session that is resumed is not looked at again.
    private static final class Counting extends X509ExtendedTrustManager {
        final AtomicInteger seen = new AtomicInteger();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            seen.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            seen.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            seen.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class Turn implements TransportEvents {
        private final CompletableFuture<byte[]> heard = new CompletableFuture<>();
        private final CompletableFuture<DisconnectReason> over = new CompletableFuture<>();

        @Override
        public void connected(Transport transport) {
            transport.request(1);
            var _ = transport.send(new byte[] {50, 51});
            var _ = heard.thenRun(transport::disconnect);
        }

        @Override
        public void received(byte[] bytes) {
            heard.complete(bytes);
        }

        @Override
        public void disconnected(DisconnectReason reason) {
            over.complete(reason);
        }
    }

    private static void turn(NettyTransports transports, Echo server, Egress egress) throws Exception {
        Turn turn = new Turn();
        transports.connect(new Target(server.uri(), egress, Duration.ofSeconds(20)), turn);
        assertThat(turn.over.get(20, TimeUnit.SECONDS)).isEqualTo(new DisconnectReason.ByUs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void a_connection_that_comes_again_resumes_its_session(String protocol, @TempDir Path folder) throws Exception {
        X509Bundle own = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Counting clients = new Counting();
        SslContext tls = SslContextBuilder.forServer(own.getKeyPair().getPrivate(), own.getCertificatePath())
                .trustManager(clients)
                .clientAuth(ClientAuth.REQUIRE)
                .protocols(protocol)
                .build();
        Authority others = new Authority(folder);
        Path trust = Files.writeString(folder.resolve("ca.pem"), own.getCertificatePEM());
        Egress bee = new Egress(null, trust, others.client("bee"));
        Egress wasp = new Egress(null, trust, others.client("wasp"));
        try (Echo server = Echo.with(tls);
                NettyTransports transports = new NettyTransports(1)) {
            for (int i = 0; i < 4; i++) {
                turn(transports, server, bee);
            }
            assertThat(clients.seen).hasValue(1);
            // Nobody resumes what somebody else began.
            turn(transports, server, wasp);
            assertThat(clients.seen).hasValue(2);
        }
    }
}
