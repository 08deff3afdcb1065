package dev.waggle.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Hall.Client;
import dev.waggle.wire.node.Node;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReceiptsTest {
    private final Hall hall = new Hall();
    private final User ann = hall.user("ann");
    private final User bob = hall.user("bob");
    private final Client annOne = hall.client(ann);
    private final Client annTwo = hall.client(ann);
    private final Client bobOne = hall.client(bob);

    @BeforeEach
    void say() {
        hall.submit(annOne, hall.message(bob.pn(), "M1", bobOne.device));
    }

    @AfterEach
    void close() {
        hall.close();
    }

    private Node receipt(Jid to, String type) {
        return Node.build("receipt")
                .attr("id", "M1")
                .attr("to", to)
                .attr("type", type.isEmpty() ? null : type)
                .done();
    }

    private int waiting() {
        return hall.on(() -> hall.exchange.waiting(bobOne.device));
    }

    @Test
    void a_receipt_confirms_the_message_and_reaches_all_devices_of_its_sender() {
        assertThat(waiting()).isEqualTo(1);
        hall.submit(bobOne, receipt(annOne.device.pn(), ""));
        assertThat(waiting()).isZero();
        assertThat(bobOne.last("ack").require("class")).isEqualTo("receipt");
        for (Client device : List.of(annOne, annTwo)) {
            Node copy = device.last("receipt");
            assertThat(copy.requireJid("from")).isEqualTo(bobOne.device.pn());
            assertThat(copy.require("id")).isEqualTo("M1");
            assertThat(copy.has("type")).isFalse();
        }
    }

    @Test
    void a_receipt_by_the_other_name_of_the_sender_confirms_as_well() {
        hall.submit(bobOne, receipt(annOne.device.lid(), ""));
        assertThat(waiting()).isZero();
        assertThat(annOne.last("receipt").requireJid("from")).isEqualTo(bobOne.device.lid());
    }

    @Test
    void an_inactive_reader_looks_like_any_other() {
        hall.submit(bobOne, receipt(annOne.device.pn(), "inactive"));
        assertThat(annOne.last("receipt").has("type")).isFalse();
        hall.submit(bobOne, receipt(annOne.device.pn(), "read"));
        assertThat(annOne.last("receipt").require("type")).isEqualTo("read");
    }

    @Test
    void one_receipt_confirms_all_messages_that_it_lists() {
        hall.submit(annOne, hall.message(bob.pn(), "M2", bobOne.device));
        hall.submit(annOne, hall.message(bob.pn(), "M3", bobOne.device));
        Node list = Node.of(
                "list",
                Node.build("item").attr("id", "M2").done(),
                Node.build("item").attr("id", "M3").done());
        Node all = Node.build("receipt")
                .attr("id", "M1")
                .attr("to", annOne.device.pn())
                .content(list)
                .done();
        hall.submit(bobOne, all);
        assertThat(waiting()).isZero();
        assertThat(annOne.last("receipt").child("list")).isEqualTo(list);
    }

    @Test
    void a_retry_goes_to_the_one_device_and_the_message_stays_until_it_is_acked() {
        Node retry = Node.build("receipt")
                .attr("id", "M1")
                .attr("to", annOne.device.pn())
                .attr("type", "retry")
                .content(
                        Node.build("retry").attr("count", 1).attr("id", "M1").done(),
                        Node.of("registration", hall.bytes(4)))
                .done();
        hall.submit(bobOne, retry);
        assertThat(annOne.last("receipt").children()).isEqualTo(retry.children());
        assertThat(annTwo.got("receipt")).isEmpty();
        assertThat(waiting()).isEqualTo(1);
        Node ack = Node.build("ack")
                .attr("class", "message")
                .attr("id", "M1")
                .attr("to", annOne.device.pn())
                .done();
        hall.submit(bobOne, ack);
        assertThat(waiting()).isZero();
    }

    @Test
    void a_group_receipt_names_its_reader() {
        Group group = hall.on(() -> hall.exchange.groupChanges().create(ann, "Both", List.of(ann, bob), null));
        hall.submit(bobOne, receipt(group.id(), "").with("participant", annOne.device.lid()));
        Node copy = annOne.last("receipt");
        assertThat(copy.requireJid("from")).isEqualTo(group.id());
        assertThat(copy.requireJid("participant")).isEqualTo(bobOne.device.lid());
    }

    @Test
    void what_one_device_read_is_told_to_its_siblings_only() {
        hall.submit(annOne, receipt(bobOne.device.pn(), "read-self"));
        assertThat(annTwo.last("receipt").requireJid("recipient")).isEqualTo(bob.pn());
        assertThat(bobOne.got("receipt")).isEmpty();
    }

    @Test
    void a_receipt_waits_for_a_sender_that_is_away() {
        hall.logout(annOne);
        hall.submit(bobOne, receipt(annOne.device.pn(), ""));
        Client back = hall.login(annOne.device, false);
        assertThat(back.ids("receipt")).containsExactly("M1");
        assertThat(back.last("receipt").require("offline")).isEqualTo("1");
    }
}
