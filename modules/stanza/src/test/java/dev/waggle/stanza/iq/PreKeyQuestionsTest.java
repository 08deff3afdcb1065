package dev.waggle.stanza.iq;

import static dev.waggle.stanza.iq.QuestionsTest.error;
import static dev.waggle.stanza.iq.QuestionsTest.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.Samples;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreKeyQuestionsTest {
    private static final SignedKey SIGNED = new SignedKey(5, Samples.bytes(32, 3), Samples.bytes(64, 4));

    private static Node user(Jid device, Node... content) {
        return Node.build("user").attr("jid", device).content(content).done();
    }

    private static Node bundle(Jid device) {
        return user(
                device,
                Node.of("registration", Bytes.hex("00000009")),
                Node.of("type", Bytes.of((byte) 5)),
                Node.of("identity", Samples.bytes(32, 2)),
                Samples.signedKey(),
                Samples.oneTimeKey());
    }

    @Test
    void the_count_is_a_number() {
        Node count = Node.build("count").attr("value", 811).done();

        assertThat(new CountPreKeys().ask("7").child("count")).isNotNull();
        assertThat(new CountPreKeys().read(result(count))).isEqualTo(811);
        assertThatThrownBy(() -> new CountPreKeys().read(result())).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> new CountPreKeys().read(result(Node.of("count"))))
                .isInstanceOf(NodeException.class);
    }

    @Test
    void an_upload_carries_ids_in_three_bytes_and_keys_raw() {
        UploadPreKeys upload = new UploadPreKeys(
                0x01020304,
                Samples.bytes(32, 2),
                List.of(new OneTimeKey(0x00FFEE, Samples.bytes(32, 5)), new OneTimeKey(1, Samples.bytes(32, 6))),
                SIGNED);

        Node iq = upload.ask("7");

        assertThat(iq.attr("xmlns")).isEqualTo("encrypt");
        assertThat(iq.attr("type")).isEqualTo("set");
        assertThat(iq.children().stream().map(Node::tag))
                .containsExactly("registration", "type", "identity", "list", "skey");
        assertThat(iq.requireChild("registration").bytes()).isEqualTo(Bytes.hex("01020304"));
        assertThat(iq.requireChild("type").bytes()).isEqualTo(Bytes.hex("05"));
        assertThat(iq.requireChild("list").children()).hasSize(2).first().isEqualTo(Samples.oneTimeKey());
        assertThat(iq.requireChild("skey")).isEqualTo(Samples.signedKey());
    }

    @Test
    void an_upload_of_nothing_or_of_wrong_keys_is_a_mistake_of_ours() {
        assertThatThrownBy(() -> new UploadPreKeys(1, Samples.bytes(32, 1), List.of(), SIGNED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OneTimeKey(0x1000000, Samples.bytes(32, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignedKey(1, Samples.bytes(33, 1), Samples.bytes(64, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rotation_carries_the_new_signed_key() {
        assertThat(new RotateSignedPreKey(SIGNED)
                        .ask("7")
                        .requireChild("rotate")
                        .child("skey"))
                .isEqualTo(Samples.signedKey());
    }

    @Test
    void a_digest_is_compared_with_the_hash_over_what_we_hold() throws Exception {
        List<Bytes> oneTime = List.of(Samples.bytes(32, 5), Samples.bytes(32, 6));
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(Samples.bytes(32, 2).toArray());
        sha1.update(SIGNED.publicKey().toArray());
        sha1.update(SIGNED.signature().toArray());
        oneTime.forEach(key -> sha1.update(key.toArray()));
        Bytes hash = Bytes.wrap(sha1.digest());
        Node digest = Node.of(
                "digest",
                Node.of("registration", Bytes.hex("00000009")),
                Node.of("identity", Samples.bytes(32, 2)),
                Samples.signedKey(),
                Node.of("list", Node.of("id", Bytes.hex("000001")), Node.of("id", Bytes.hex("000002"))),
                Node.of("hash", hash));

        assertThat(new DigestPreKeys().read(result(digest)))
                .contains(new DigestPreKeys.KeyDigest(9, 5, List.of(1, 2), hash));
        assertThat(DigestPreKeys.expected(Samples.bytes(32, 2), SIGNED, oneTime))
                .isEqualTo(hash);
    }

    @Test
    void a_server_that_holds_nothing_answers_404_or_nothing() {
        assertThat(new DigestPreKeys().read(error(404, "item-not-found"))).isEmpty();
        assertThat(new DigestPreKeys().read(result())).isEmpty();
        assertThatThrownBy(() -> new DigestPreKeys().read(error(500, "x"))).isInstanceOf(IqException.class);
    }

    @Test
    void bundles_are_asked_for_by_device() {
        Jid device = Samples.BOB_LID.withDevice(3);

        assertThat(new FetchPreKeyBundles(List.of(device), true).ask("7").child("key"))
                .isEqualTo(Node.of(
                        "key",
                        Node.build("user")
                                .attr("jid", device)
                                .attr("reason", "identity")
                                .done()));
        assertThat(new FetchPreKeyBundles(List.of(device), false)
                        .ask("7")
                        .requireChild("key")
                        .requireChild("user")
                        .has("reason"))
                .isFalse();
    }

    @Test
    void every_device_has_its_own_answer() {
        Jid good = Samples.BOB_LID.withDevice(3);
        Jid gone = Samples.BOB_LID.withDevice(4);
        Jid broken = Samples.BOB_LID.withDevice(5);
        Node list = Node.of(
                "list",
                bundle(good),
                user(
                        gone,
                        Node.build("error")
                                .attr("code", 404)
                                .attr("text", "item-not-found")
                                .done()),
                user(broken, Node.of("registration", Bytes.hex("00"))));

        Map<Jid, FetchPreKeyBundles.Answer> answers =
                new FetchPreKeyBundles(List.of(good, gone, broken), false).read(result(list));

        assertThat(answers.get(good)).isInstanceOfSatisfying(FetchPreKeyBundles.Answer.Bundle.class, bundle -> {
            assertThat(bundle.keys().registrationId()).isEqualTo(9);
            assertThat(bundle.keys().oneTimeKey()).isEqualTo(new OneTimeKey(0xFFEE, Samples.bytes(32, 5)));
            assertThat(bundle.keys().signedKey()).isEqualTo(SIGNED);
        });
        assertThat(answers.get(gone)).isEqualTo(new FetchPreKeyBundles.Answer.Refused(404, "item-not-found"));
        assertThat(answers.get(broken)).isInstanceOf(FetchPreKeyBundles.Answer.Malformed.class);
    }

    @Test
    void too_many_devices_are_a_mistake_of_ours() {
        List<Jid> many = new ArrayList<>();
        for (int i = 0; i <= FetchPreKeyBundles.DEVICES_MAX; i++) {
            many.add(Samples.BOB.withDevice(i));
        }

        assertThatThrownBy(() -> new FetchPreKeyBundles(many, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FetchPreKeyBundles(List.of(), false)).isInstanceOf(IllegalArgumentException.class);
    }
}
