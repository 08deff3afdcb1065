package dev.waggle.platform.account.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What an attempt needs to know about its line comes with the stanzas of that line.
class PairingTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private record Paper(TestProbe<Node> written) implements Line {
        @Override
        public long connectionId() {
            return 1;
        }

        @Override
        public CompletionStage<Done> write(Node stanza) {
            written.ref().tell(stanza);
            return CompletableFuture.completedStage(Done.getInstance());
        }

        @Override
        public <A> CompletionStage<A> ask(Iq<A> question) {
            return CompletableFuture.failedStage(new IllegalStateException("not asked for here"));
        }

        @Override
        public void settled(int stanzas) {}
    }

    @Test
    void the_first_stanza_is_answered_over_the_line_that_it_came_by() {
        SecureRandom random = new SecureRandom();
        TestProbe<Node> written = KIT.createTestProbe();
        TestProbe<Pairing.Notice> notices = KIT.createTestProbe();
        var pairing = KIT.spawn(Pairing.create(
                new Pairing.Keys(KeyPair.generate(random), KeyPair.generate(random), Bytes.wrap(new byte[32])),
                new Pairing.Way(null, "1", "Chrome (Linux)"),
                random,
                Clock.systemUTC(),
                notices.ref()::tell));
        Node offer = Node.build("iq")
                .attr("from", Jid.SERVER)
                .attr("type", "set")
                .attr("id", "pair-1")
                .attr("xmlns", "md")
                .content(Node.of("pair-device", Node.of("ref", Bytes.utf8("2@abc"))))
                .done();
        pairing.tell(new Pairing.Take(new Received(new Paper(written), Stanza.read(offer), offer)));
        Node answer = written.receiveMessage();
        assertThat(answer.attr("id")).isEqualTo("pair-1");
        assertThat(answer.attr("type")).isEqualTo("result");
        assertThat(notices.receiveMessage()).isInstanceOf(Pairing.QrShown.class);
    }
}
