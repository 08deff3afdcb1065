package dev.waggle.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Hall.Client;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LineTest {
    private final Hall hall = new Hall();
    private final User bob = hall.user("bob");
    private final Device away = hall.companion(bob);
    private final Client ann = hall.client(hall.user("ann"));

    @BeforeEach
    void write() {
        for (int i = 0; i < 12; i++) {
            hall.submit(ann, hall.message(bob.pn(), "M" + i, away));
        }
    }

    @AfterEach
    void close() {
        hall.close();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "M" + i).toList();
    }

    private void receipts(Client client, int from, int to) {
        for (String id : ids(from, to)) {
            hall.submit(
                    client,
                    Node.build("receipt")
                            .attr("id", id)
                            .attr("to", ann.device.pn())
                            .done());
        }
    }

    private void activate(Client client) {
        hall.submit(client, Hall.iq("set", "passive", Jid.SERVER, Node.of("active")));
    }

    private static Node ib(Client client, String child) {
        return client.got("ib").stream()
                .filter(ib -> ib.child(child) != null)
                .findFirst()
                .map(ib -> ib.requireChild(child))
                .orElseThrow();
    }

    @Test
    void a_passive_client_gets_only_a_preview_until_it_is_active() {
        Client back = hall.login(away, true);
        assertThat(ib(back, "offline_preview").require("count")).isEqualTo("12");
        assertThat(ib(back, "offline_preview").require("message")).isEqualTo("12");
        assertThat(back.got("message")).isEmpty();
        activate(back);
        assertThat(back.ids("message")).isEqualTo(ids(0, 5));
        assertThat(back.got("message")).allMatch(message -> message.has("offline"));
    }

    @Test
    void a_client_that_does_not_ask_gets_the_next_five_when_it_confirmed_five() {
        Client back = hall.login(away, false);
        receipts(back, 0, 4);
        assertThat(back.got("message")).hasSize(5);
        receipts(back, 4, 5);
        assertThat(back.ids("message")).isEqualTo(ids(0, 10));
        receipts(back, 5, 10);
        assertThat(back.ids("message")).isEqualTo(ids(0, 12));
        assertThat(ib(back, "offline").require("count")).isEqualTo("12");
    }

    @Test
    void a_client_that_asks_for_a_batch_gets_it_at_once() {
        Client back = hall.login(away, true);
        hall.submit(
                back,
                Node.of("ib", Node.build("offline_batch").attr("count", 100).done()));
        activate(back);
        assertThat(back.ids("message")).isEqualTo(ids(0, 12));
    }

    @Test
    void a_new_message_comes_after_the_backlog_and_without_the_mark() {
        Client back = hall.login(away, false);
        hall.submit(ann, hall.message(bob.pn(), "new", away));
        assertThat(back.ids("message")).doesNotContain("new");
        receipts(back, 0, 12);
        assertThat(back.ids("message").getLast()).isEqualTo("new");
        assertThat(back.last("message").has("offline")).isFalse();
        int end = back.got.indexOf(back.got("ib").getLast());
        assertThat(end).isLessThan(back.got.indexOf(back.last("message")));
    }

    @Test
    void what_was_not_confirmed_comes_again_in_order_and_is_reported() {
        Client first = hall.login(away, false);
        receipts(first, 1, 3);
        hall.logout(first);
        Client second = hall.login(away, false);
        receipts(second, 0, 12);
        assertThat(second.ids("message").subList(0, 4)).containsExactly("M0", "M3", "M4", "M5");
        assertThat(second.got("message").getFirst().require("offline")).isEqualTo("2");
        var report = hall.on(() -> hall.exchange.report().snapshot());
        assertThat(report.messages().getFirst().redeliveries()).isEqualTo(1);
        assertThat(report.counters().get("redelivered")).isEqualTo(3);
    }

    @Test
    void an_empty_backlog_is_said_to_be_empty() {
        assertThat(ib(ann, "offline").require("count")).isEqualTo("0");
        assertThat(ann.got("ib").stream().anyMatch(ib -> ib.child("offline_preview") != null))
                .isFalse();
    }

    @Test
    void a_device_of_this_process_gets_all_at_once_and_keeps_nothing_waiting() {
        Client here = new Client(away);
        hall.on(() -> hall.exchange.attach(away, Hall.link(here)));
        assertThat(here.ids("message")).isEqualTo(ids(0, 12));
        assertThat(hall.on(() -> hall.exchange.waiting(away))).isZero();
        assertThat(here.got("ib")).isEmpty();
    }
}
