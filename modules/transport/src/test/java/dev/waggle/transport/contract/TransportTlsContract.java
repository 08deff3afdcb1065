package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Egress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every transport does over TLS: it believes whom it was told to believe, and shows who it is where it is
/// asked.
public abstract class TransportTlsContract extends TransportTrial {
    private static final List<String> HERE = List.of("localhost");

    @TempDir
    Path ours;

    @TempDir
    Path theirs;

    private static Egress trusting(Path trust) {
        return new Egress(null, trust, null);
    }

    private void untrusted(Recorder recorder) throws Exception {
        assertThat(recorder.end()).isInstanceOf(DisconnectReason.TlsFailure.class);
        assertThat(recorder.connected()).isFalse();
    }

    @Test
    void a_server_of_the_trusted_authority_is_talked_to() throws Exception {
        Authority authority = new Authority(ours);
        try (Echo server = Echo.secure(authority, HERE, false)) {
            turn(connect(server.uri(), trusting(authority.trust())).with(10), 3);
        }
    }

    @Test
    void a_server_of_another_authority_is_not_talked_to() throws Exception {
        try (Echo server = Echo.secure(new Authority(theirs), HERE, false)) {
            untrusted(connect(server.uri(), trusting(new Authority(ours).trust())));
            untrusted(connect(server.uri(), Egress.DIRECT));
            assertThat(server.clients).isEmpty();
        }
    }

    @Test
    void a_certificate_for_another_name_is_not_believed() throws Exception {
        Authority authority = new Authority(ours);
        try (Echo server = Echo.secure(authority, List.of("elsewhere.test"), false)) {
            untrusted(connect(server.uri(), trusting(authority.trust())));
        }
    }

    @Test
    void a_trust_file_that_is_none_is_told() throws Exception {
        Authority authority = new Authority(ours);
        try (Echo server = Echo.secure(authority, HERE, false)) {
            untrusted(connect(server.uri(), trusting(ours.resolve("missing.pem"))));
            untrusted(connect(
                    server.uri(), trusting(Files.writeString(ours.resolve("garbage.pem"), "not a certificate"))));
        }
    }

    /// No restart: the next connection sees it.
    @Test
    void a_trust_file_that_was_renewed_is_read_anew() throws Exception {
        Authority authority = new Authority(ours);
        Authority next = new Authority(theirs);
        Path trust = authority.trust();
        try (Echo server = Echo.secure(next, HERE, false)) {
            untrusted(connect(server.uri(), trusting(trust)));
            next.replace(trust);
            Files.setLastModifiedTime(trust, FileTime.fromMillis(1_000));
            turn(connect(server.uri(), trusting(trust)).with(10), 1);
        }
    }

    @Test
    void a_client_certificate_is_shown_to_a_server_that_asks_for_one() throws Exception {
        Authority authority = new Authority(ours);
        try (Echo server = Echo.secure(authority, HERE, true)) {
            Egress egress = new Egress(null, authority.trust(), authority.client("bee"));
            turn(connect(server.uri(), egress).with(10), 1);
            assertThat(server.clients).containsExactly("CN=bee");
        }
    }

    @Test
    void without_the_certificate_that_a_server_asks_for_nothing_comes_about() throws Exception {
        Authority authority = new Authority(ours);
        try (Echo server = Echo.secure(authority, HERE, true)) {
            untrusted(connect(server.uri(), trusting(authority.trust())));
            Egress stranger = new Egress(null, authority.trust(), new Authority(theirs).client("wasp"));
            untrusted(connect(server.uri(), stranger));
            assertThat(server.clients).isEmpty();
        }
    }

    @Test
    void tls_to_a_server_without_it_is_a_failure_of_tls() throws Exception {
        try (Echo server = Echo.plain()) {
            Recorder recorder = connect(
                    URI.create(server.uri().toString().replace("ws://", "wss://")),
                    trusting(new Authority(ours).trust()),
                    Duration.ofMillis(500));
            assertThat(recorder.end())
                    .isInstanceOfAny(DisconnectReason.TlsFailure.class, DisconnectReason.Refused.class);
        }
    }
}
