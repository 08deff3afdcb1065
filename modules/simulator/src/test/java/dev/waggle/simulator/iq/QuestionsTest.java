package dev.waggle.simulator.iq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Hall;
import dev.waggle.simulator.exchange.Hall.Client;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QuestionsTest {
    private final Hall hall = new Hall();
    private final User ann = hall.user("ann");
    private final User bob = hall.user("bob");
    private final Client one = hall.client(ann);
    private final Client other = hall.client(bob);

    @AfterEach
    void close() {
        hall.close();
    }

    private Node get(String namespace, Node... content) {
        return hall.ask(one, Hall.iq("get", namespace, Jid.SERVER, content));
    }

    private Node bundle(Jid jid) {
        Node user = Node.build("user").attr("jid", jid).done();
        return get("encrypt", Node.of("key", user)).requireChild("list").requireChild("user");
    }

    private static Node key(int id, Bytes value) {
        byte[] number = {(byte) (id >> 16), (byte) (id >> 8), (byte) id};
        return Node.of("key", Node.of("id", Bytes.of(number)), Node.of("value", value));
    }

    private Node upload(Client client, int... ids) {
        List<Node> keys = new ArrayList<>();
        for (int id : ids) {
            keys.add(key(id, hall.bytes(32)));
        }
        Node skey = Node.of(
                "skey",
                Node.of("id", Bytes.of((byte) 0, (byte) 0, (byte) 7)),
                Node.of("value", hall.bytes(32)),
                Node.of("signature", hall.bytes(64)));
        return hall.ask(
                client,
                Hall.iq(
                        "set",
                        "encrypt",
                        Jid.SERVER,
                        Node.of("registration", hall.bytes(4)),
                        Node.of("type", Bytes.of((byte) 5)),
                        Node.of("identity", client.device.keys().identityKey()),
                        Node.build("list").content(keys).done(),
                        skey));
    }

    @Test
    void every_one_time_key_is_handed_out_once_and_then_none() {
        upload(other, 1, 2);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Node bundle = bundle(other.device.lid());
            Node key = bundle.child("key");
            ids.add(
                    key == null
                            ? "none"
                            : key.requireChild("id").requireBytes(3).toHex());
            assertThat(bundle.requireChild("identity").requireBytes(32))
                    .isEqualTo(other.device.keys().identityKey());
            assertThat(bundle.requireChild("skey")
                            .requireChild("id")
                            .requireBytes(3)
                            .toHex())
                    .isEqualTo("000007");
            assertThat(bundle.requireChild("device-identity").requireBytes()).isEqualTo(other.device.signedIdentity());
        }
        assertThat(ids).containsExactly("000001", "000002", "none");
    }

    @Test
    void an_id_that_was_handed_out_is_refused_when_it_comes_again() {
        upload(other, 1, 2);
        bundle(other.device.pn());
        assertThat(upload(other, 1, 3).require("type")).isEqualTo("error");
        assertThat(upload(other, 4).require("type")).isEqualTo("result");
    }

    @Test
    void a_device_is_told_when_few_keys_are_left_and_when_none_is() {
        int[] ids = new int[11];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i + 1;
        }
        upload(other, ids);
        bundle(other.device.pn());
        assertThat(other.got("notification")).isEmpty();
        for (int i = 0; i < 10; i++) {
            bundle(other.device.pn());
        }
        assertThat(other.got("notification"))
                .extracting(node -> node.requireChild("count").require("value"))
                .containsExactly("9", "0");
    }

    @Test
    void the_count_and_the_digest_follow_the_stock() {
        upload(one, 1, 2, 3);
        assertThat(get("encrypt", Node.of("count")).requireChild("count").require("value"))
                .isEqualTo("3");
        Node digest = get("encrypt", Node.of("digest")).requireChild("digest");
        assertThat(digest.requireChild("list").children("id")).hasSize(3);
        assertThat(digest.requireChild("hash").requireBytes(20)).isNotNull();
        assertThat(digest.requireChild("identity").requireBytes(32))
                .isEqualTo(one.device.keys().identityKey());
    }

    @Test
    void keys_of_an_unknown_device_are_an_error_for_that_device_alone() {
        Node users = Node.of(
                "key",
                Node.build("user").attr("jid", bob.pn().withDevice(9)).done(),
                Node.build("user").attr("jid", other.device.pn()).done());
        List<Node> answers = get("encrypt", users).requireChild("list").children("user");
        assertThat(answers.getFirst().requireChild("error").require("code")).isEqualTo("404");
        assertThat(answers.getLast().child("identity")).isNotNull();
    }

    private Node usync(Node user, String... protocols) {
        List<Node> asked = new ArrayList<>();
        for (String protocol : protocols) {
            asked.add(Node.of(protocol));
        }
        Node usync = Node.build("usync")
                .attr("sid", "1")
                .content(Node.build("query").content(asked).done(), Node.of("list", user))
                .done();
        return get("usync", usync).requireChild("usync").requireChild("list").requireChild("user");
    }

    @Test
    void usync_lists_devices_with_key_indexes_and_the_lid() {
        Node user = usync(Node.build("user").attr("jid", bob.pn()).done(), "devices", "lid");
        List<Node> devices =
                user.requireChild("devices").requireChild("device-list").children("device");
        assertThat(devices).extracting(device -> device.require("id")).containsExactly("0", "1");
        assertThat(devices.getLast().require("key-index")).isEqualTo("1");
        assertThat(user.requireChild("lid").requireJid("val")).isEqualTo(bob.lid());
    }

    @Test
    void usync_by_phone_number_says_who_exists() {
        Node known = Node.of(
                "user", Node.build("contact").content("+" + bob.pn().user()).done());
        Node unknown = Node.of("user", Node.build("contact").content("+4912345").done());
        assertThat(usync(known, "contact").requireChild("contact").require("type"))
                .isEqualTo("in");
        assertThat(usync(known, "contact").requireJid("jid")).isEqualTo(bob.pn());
        assertThat(usync(unknown, "contact").requireChild("contact").require("type"))
                .isEqualTo("out");
    }

    @Test
    void who_asked_for_a_users_devices_is_told_when_they_change() {
        usync(Node.build("user").attr("jid", bob.lid()).done(), "devices");
        hall.companion(bob);
        hall.on(() -> {
            hall.exchange.changed(bob);
            return 0;
        });
        Node update = one.last("notification");
        assertThat(update.require("type")).isEqualTo("devices");
        assertThat(update.requireChild("update").children("device")).hasSize(3);
    }

    @Test
    void a_malformed_question_is_answered_by_an_error() {
        assertThat(get("usync").requireChild("error").require("code")).isEqualTo("400");
        assertThat(get("encrypt", Node.of("key", Node.of("user"))).require("type"))
                .isEqualTo("error");
    }

    @Test
    void what_nobody_answers_gets_an_empty_result() {
        Node answer = get("urn:xmpp:whatsapp:dirty", Node.of("clean"));
        assertThat(answer.require("type")).isEqualTo("result");
        assertThat(answer.require("id")).isEqualTo("q1");
        assertThat(answer.children()).isEmpty();
    }

    @Test
    void a_trusted_contact_token_reaches_its_devices() {
        Node token = Node.build("token")
                .attr("jid", bob.pn())
                .attr("t", 5)
                .attr("type", "trusted_contact")
                .done();
        hall.ask(one, Hall.iq("set", "privacy", Jid.SERVER, Node.of("tokens", token)));
        Node notification = other.last("notification");
        assertThat(notification.require("type")).isEqualTo("privacy_token");
        assertThat(notification.requireJid("sender_lid")).isEqualTo(ann.lid());
        assertThat(notification.requireChild("tokens").requireChild("token").bytes())
                .isNotNull();
    }
}
