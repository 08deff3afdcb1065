package dev.waggle.stanza.iq;

import static dev.waggle.stanza.iq.QuestionsTest.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.Samples;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UserQuestionsTest {
    private static Node answers(Node... users) {
        return result(Node.of("usync", Node.of("result"), Node.of("list", users)));
    }

    private static Node device(int id) {
        return Node.build("device").attr("id", id).done();
    }

    private static Node lid(Jid jid) {
        return Node.build("lid").attr("val", jid).done();
    }

    @Test
    void devices_are_asked_for_bare_users_once_each() {
        Node iq = new QueryDevices(List.of(Samples.BOB.withDevice(3), Samples.BOB, Samples.ALICE)).ask("7");
        Node usync = iq.requireChild("usync");

        assertThat(iq.attr("xmlns")).isEqualTo("usync");
        assertThat(usync)
                .isEqualTo(Node.build("usync")
                        .attr("sid", "7")
                        .attr("mode", "query")
                        .attr("last", "true")
                        .attr("index", "0")
                        .attr("context", "message")
                        .content(
                                Node.of(
                                        "query",
                                        Node.build("devices")
                                                .attr("version", "2")
                                                .done(),
                                        Node.of("lid")),
                                Node.of(
                                        "list",
                                        Node.build("user")
                                                .attr("jid", Samples.BOB)
                                                .done(),
                                        Node.build("user")
                                                .attr("jid", Samples.ALICE)
                                                .done()))
                        .done());
    }

    @Test
    void a_user_has_devices_a_lid_and_key_indexes() {
        Node user = Node.build("user")
                .attr("jid", Samples.BOB)
                .content(
                        Node.of(
                                "devices",
                                Node.of(
                                        "device-list",
                                        device(0),
                                        device(3).with("key-index", "2"),
                                        device(99).with("is_hosted", "true")),
                                Node.of("key-index-list", Bytes.hex("0102"))),
                        lid(Samples.BOB_LID))
                .done();

        Map<Jid, QueryDevices.UserDevices> read = new QueryDevices(List.of(Samples.BOB)).read(answers(user));

        QueryDevices.UserDevices expected = new QueryDevices.UserDevices(
                Samples.BOB,
                Samples.BOB_LID,
                List.of(
                        new QueryDevices.Device(0, OptionalInt.empty(), false),
                        new QueryDevices.Device(3, OptionalInt.of(2), false),
                        new QueryDevices.Device(99, OptionalInt.empty(), true)),
                Bytes.hex("0102"),
                OptionalInt.empty());
        assertThat(read).containsExactly(Map.entry(Samples.BOB, expected));
        assertThat(expected.addresses())
                .containsExactly(Samples.BOB, Samples.BOB.withDevice(3), new Jid(Samples.BOB.user(), "hosted", 0, 99));
    }

    @Test
    void a_refused_user_has_no_devices_and_says_why() {
        Node user = Node.build("user")
                .attr("jid", Samples.BOB_LID)
                .content(
                        Node.of("devices", Node.build("error").attr("code", 404).done()))
                .done();

        QueryDevices.UserDevices read =
                new QueryDevices(List.of(Samples.BOB_LID)).read(answers(user)).get(Samples.BOB_LID);

        assertThat(read)
                .isEqualTo(new QueryDevices.UserDevices(Samples.BOB_LID, null, List.of(), null, OptionalInt.of(404)));
    }

    @Test
    void a_device_number_out_of_range_is_refused() {
        Node user = Node.build("user")
                .attr("jid", Samples.BOB)
                .content(Node.of("devices", Node.of("device-list", device(65_536))))
                .done();

        assertThatThrownBy(() -> new QueryDevices(List.of(Samples.BOB)).read(answers(user)))
                .isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> new QueryDevices(List.of(Samples.BOB)).read(result()))
                .isInstanceOf(NodeException.class);
    }

    @Test
    void contacts_are_asked_for_by_number() {
        assertThat(new QueryContacts(List.of("+4915100000002"))
                        .ask("7")
                        .requireChild("usync")
                        .child("list"))
                .isEqualTo(Node.of(
                        "list",
                        Node.of(
                                "user",
                                Node.build("contact").content("+4915100000002").done())));
        assertThatThrownBy(() -> new QueryContacts(List.of("4915100000002")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QueryContacts(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_contact_is_on_whatsapp_or_not() {
        Node in = Node.build("user")
                .attr("jid", Samples.BOB)
                .content(
                        Node.build("contact")
                                .attr("type", "in")
                                .content("+4915100000002")
                                .done(),
                        lid(Samples.BOB_LID))
                .done();
        Node out = Node.of(
                "user",
                Node.build("contact").attr("type", "out").content("+4900000").done());

        assertThat(new QueryContacts(List.of("+4915100000002", "+4900000")).read(answers(in, out)))
                .containsExactly(
                        new QueryContacts.Contact("+4915100000002", true, Samples.BOB, Samples.BOB_LID),
                        new QueryContacts.Contact("+4900000", false, null, null));
    }

    @Test
    void a_contact_named_by_its_lid_has_its_number_beside() {
        Node in = Node.build("user")
                .attr("jid", Samples.BOB_LID)
                .attr("pn_jid", Samples.BOB)
                .content(Node.build("contact").attr("type", "in").content("+49").done())
                .done();

        assertThat(new QueryContacts(List.of("+4915100000002")).read(answers(in)))
                .containsExactly(new QueryContacts.Contact("+49", true, Samples.BOB, Samples.BOB_LID));
    }
}
