package dev.waggle.platform.account.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.SetClock;
import dev.waggle.platform.port.Attachments;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.Ack;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.ParticipantHash;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the outbox lets go of, and what it learns from the server's answers; its neighbours hold on cue.
class OutboxTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.load());
    private static final Jid SELF = Jid.pn("15550001").withDevice(3);
    private static final Jid CARLA = Jid.pn("4915550002");
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Neighbours neighbours = new Neighbours();
    private final SetClock clock = new SetClock();
    private final TestProbe<Node> written = KIT.createTestProbe();
    private final TestProbe<Recordable> recorded = KIT.createTestProbe();
    private final TestProbe<String> over = KIT.createTestProbe();
    private final TestProbe<Boolean> told = KIT.createTestProbe();
    private final Line line = new TestLine();
    private final ActorRef<Outbox.Command> outbox = KIT.spawn(Outbox.create(new OutboxPorts(
            SELF,
            null,
            neighbours,
            neighbours,
            new NoFiles(),
            recordable -> {
                recorded.ref().tell(recordable);
                return CompletableFuture.completedStage(1L);
            },
            _ -> CompletableFuture.completedStage(Optional.empty()),
            new SecureRandom(),
            point -> {},
            clock)));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private final class NoFiles implements Attachments {
        @Override
        public CompletionStage<Message> placed(Intent intent, Message message) {
            return CompletableFuture.completedStage(message);
        }

        @Override
        public void over(Intent intent) {
            over.ref().tell(intent.getMessageId());
        }
    }

    private final class TestLine implements Line {
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
            return CompletableFuture.failedStage(new AssertionError("nobody asks"));
        }

        @Override
        public void settled(int stanzas) {}
    }

    private static Intent intent(String id) {
        return Intent.newBuilder()
                .setMessageId(id)
                .setChat(CARLA.toString())
                .setType("text")
                .setContent(ByteString.copyFrom(MessageContent.text(id).unsafeArray()))
                .build();
    }

    private void deliver(String id, boolean unsent) {
        outbox.tell(new Outbox.Deliver(intent(id), unsent));
    }

    private boolean withdrawn(String id) {
        outbox.tell(new Outbox.Withdraw(id, told.ref()::tell));
        return told.receiveMessage(WAIT);
    }

    private void written(String id) {
        assertThat(written.receiveMessage(WAIT).attr("id")).isEqualTo(id);
    }

    private void acked(String id, String phash) {
        Node node = Node.build("ack")
                .attr("class", "message")
                .attr("id", id)
                .attr("from", CARLA)
                .attr("t", 1_700_000_000)
                .attr("phash", phash)
                .done();
        outbox.tell(new Outbox.Acked(new Received(line, Stanza.read(node), node), (Ack) Stanza.read(node)));
        recorded.receiveMessage(WAIT);
    }

    @Test
    void what_waits_for_a_line_is_let_go_of() {
        deliver("A", true);
        deliver("B", true);
        assertThat(withdrawn("A")).isTrue();
        assertThat(withdrawn("A")).as("again").isFalse();
        outbox.tell(new Outbox.LineUp(line));
        written("B");
        written.expectNoMessage(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B"})
    void what_is_being_prepared_or_waits_behind_it_is_let_go_of_and_holds_nobody_up(String taken) {
        CompletableFuture<Done> held = neighbours.hold();
        outbox.tell(new Outbox.LineUp(line));
        deliver("A", true);
        deliver("B", true);
        deliver("C", true);
        assertThat(withdrawn(taken)).isTrue();
        held.complete(Done.getInstance());
        written(taken.equals("A") ? "B" : "A");
        written("C");
    }

    @Test
    void what_is_on_the_wire_is_not_let_go_of_answered_or_not() {
        outbox.tell(new Outbox.LineUp(line));
        deliver("A", true);
        written("A");
        assertThat(withdrawn("A")).isFalse();
        acked("A", "");
        assertThat(withdrawn("A")).isFalse();
        assertThat(over.receiveMessage(WAIT))
                .as("its file is not needed any more")
                .isEqualTo("A");
    }

    @Test
    void what_an_earlier_owner_had_is_not_let_go_of_before_or_after() {
        deliver("A", false);
        assertThat(withdrawn("A")).isFalse();
        assertThat(withdrawn("nobody's")).isFalse();
        outbox.tell(new Outbox.LineUp(line));
        written("A");
    }

    @Test
    void a_server_that_knows_other_devices_has_them_asked_for_again_but_not_after_every_send() {
        outbox.tell(new Outbox.LineUp(line));
        deliver("A", true);
        written("A");
        acked("A", ParticipantHash.of(List.of(SELF, CARLA.withDevice(0), CARLA.withDevice(7))));
        assertThat(neighbours.forgotten).hasSize(1);
        assertThat(neighbours.forgotten.getFirst()).contains(CARLA);
        deliver("B", true);
        written("B");
        acked("B", ParticipantHash.of(List.of(SELF)));
        assertThat(neighbours.forgotten).as("within the minute").hasSize(1);
        clock.forward(Duration.ofMinutes(2));
        deliver("C", true);
        written("C");
        acked("C", ParticipantHash.of(List.of(SELF)));
        assertThat(neighbours.forgotten).hasSize(2);
    }

    @Test
    void a_server_that_agrees_or_says_nothing_changes_nothing() {
        outbox.tell(new Outbox.LineUp(line));
        deliver("A", true);
        written("A");
        acked("A", ParticipantHash.of(List.of(SELF, SELF.bare().withDevice(0), CARLA.withDevice(0))));
        assertThat(neighbours.forgotten).isEmpty();
    }
}
