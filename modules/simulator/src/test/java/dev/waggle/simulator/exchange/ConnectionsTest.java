package dev.waggle.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Hall.Client;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.fault.Fault.Kind;
import dev.waggle.wire.node.Node;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
    private final Hall hall = new Hall();
    private final User ann = hall.user("ann");
    private final User bob = hall.user("bob");
    private final Client one = hall.client(ann);
    private final Client peer = hall.client(bob);

    @AfterEach
    void close() {
        hall.close();
    }

    private void arm(Kind kind, int count, int code, int after) {
        hall.on(() -> hall.exchange.arm(new Fault(kind, Optional.of(ann.pn()), count, 0, code, after)));
    }

    @Test
    void success_names_the_lid_of_the_device() {
        assertThat(one.last("success").requireJid("lid")).isEqualTo(ann.lid().withDevice(1));
        assertThat(one.got.getFirst().is("success")).isTrue();
    }

    @Test
    void a_second_login_replaces_the_first_whose_stanzas_are_dropped_and_reported() {
        Client two = hall.login(one.device, false);
        assertThat(one.last("stream:error").requireChild("conflict").require("type"))
                .isEqualTo("replaced");
        assertThat(one.closed).isTrue();
        hall.submit(one, hall.message(bob.pn(), "late", peer.device));
        assertThat(peer.got("message")).isEmpty();
        assertThat(hall.on(() -> hall.exchange.report().snapshot()).supersededStanzas())
                .hasSize(1);
        hall.logout(one);
        hall.submit(two, hall.message(bob.pn(), "M1", peer.device));
        assertThat(peer.ids("message")).containsExactly("M1");
    }

    @Test
    void a_logout_unlinks_and_the_next_login_fails() {
        hall.submit(
                one,
                Hall.iq(
                        "set",
                        "md",
                        Jid.SERVER,
                        Node.build("remove-companion-device")
                                .attr("jid", one.device.pn())
                                .attr("reason", "user_initiated")
                                .done()));
        assertThat(one.last("iq").require("type")).isEqualTo("result");
        Node error = one.last("stream:error");
        assertThat(error.require("code")).isEqualTo("401");
        assertThat(error.requireChild("conflict").require("type")).isEqualTo("device_removed");
        Client again = hall.login(one.device, false);
        assertThat(again.last("failure").require("reason")).isEqualTo("401");
        assertThat(again.closed).isTrue();
    }

    @Test
    void a_device_cannot_unlink_another() {
        Client two = hall.client(ann);
        hall.submit(
                two,
                Hall.iq(
                        "set",
                        "md",
                        Jid.SERVER,
                        Node.build("remove-companion-device")
                                .attr("jid", one.device.pn())
                                .done()));
        assertThat(one.closed).isFalse();
    }

    @Test
    void a_login_with_another_noise_key_fails() {
        Client thief = new Client(one.device);
        boolean refused = hall.on(() -> hall.exchange
                .login(one.device.pn(), Bytes.wrap(new byte[32]), Bytes.EMPTY, false, Hall.link(thief))
                .isEmpty());
        assertThat(refused).isTrue();
        assertThat(one.closed).isFalse();
    }

    @Test
    void an_armed_failure_refuses_as_many_logins_as_it_says() {
        arm(Kind.FAILURE, 1, 405, 0);
        assertThat(hall.login(one.device, false).last("failure").require("reason"))
                .isEqualTo("405");
        assertThat(hall.login(one.device, false).got("success")).hasSize(1);
    }

    @Test
    void a_cut_closes_without_a_word_and_a_stream_error_with_its_code() {
        int before = one.got.size();
        arm(Kind.CUT, 1, 0, 0);
        assertThat(one.closed).isTrue();
        assertThat(one.got).hasSize(before);
        Client two = hall.login(one.device, false);
        arm(Kind.STREAM_ERROR, 1, 503, 0);
        assertThat(two.last("stream:error").require("code")).isEqualTo("503");
        assertThat(two.closed).isTrue();
        assertThat(peer.closed).isFalse();
    }

    @Test
    void a_cut_can_let_stanzas_through_first() {
        arm(Kind.CUT, 1, 0, 2);
        hall.submit(one, hall.message(bob.pn(), "M1", peer.device));
        hall.submit(one, hall.message(bob.pn(), "M2", peer.device));
        assertThat(one.closed).isFalse();
        hall.submit(one, hall.message(bob.pn(), "M3", peer.device));
        assertThat(one.closed).isTrue();
        assertThat(peer.ids("message")).containsExactly("M1", "M2");
    }

    @Test
    void a_blackhole_swallows_both_directions_and_loses_nothing_for_good() {
        arm(Kind.BLACKHOLE, 0, 0, 0);
        int before = one.got.size();
        hall.submit(one, hall.message(bob.pn(), "M1", peer.device));
        hall.submit(peer, hall.message(ann.pn(), "M2", one.device));
        assertThat(peer.got("message")).isEmpty();
        assertThat(one.got).hasSize(before);
        assertThat(one.closed).isFalse();
        hall.on(() -> {
            hall.exchange.disarmAll();
            return 0;
        });
        assertThat(hall.login(one.device, false).ids("message")).containsExactly("M2");
    }

    @Test
    void a_nack_is_answered_to_the_sender_and_reaches_nobody() {
        arm(Kind.NACK, 1, 463, 0);
        hall.submit(one, hall.message(bob.pn(), "M1", peer.device));
        assertThat(one.last("ack").require("error")).isEqualTo("463");
        hall.submit(one, hall.message(bob.pn(), "M2", peer.device));
        assertThat(peer.ids("message")).containsExactly("M2");
    }

    @Test
    void duplicates_and_swaps_strike_as_often_as_they_are_armed() {
        arm(Kind.DUPLICATE, 1, 0, 0);
        hall.submit(peer, hall.message(ann.pn(), "M1", one.device));
        arm(Kind.REORDER, 1, 0, 0);
        hall.submit(peer, hall.message(ann.pn(), "M2", one.device));
        hall.submit(peer, hall.message(ann.pn(), "M3", one.device));
        hall.submit(peer, hall.message(ann.pn(), "M4", one.device));
        assertThat(one.ids("message")).containsExactly("M1", "M1", "M3", "M2", "M4");
    }
}
