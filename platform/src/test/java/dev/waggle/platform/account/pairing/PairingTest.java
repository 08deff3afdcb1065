package dev.waggle.platform.account.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.iq.companion.CompanionHello;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What an attempt needs to know about its line comes with the stanzas of that line.
class PairingTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /// Writes to a probe; a question stays open until the test answers it.
    private record Paper(TestProbe<Node> written, CompletableFuture<Bytes> answer) implements Line {
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
        @SuppressWarnings("unchecked")
        public <A> CompletionStage<A> ask(Iq<A> question) {
            assertThat(question).isInstanceOf(CompanionHello.class);
            return (CompletionStage<A>) answer;
        }

        @Override
        public void settled(int stanzas) {}
    }

    private final TestProbe<Node> written = KIT.createTestProbe();
    private final TestProbe<Pairing.Notice> notices = KIT.createTestProbe();
    private final CompletableFuture<Bytes> answer = new CompletableFuture<>();

    @Test
    void the_first_stanza_is_answered_over_the_line_that_it_came_by() {
        begin(null);
        Node answered = written.receiveMessage();
        assertThat(answered.attr("id")).isEqualTo("pair-1");
        assertThat(answered.attr("type")).isEqualTo("result");
        assertThat(notices.receiveMessage()).isInstanceOf(Pairing.QrShown.class);
    }

    @Test
    void a_code_is_shown_when_the_server_knows_of_it() {
        begin(Jid.parse("4915112345678@s.whatsapp.net"));
        written.receiveMessage();
        notices.expectNoMessage();
        answer.complete(Bytes.utf8("ref"));
        assertThat(notices.receiveMessage()).isInstanceOf(Pairing.CodeShown.class);
    }

    @Test
    void a_code_that_the_server_refuses_is_not_shown() {
        begin(Jid.parse("4915112345678@s.whatsapp.net"));
        answer.completeExceptionally(new IllegalStateException("refused"));
        assertThat(notices.receiveMessage()).isInstanceOf(Pairing.Failed.class);
    }

    private void begin(@Nullable Jid phone) {
        SecureRandom random = new SecureRandom();
        var pairing = KIT.spawn(Pairing.create(
                new Pairing.Keys(KeyPair.generate(random), KeyPair.generate(random), Bytes.wrap(new byte[32])),
                new Pairing.Way(phone, "1", "Chrome (Linux)"),
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
        pairing.tell(new Pairing.Take(new Received(new Paper(written, answer), Stanza.read(offer), offer)));
    }
}
