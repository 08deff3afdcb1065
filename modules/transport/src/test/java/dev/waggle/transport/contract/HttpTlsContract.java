package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.transport.Egress;
import dev.waggle.transport.http.HttpException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exchanges over TLS: whom a client believes, and whom it shows who it is.
public abstract class HttpTlsContract extends HttpContract {
    private static final List<String> HERE = List.of("localhost");

    @TempDir
    Path ours;

    @TempDir
    Path theirs;

    private static Egress trusting(Path trust) {
        return new Egress(null, trust, null);
    }

    private void untrusted(Site secure, Egress egress) {
        HttpException failure = failure(via(secure.at("/x"), egress));
        assertThat(failure.kind()).isEqualTo(HttpException.Kind.TLS);
        assertThat(secure.asked).isEmpty();
    }

    @Test
    void a_site_of_the_trusted_authority_is_asked() throws Exception {
        Authority authority = new Authority(ours);
        try (Site secure = Site.secure(authority.forSite(HERE), false)) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(execute(via(secure.at("/x"), trusting(authority.trust())))))
                        .isEqualTo("/x");
            }
        }
    }

    @Test
    void a_site_of_another_authority_is_not_asked() throws Exception {
        try (Site secure = Site.secure(new Authority(theirs).forSite(HERE), false)) {
            untrusted(secure, trusting(new Authority(ours).trust()));
            untrusted(secure, Egress.DIRECT);
        }
    }

    @Test
    void a_certificate_for_another_name_is_not_believed() throws Exception {
        Authority authority = new Authority(ours);
        try (Site secure = Site.secure(authority.forSite(List.of("elsewhere.test")), false)) {
            untrusted(secure, trusting(authority.trust()));
        }
    }

    @Test
    void a_client_certificate_is_shown_to_a_site_that_asks_for_one() throws Exception {
        Authority authority = new Authority(ours);
        try (Site secure = Site.secure(authority.forSite(HERE), true)) {
            Egress bee = new Egress(null, authority.trust(), authority.client("bee"));
            assertThat(text(execute(via(secure.at("/x"), bee)))).isEqualTo("/x");
        }
    }

    /// What the site saw of a client belongs to that client: a connection is kept for no other.
    @Test
    void a_connection_is_kept_for_the_same_certificate_only() throws Exception {
        Authority authority = new Authority(ours);
        try (Site secure = Site.secure(authority.forSite(HERE), true)) {
            Egress bee = new Egress(null, authority.trust(), authority.client("bee"));
            Egress ant = new Egress(null, authority.trust(), authority.client("ant"));
            for (Egress egress : List.of(bee, ant, bee, ant)) {
                text(execute(via(secure.at("/" + (egress.equals(bee) ? "bee" : "ant")), egress)));
            }
            assertThat(secure.asked("/bee").stream().map(Site.Asked::fromPort))
                    .doesNotContainAnyElementsOf(secure.asked("/ant").stream()
                            .map(Site.Asked::fromPort)
                            .toList());
        }
    }

    @Test
    void without_the_certificate_that_a_site_asks_for_nothing_is_answered() throws Exception {
        Authority authority = new Authority(ours);
        try (Site secure = Site.secure(authority.forSite(HERE), true)) {
            HttpException failure = failure(via(secure.at("/x"), trusting(authority.trust())));
            assertThat(failure.kind()).isIn(HttpException.Kind.TLS, HttpException.Kind.BROKEN);
            assertThat(secure.asked).isEmpty();
        }
    }
}
