package dev.waggle.platform.account.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.platform.port.Line;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.iq.QueryMediaHosts;
import dev.waggle.stanza.iq.QueryMediaHosts.MediaHosts;
import dev.waggle.wire.node.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class HostsTest {
    private static final Duration GOOD = Duration.ofMinutes(5);

    private Instant now = Instant.EPOCH;
    private int asked;
    private final InstantSource source = () -> now;
    private final Hosts hosts = new Hosts(source.withZone(ZoneOffset.UTC));

    /// Names another right each time.
    private final Line line = new Line() {
        @Override
        public long connectionId() {
            return 1;
        }

        @Override
        public CompletionStage<Done> write(Node stanza) {
            throw new AssertionError("written: " + stanza);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <A> CompletionStage<A> ask(Iq<A> question) {
            assertThat(question).isInstanceOf(QueryMediaHosts.class);
            return (CompletionStage<A>) CompletableFuture.completedStage(named(++asked));
        }

        @Override
        public void settled(int stanzas) {}
    };

    private static MediaHosts named(int time) {
        return new MediaHosts("right " + time, GOOD, List.of("a.example", "b.example"));
    }

    @Test
    void hosts_are_asked_for_again_when_their_time_is_over_and_not_before() throws Exception {
        hosts.lineUp(line);
        assertThat(hosts.now(null)).isEqualTo(named(1));
        now = now.plus(GOOD).minusMillis(1);
        assertThat(hosts.now(null)).isEqualTo(named(1));
        now = now.plusMillis(1);
        assertThat(hosts.now(null)).isEqualTo(named(2));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_right_that_was_refused_is_asked_for_anew_once_for_all_who_were_refused() throws Exception {
        hosts.lineUp(line);
        MediaHosts refused = hosts.now(null);
        assertThat(hosts.now(refused)).isEqualTo(named(2));
        assertThat(hosts.now(refused)).isEqualTo(named(2));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void what_is_known_serves_without_a_line_and_only_as_long_as_it_is_good() throws Exception {
        hosts.lineUp(line);
        hosts.now(null);
        hosts.lineDown();
        assertThat(hosts.now(null)).isEqualTo(named(1));
        now = now.plus(GOOD);
        assertThatThrownBy(() -> hosts.now(null))
                .isInstanceOfSatisfying(
                        TransferException.class,
                        away -> assertThat(away.kind()).isEqualTo(TransferException.Kind.NOT_CONNECTED));
    }
}
