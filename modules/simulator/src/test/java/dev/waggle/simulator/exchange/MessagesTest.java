package dev.waggle.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Hall.Client;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MessagesTest {
    private final Hall hall = new Hall();
    private final User ann = hall.user("ann");
    private final User bob = hall.user("bob");
    private final Client annPhone = hall.client(ann);
    private final Client bobOne = hall.client(bob);
    private final Client bobTwo = hall.client(bob);

    @AfterEach
    void close() {
        hall.close();
    }

    private Device primary(User user) {
        return java.util.Objects.requireNonNull(user.device(0));
    }

    @Test
    void each_device_gets_its_own_copy_and_the_sender_an_ack() {
        Node message = hall.message(bob.pn(), "M1", primary(bob), bobOne.device, bobTwo.device, primary(ann));
        hall.submit(annPhone, message);

        List<Node> sent = message.requireChild("participants").children("to");
        Node one = bobOne.last("message");
        assertThat(one.children("enc")).isEqualTo(sent.get(1).children("enc"));
        assertThat(bobTwo.last("message").children("enc")).isEqualTo(sent.get(2).children("enc"));
        assertThat(one.requireJid("from")).isEqualTo(ann.pn().withDevice(1));
        assertThat(one.requireJid("sender_lid")).isEqualTo(ann.lid());
        assertThat(one.require("notify")).isEqualTo("ann");
        assertThat(one.require("t")).isEqualTo(Long.toString(Hall.NOW));
        Node ack = annPhone.last("ack");
        assertThat(ack.require("class")).isEqualTo("message");
        assertThat(ack.require("id")).isEqualTo("M1");
        assertThat(ack.requireJid("from")).isEqualTo(bob.pn());
        assertThat(ack.has("t")).isTrue();
        assertThat(ack.has("error") || ack.has("phash")).isFalse();
    }

    @Test
    void a_message_to_a_lid_comes_from_a_lid() {
        hall.submit(annPhone, hall.message(bob.lid(), "M1", bobOne.device));
        Node copy = bobOne.last("message");
        assertThat(copy.requireJid("from")).isEqualTo(ann.lid().withDevice(1));
        assertThat(copy.requireJid("sender_pn")).isEqualTo(ann.pn());
    }

    @Test
    void an_own_device_learns_who_the_recipient_was() {
        Client other = hall.client(ann);
        hall.submit(annPhone, hall.message(bob.pn(), "M1", bobOne.device, other.device));
        Node copy = other.last("message");
        assertThat(copy.requireJid("from")).isEqualTo(annPhone.device.pn());
        assertThat(copy.requireJid("recipient")).isEqualTo(bob.pn());
        assertThat(copy.requireJid("peer_recipient_lid")).isEqualTo(bob.lid());
    }

    @Test
    void a_sender_that_missed_a_device_learns_it_by_the_phash() {
        hall.submit(annPhone, hall.message(bob.pn(), "M1", primary(bob), bobOne.device, primary(ann)));
        assertThat(annPhone.last("ack").require("phash")).startsWith("2:").hasSize(10);
    }

    @Test
    void device_identity_goes_only_with_a_pre_key_message() {
        Node pkmsg = Node.build("to")
                .attr("jid", bobOne.device.pn())
                .content(hall.enc("pkmsg"))
                .done();
        Node msg = Node.build("to")
                .attr("jid", bobTwo.device.pn())
                .content(hall.enc("msg"))
                .done();
        Node message = Node.build("message")
                .attr("to", bob.pn())
                .attr("id", "M1")
                .content(
                        Node.of("participants", pkmsg, msg),
                        Node.of("device-identity", hall.bytes(60)),
                        Node.of("meta"))
                .done();
        hall.submit(annPhone, message);
        assertThat(bobOne.last("message").children())
                .extracting(Node::tag)
                .containsExactly("enc", "device-identity", "meta");
        assertThat(bobTwo.last("message").children()).extracting(Node::tag).containsExactly("enc", "meta");
    }

    @Test
    void a_group_member_gets_its_sender_key_first_and_then_the_message() {
        Group group = hall.on(() -> hall.exchange.groupChanges().create(ann, "Both", List.of(ann, bob), null));
        Node key = Node.build("to")
                .attr("jid", bobOne.device.lid())
                .content(hall.enc("pkmsg"))
                .done();
        Node message = Node.build("message")
                .attr("to", group.id())
                .attr("id", "G1")
                .content(hall.enc("skmsg"), Node.of("participants", key))
                .done();
        hall.submit(annPhone, message);
        Node one = bobOne.last("message");
        assertThat(one.children("enc")).extracting(enc -> enc.require("type")).containsExactly("pkmsg", "skmsg");
        assertThat(bobTwo.last("message").children("enc")).hasSize(1);
        assertThat(one.requireJid("from")).isEqualTo(group.id());
        assertThat(one.requireJid("participant")).isEqualTo(annPhone.device.lid());
        assertThat(one.requireJid("participant_pn")).isEqualTo(ann.pn());
        assertThat(annPhone.got("message")).isEmpty();
    }

    @Test
    void a_group_resend_reaches_the_one_device_that_asked() {
        Group group = hall.on(() -> hall.exchange.groupChanges().create(ann, "Both", List.of(ann, bob), null));
        Node message = Node.build("message")
                .attr("to", group.id())
                .attr("participant", bobTwo.device.lid())
                .attr("id", "G1")
                .content(Node.build("enc")
                        .attr("type", "pkmsg")
                        .attr("count", 1)
                        .content(hall.bytes(9))
                        .done())
                .done();
        hall.submit(annPhone, message);
        assertThat(bobOne.got("message")).isEmpty();
        assertThat(bobTwo.got("message")).hasSize(1);
        assertThat(hall.on(() -> hall.exchange.report().snapshot())
                        .messages()
                        .getFirst()
                        .resends())
                .isEqualTo(1);
    }

    @Test
    void strangers_to_a_group_and_unknown_addressees_are_refused() {
        Group group = hall.on(() -> hall.exchange.groupChanges().create(bob, "Without ann", List.of(bob), null));
        hall.submit(annPhone, hall.message(group.id(), "G1", bobOne.device));
        assertThat(annPhone.last("ack").require("error")).isEqualTo("403");
        hall.submit(annPhone, hall.message(Jid.pn("123456789"), "M1"));
        assertThat(annPhone.last("ack").require("error")).isEqualTo("404");
        assertThat(bobOne.got("message")).isEmpty();
    }

    @Test
    void a_malformed_message_is_answered_479_and_reported() {
        hall.submit(annPhone, Node.build("message").attr("id", "M1").done());
        hall.submit(
                annPhone,
                Node.build("message").attr("id", "M2").attr("to", "a@b:c@d").done());
        Node noJid = Node.of("participants", Node.of("to", hall.enc("msg")));
        hall.submit(
                annPhone,
                Node.build("message")
                        .attr("id", "M3")
                        .attr("to", bob.pn())
                        .content(noJid)
                        .done());
        assertThat(annPhone.got("ack")).extracting(ack -> ack.require("error")).containsExactly("479", "479", "479");
        assertThat(hall.on(() -> hall.exchange.report().snapshot()).violations())
                .hasSize(3);
    }

    @Test
    void a_message_that_comes_twice_is_delivered_twice_and_counted() {
        for (int i = 0; i < 2; i++) {
            hall.submit(annPhone, hall.message(bob.pn(), "M1", bobOne.device));
        }
        assertThat(bobOne.ids("message")).containsExactly("M1", "M1");
        var counted =
                hall.on(() -> hall.exchange.report().snapshot()).messages().getFirst();
        assertThat(counted.accepted()).isEqualTo(2);
        assertThat(counted.copies()).isEqualTo(Map.of(bobOne.device.pn().toString(), 2));
    }

    @Test
    void a_full_queue_refuses_the_message_for_all() {
        try (Hall small = new Hall(new ExchangeLimits(10, 10, 10, 2, 10, 10))) {
            User to = small.user("to");
            Device away = small.companion(to);
            Client here = small.client(to);
            Client from = small.client(small.user("from"));
            for (int i = 0; i < 3; i++) {
                small.submit(from, small.message(to.pn(), "M" + i, away, here.device));
            }
            assertThat(from.last("ack").require("error")).isEqualTo("503");
            assertThat(here.ids("message")).containsExactly("M0", "M1");
        }
    }
}
