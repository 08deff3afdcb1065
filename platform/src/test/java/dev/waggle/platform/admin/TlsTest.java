package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may reach the admin API: in the clear only this machine, unless the settings say otherwise.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private final Desk desk;
    private final X509Bundle bundle;
    private final Map<String, String> files;

    TlsTest(@TempDir Path data) throws Exception {
        desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
        bundle = new CertificateBuilder()
                .subject("CN=a node")
                .setIsCertificateAuthority(true)
                .addSanIpAddress("127.0.0.1")
                .buildSelfSigned();
        files = Map.of(
                "waggle.http.tls.certificate-file",
                Files.writeString(data.resolve("tls.crt"), bundle.getCertificatePathPEM())
                        .toString(),
                "waggle.http.tls.key-file",
                Files.writeString(data.resolve("tls.key"), bundle.getPrivateKeyPEM())
                        .toString());
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private static Config config(Map<String, ?> keys) {
        return ConfigFactory.parseMap(Map.of("waggle.http.port", "0"))
                .withFallback(ConfigFactory.parseMap(keys))
                .withFallback(ConfigFactory.load());
    }

    private static AdminSettings settings(Map<String, ?> keys) {
        return AdminSettings.of(config(keys), Desk.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "no.such.host.invalid"})
    void in_the_clear_an_address_that_others_reach_is_refused(String host) {
        assertThatThrownBy(() -> desk.start(settings(Map.of("waggle.http.host", host))))
                .cause()
                .isInstanceOf(AdminBindException.class)
                .hasMessage("admin address: " + host + ":0 (expected: a loopback address, the files of waggle.http.tls,"
                        + " or waggle.http.allow-remote = on)");
    }

    @Test
    void told_otherwise_it_is_opened() throws Exception {
        AdminServer open =
                desk.start(settings(Map.of("waggle.http.host", "0.0.0.0", "waggle.http.allow-remote", "on")));
        try {
            assertThat(open.address()).hasScheme("http");
            assertThat(desk.send(HttpRequest.newBuilder(local(open, "/health/live")))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            open.stop().toCompletableFuture().get();
        }
    }

    @Test
    void over_tls_it_is_opened_and_the_clear_is_not_understood() throws Exception {
        var keys = new java.util.HashMap<String, String>(files);
        keys.put("waggle.http.host", "0.0.0.0");
        AdminServer open = desk.start(settings(keys));
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            assertThat(open.address()).hasScheme("https");
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(local(open, "/v1/accounts")).header("Authorization", "Bearer " + Desk.KEY);
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession()).isPresent();
            HttpRequest.Builder metrics =
                    HttpRequest.newBuilder(local(open, "/metrics")).header("Authorization", "Bearer " + Desk.KEY);
            assertThat(client.send(metrics.build(), BodyHandlers.ofString()).body())
                    .contains("waggle_http_certificate_ends_seconds "
                            + (double) bundle.getCertificate()
                                    .getNotAfter()
                                    .toInstant()
                                    .getEpochSecond());
            URI clear =
                    URI.create("http" + local(open, "/health/live").toString().substring(5));
            assertThatThrownBy(() -> desk.send(HttpRequest.newBuilder(clear))).isInstanceOf(IOException.class);
        } finally {
            open.stop().toCompletableFuture().get();
        }
    }

    @Test
    void a_file_that_is_not_there_is_named_before_anything_opens() {
        var keys = new java.util.HashMap<String, String>(files);
        keys.put("waggle.http.tls.key-file", "none.key");
        assertThatThrownBy(() -> desk.start(settings(keys)))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("waggle.http.tls: none.key (expected: a file that can be read)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "waggle.http.port             | http | waggle.http.port: http (expected: 0..65535)",
                "waggle.http.port             | -1   | waggle.http.port: -1 (expected: 0..65535)",
                "waggle.http.host             | ' '  | waggle.http.host: '' (expected: an address)",
                "waggle.http.allow-remote     | why  | waggle.http.allow-remote: why (expected: on or off)",
                "waggle.http.tls.key-file     | k    | waggle.http.tls.key-file: alone (expected: certificate-file and key-file together)",
                "waggle.http.tls.certificate-file | c | waggle.http.tls.certificate-file: alone (expected: certificate-file and key-file together)",
            })
    void a_setting_that_cannot_be_is_named_with_its_rule(String key, String value, String says) {
        assertThatThrownBy(() -> AdminSettings.of(
                        ConfigFactory.parseMap(Map.of(key, value)).withFallback(config(Map.of())), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(says);
    }

    private static URI local(AdminServer server, String path) {
        return URI.create(server.address().getScheme() + "://127.0.0.1:"
                + server.address().getPort() + path);
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", bundle.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
