package dev.waggle.platform.admin.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerTlsTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private final Path certificate;
    private final Path key;
    private Instant now = START;

    ServerTlsTest(@TempDir Path folder) {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
    }

    @BeforeEach
    void write() throws Exception {
        write(CertificateBuilder.Algorithm.ecp256, Duration.ofDays(1));
    }

    private void write(CertificateBuilder.Algorithm algorithm, Duration life) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .algorithm(algorithm)
                .subject("CN=node")
                .setIsCertificateAuthority(true)
                .notBefore(START.minus(Duration.ofHours(1)))
                .notAfter(START.plus(life))
                .buildSelfSigned();
        Files.writeString(certificate, bundle.getCertificatePathPEM());
        Files.writeString(key, bundle.getPrivateKeyPEM());
    }

    private ServerTls open() {
        return ServerTls.open(certificate, key, () -> now);
    }

    @ParameterizedTest
    @EnumSource(names = {"rsa2048", "ecp256", "ecp384", "ed25519"})
    void keys_of_every_usual_kind_are_taken(CertificateBuilder.Algorithm algorithm) throws Exception {
        write(algorithm, Duration.ofDays(3));
        ServerTls tls = open();
        assertThat(tls.ends()).isEqualTo(START.plus(3, ChronoUnit.DAYS));
        assertThat(tls.engine().getUseClientMode()).isFalse();
        assertThat(tls.engine().getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    }

    @Test
    void a_certificate_that_was_renewed_is_shown_within_a_minute() throws Exception {
        ServerTls tls = open();
        write(CertificateBuilder.Algorithm.ecp256, Duration.ofDays(90));
        Files.setLastModifiedTime(certificate, FileTime.from(START.plusSeconds(1)));
        now = START.plusSeconds(59);
        assertThat(tls.ends()).isEqualTo(START.plus(1, ChronoUnit.DAYS));
        now = START.plusSeconds(60);
        assertThat(tls.ends()).isEqualTo(START.plus(90, ChronoUnit.DAYS));
    }

    @Test
    void a_renewal_that_is_broken_changes_nothing_until_it_is_whole() throws Exception {
        ServerTls tls = open();
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nMIIB");
        Files.setLastModifiedTime(certificate, FileTime.from(START.plusSeconds(1)));
        now = START.plusSeconds(60);
        assertThat(tls.ends()).isEqualTo(START.plus(1, ChronoUnit.DAYS));
        Files.delete(certificate);
        now = START.plusSeconds(120);
        assertThat(tls.engine()).isNotNull();
        write(CertificateBuilder.Algorithm.ecp256, Duration.ofDays(90));
        Files.setLastModifiedTime(certificate, FileTime.from(START.plusSeconds(2)));
        now = START.plusSeconds(180);
        assertThat(tls.ends()).isEqualTo(START.plus(90, ChronoUnit.DAYS));
    }

    @Test
    void what_is_wrong_with_a_file_is_said_and_nothing_of_its_key() throws Exception {
        String text = Files.readString(key);
        Files.writeString(key, text.replace("PRIVATE KEY", "RSA PRIVATE KEY"));
        refused("tls.key (expected: a PKCS #8 key", text);
        Files.writeString(key, text.replace("M", "?"));
        refused("tls.key (expected: a PKCS #8 key", text);
        Files.writeString(key, text.substring(0, 60) + text.substring(70));
        refused("tls.key (expected: a PKCS #8 key", text);
        Files.delete(key);
        refused("tls.key (expected: a file that can be read)", text);
        Files.writeString(key, text);
        Files.writeString(certificate, "");
        refused("tls.crt (expected: certificates in PEM form)", text);
        Files.write(certificate, new byte[2 * 1024 * 1024]);
        refused("tls.crt (expected: at most 1 MiB)", text);
    }

    private void refused(String says, String secret) {
        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("waggle.http.tls: ")
                .hasMessageContaining(says)
                .hasMessageNotContaining(secret.lines().skip(1).findFirst().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(names = {"rsa2048", "ecp256"})
    void a_key_of_another_certificate_is_refused(CertificateBuilder.Algorithm algorithm) throws Exception {
        String before = Files.readString(key);
        write(algorithm, Duration.ofDays(1));
        Files.writeString(key, before);
        assertThatThrownBy(this::open).hasMessageContaining("tls.key (expected: the key of");
    }
}
