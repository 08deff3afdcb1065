package dev.waggle.platform.account.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.Receipt;
import dev.waggle.stanza.Stanza;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.wire.node.Node;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReceiptIntakeTest {
    private static final Jid READER = Jid.lid("77001");
    private static final Jid NUMBER = Jid.pn("4915112345678");
    private static final String MESSAGE = "3EB0AA";

    private Jid chat = READER;
    private OutboundState stored = OutboundState.SENT;
    private final ReceiptIntake intake = new ReceiptIntake(
            user -> CompletableFuture.completedStage(new Identity(NUMBER, user.bare())),
            id -> CompletableFuture.completedStage(Optional.of(row(id))),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private OutboundRow row(String id) {
        return new OutboundRow(new MessageId(id), "key", Bytes.EMPTY, chat, stored, Instant.EPOCH, Bytes.EMPTY, "", 1);
    }

    private List<String> told(int device, String type) {
        return events(device, type).stream().map(PublicEvent::getType).toList();
    }

    private List<PublicEvent> events(int device, String type) {
        Node node = Node.build("receipt")
                .attr("id", MESSAGE)
                .attr("from", READER.withDevice(device))
                .attr("type", type)
                .attr("t", 1_700_000_000)
                .done();
        return intake.recordable((Receipt) Stanza.read(node))
                .toCompletableFuture()
                .join()
                .published();
    }

    @Test
    void the_second_device_of_a_reader_adds_nothing_even_before_the_stores_follow() {
        assertThat(told(0, "inactive")).containsExactly("message.delivered");
        assertThat(told(1, "inactive")).isEmpty();
    }

    @Test
    void a_step_is_never_taken_back() {
        assertThat(told(1, "read")).containsExactly("message.read");
        assertThat(told(0, "inactive")).isEmpty();
        assertThat(told(0, "read")).isEmpty();
        assertThat(told(1, "played")).containsExactly("message.played");
    }

    @Test
    void what_the_stores_know_already_adds_nothing() {
        stored = OutboundState.READ;
        assertThat(told(1, "inactive")).isEmpty();
        assertThat(told(1, "read")).isEmpty();
    }

    @Test
    void a_chat_is_told_with_both_names_and_by_the_one_that_was_sent_to() {
        chat = NUMBER;
        assertThat(events(0, "inactive"))
                .singleElement()
                .extracting(event -> event.getProgress().getChat())
                .isEqualTo(new Identity(NUMBER, READER).party(NUMBER));
    }

    @Test
    void a_group_is_not_taken_for_its_reader() {
        chat = Jid.group("120363000000000001");
        assertThat(events(0, "inactive"))
                .singleElement()
                .extracting(event -> event.getProgress().getChat())
                .isEqualTo(Party.newBuilder().setJid(chat.toString()).build());
    }
}
