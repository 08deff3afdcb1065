package dev.waggle.simulator.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.exchange.ContactException;
import dev.waggle.simulator.exchange.Contacts.Heard;
import dev.waggle.wire.node.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GroupTest {
    private final Village village = new Village();
    private final Contact ann = village.contact("Ann");
    private final Contact bob = village.contact("Bob");
    private final Contact cid = village.contact("Cid");
    private final Group group = village.group(ann, bob, cid);

    private static List<String> received(Contact contact) {
        return contact.messagesAfter(0).stream()
                .filter(heard -> !heard.fromMe())
                .map(Heard::text)
                .toList();
    }

    private Node lastMessage() {
        return village.passed.stream()
                .filter(node -> node.is("message"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Test
    void everybody_hears_everybody_and_keys_go_out_once() {
        ann.send(group.id(), "one");
        village.settle();
        assertThat(lastMessage().requireChild("participants").children()).hasSize(2);
        ann.send(group.id(), "two");
        village.settle();
        assertThat(lastMessage().child("participants")).isNull();
        bob.send(group.id(), "three");
        village.settle();

        assertThat(received(bob)).containsExactly("one", "two");
        assertThat(received(cid)).containsExactly("one", "two", "three");
        assertThat(received(ann)).containsExactly("three");
        Heard heard = cid.messagesAfter(0).getFirst();
        assertThat(heard.chat()).isEqualTo(group.id());
        assertThat(heard.sender()).isEqualTo(ann.user().lid());
        assertThat(ann.messagesAfter(0).getFirst().status()).isEqualTo("delivered");
    }

    @Test
    void a_new_member_gets_the_key_and_a_leaving_one_cannot_read_on() {
        ann.send(group.id(), "one");
        village.settle();
        Contact dot = village.contact("Dot");
        group.put(dot.user(), Group.Role.MEMBER);
        ann.send(group.id(), "two");
        village.settle();
        assertThat(lastMessage().requireChild("participants").children()).hasSize(1);

        group.remove(bob.user());
        ann.send(group.id(), "three");
        village.settle();

        assertThat(lastMessage().requireChild("participants").children()).hasSize(2);
        assertThat(received(dot)).containsExactly("two", "three");
        assertThat(received(bob)).containsExactly("one", "two");
        assertThat(received(cid)).containsExactly("one", "two", "three");
    }

    @Test
    void a_member_that_lost_the_key_gets_the_message_and_the_key_again() {
        ann.send(group.id(), "one");
        village.settle();
        bob.forgetSessions(ann.user());
        ann.send(group.id(), "two");
        village.settle();
        ann.send(group.id(), "three");
        village.settle();

        assertThat(received(bob)).containsExactly("one", "two", "three");
        assertThat(received(cid)).containsExactly("one", "two", "three");
        assertThat(village.passed("receipt", "retry")).isBetween(1L, 2L);
    }

    @Test
    void a_spoiled_group_message_is_sent_again_to_each_who_asks() {
        ann.spoilNext(1);
        ann.send(group.id(), "one");
        village.settle();

        assertThat(received(bob)).containsExactly("one");
        assertThat(received(cid)).containsExactly("one");
        assertThat(village.passed("receipt", "retry")).isEqualTo(2);
    }

    @Test
    void a_key_is_given_up_after_a_thousand_messages() {
        for (int i = 0; i <= 1_001; i++) {
            ann.send(group.id(), "text " + i);
        }
        village.settle();

        assertThat(received(bob)).hasSize(1_002);
        assertThat(village.passed.stream().filter(node -> node.child("participants") != null))
                .hasSize(2);
    }

    @Test
    void only_members_can_write() {
        group.remove(bob.user());

        assertThatThrownBy(() -> bob.send(group.id(), "x")).isInstanceOf(ContactException.class);
    }
}
