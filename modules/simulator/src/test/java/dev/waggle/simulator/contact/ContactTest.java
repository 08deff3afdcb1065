package dev.waggle.simulator.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Jid;
import dev.waggle.simulator.exchange.ContactException;
import dev.waggle.simulator.exchange.Contacts.Heard;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ContactTest {
    private final Village village = new Village();
    private final Contact ann = village.contact("Ann");
    private final Contact bob = village.contact("Bob");

    private static List<String> received(Contact contact) {
        return contact.messagesAfter(0).stream()
                .filter(heard -> !heard.fromMe())
                .map(Heard::text)
                .toList();
    }

    @Test
    void two_contacts_talk_and_see_each_other_receive() {
        String id = ann.send(bob.user().lid(), "hello");
        village.settle();
        bob.send(ann.user().pn(), "hi yourself");
        village.settle();
        ann.send(bob.user().pn(), "fine");
        village.settle();

        assertThat(received(bob)).containsExactly("hello", "fine");
        assertThat(received(ann)).containsExactly("hi yourself");
        Heard heard = bob.messagesAfter(0).getFirst();
        assertThat(heard.id()).isEqualTo(id);
        assertThat(heard.chat()).isEqualTo(ann.user().lid());
        assertThat(heard.sender()).isEqualTo(ann.user().lid());
        assertThat(heard.timestamp()).isEqualTo(1_700_000_000L);
        assertThat(heard.copies()).isEqualTo(1);
        assertThat(ann.messagesAfter(0).getFirst().status()).isEqualTo("delivered");
        assertThat(bob.messagesAfter(heard.sequence())).hasSize(2);
    }

    @Test
    void a_read_receipt_goes_out_when_told() {
        String id = ann.send(bob.user().lid(), "hello");
        village.settle();
        var read = ann.await(heard -> heard.status().equals("read"));
        assertThat(read).isNotDone();

        bob.read(id);
        village.settle();

        assertThat(read).isCompletedWithValueMatching(heard -> heard.id().equals(id));
        bob.readEverything(true);
        String next = ann.send(bob.user().lid(), "again");
        village.settle();
        assertThat(ann.await(heard -> heard.id().equals(next) && heard.status().equals("read")))
                .isCompleted();
        assertThatThrownBy(() -> bob.read("NONE")).isInstanceOf(ContactException.class);
    }

    @Test
    void a_message_that_is_unreadable_on_its_way_is_sent_again() {
        ann.spoilNext(1);
        ann.send(bob.user().lid(), "spoiled");
        ann.send(bob.user().lid(), "good");
        village.settle();

        assertThat(received(bob)).containsExactlyInAnyOrder("spoiled", "good");
        assertThat(village.passed("receipt", "retry")).isEqualTo(1);
    }

    @Test
    void a_contact_that_lost_its_sessions_recovers_with_its_keys_in_the_second_retry() {
        ann.send(bob.user().lid(), "one");
        village.settle();
        bob.send(ann.user().lid(), "two");
        village.settle();

        bob.forgetSessions(ann.user());
        ann.send(bob.user().lid(), "three");
        village.settle();

        assertThat(received(bob)).containsExactly("one", "three");
        assertThat(village.passed("receipt", "retry")).isEqualTo(2);
    }

    @Test
    void a_refused_message_is_asked_for_without_touching_the_session() {
        bob.refuseNext(2);
        ann.send(bob.user().lid(), "one");
        village.settle();

        assertThat(received(bob)).containsExactly("one");
        assertThat(village.passed("receipt", "retry")).isEqualTo(2);
    }

    @Test
    void asking_ends_after_five_times() {
        bob.refuseNext(100);
        ann.send(bob.user().lid(), "one");
        village.settle();

        assertThat(received(bob)).isEmpty();
        assertThat(village.passed("receipt", "retry")).isEqualTo(5);
    }

    @Test
    void a_burst_keeps_its_order_and_comes_once() {
        List<String> texts =
                IntStream.range(0, 2_000).mapToObj(i -> "text " + i).toList();
        texts.forEach(text -> ann.send(bob.user().lid(), text));
        village.settle();
        texts.forEach(text -> ann.send(bob.user().lid(), text + "!"));
        village.settle();

        assertThat(received(bob)).hasSize(4_000);
        assertThat(received(bob).subList(0, 2_000)).isEqualTo(texts);
        assertThat(bob.messagesAfter(0)).allMatch(heard -> heard.copies() == 1);
    }

    @Test
    void the_same_ciphertext_delivered_twice_is_no_second_copy_and_no_retry() {
        ann.send(bob.user().lid(), "one");
        village.settle();
        var copy = village.passed.getFirst();
        var delivered = Node.build("message")
                .attr("id", copy.require("id"))
                .attr("from", ann.user().lid())
                .attr("type", "text")
                .attr("t", 1)
                .content(copy.requireChild("participants").children().getFirst().children())
                .done();
        bob.deliver(delivered);
        village.settle();

        assertThat(bob.messagesAfter(0))
                .singleElement()
                .satisfies(heard -> assertThat(heard.copies()).isEqualTo(1));
        assertThat(village.passed("receipt", "retry")).isZero();
    }

    @Test
    void one_time_keys_never_run_out_of_supply() {
        for (int i = 0; i < 40; i++) {
            Contact fresh = village.contact("Guest " + i);
            fresh.send(bob.user().lid(), "hi");
            village.settle();
        }

        assertThat(received(bob)).hasSize(40);
        assertThat(village.preKeys.count(village.device(bob.user().pn()))).isBetween(5, 15);
    }

    @Test
    void what_cannot_be_sent_is_refused_by_name() {
        assertThatThrownBy(() -> ann.send(Jid.pn("123456"), "x")).hasMessageContaining("to: 123456@s.whatsapp.net");
        assertThatThrownBy(() -> ann.send(bob.user().lid(), "")).hasMessageContaining("text: 0 characters");
        assertThatThrownBy(() -> ann.send(bob.user().lid(), "x".repeat(65_537))).isInstanceOf(ContactException.class);
        assertThatThrownBy(() -> village.book.add(" ")).isInstanceOf(ContactException.class);
        assertThatThrownBy(() -> village.book.heard(village.directory.named("nobody"), 0))
                .isInstanceOf(ContactException.class);
    }
}
