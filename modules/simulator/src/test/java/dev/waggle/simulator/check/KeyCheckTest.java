package dev.waggle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.KeyPair;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.simulator.exchange.Registration;
import dev.waggle.simulator.exchange.Verdict;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyCheckTest {
    private final Town town = new Town();

    private static Bytes big(int value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >>> 8 * (size - 1 - i));
        }
        return Bytes.wrap(bytes);
    }

    private static Node skey(SignedKey key) {
        return Node.of(
                "skey",
                Node.of("id", big(key.id(), 3)),
                Node.of("value", key.key()),
                Node.of("signature", key.signature()));
    }

    private Node upload(int firstId, int count) {
        return upload(
                firstId,
                count,
                town.annWeb.keys().signedKey(),
                town.annWeb.keys().identityKey());
    }

    private Node upload(int firstId, int count, SignedKey signed, Bytes identity) {
        List<Node> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(Node.of("key", Node.of("id", big(firstId + i, 3)), Node.of("value", town.random(32))));
        }
        return Node.build("iq")
                .attr("type", "set")
                .attr("xmlns", "encrypt")
                .attr("id", "1")
                .content(
                        Node.of("registration", big(33, 4)),
                        Node.of("type", Bytes.of((byte) 5)),
                        Node.of("identity", identity),
                        Node.build("list").content(keys).done(),
                        skey(signed))
                .done();
    }

    private List<String> broken(Node iq) {
        return town.broken(town.annWeb, iq);
    }

    @Test
    void uploads_with_growing_ids_pass() {
        assertThat(broken(upload(1, 812))).isEmpty();
        assertThat(broken(upload(813, 50))).isEmpty();
    }

    @Test
    void the_same_keys_may_be_offered_again() {
        Node upload = upload(1, 5);

        assertThat(broken(upload)).isEmpty();
        assertThat(broken(upload)).isEmpty();
    }

    @Test
    void an_id_that_comes_again_with_another_key_or_goes_back_is_found() {
        broken(upload(10, 2));

        assertThat(broken(upload(11, 1))).containsExactly("upload-ids");
        assertThat(broken(upload(5, 1))).containsExactly("upload-ids");
        assertThat(broken(upload(0, 1))).containsExactly("upload-ids");
        assertThat(town.answer(town.annWeb, upload(5, 1))).isEqualTo(400);
    }

    @Test
    void ids_may_begin_again_after_the_last_one() {
        broken(upload(0xff_fff0, 10));

        assertThat(broken(upload(1, 5))).isEmpty();
        assertThat(broken(upload(6, 5))).isEmpty();
    }

    @Test
    void too_many_keys_or_none_are_found() {
        assertThat(broken(upload(1, 813))).containsExactly("upload-limit");
        assertThat(broken(upload(1, 0))).containsExactly("upload-limit");
    }

    @Test
    void a_signature_of_another_key_is_found() {
        SignedKey signed = town.annWeb.keys().signedKey();
        SignedKey tampered = new SignedKey(signed.id(), town.random(32), signed.signature());

        assertThat(broken(upload(1, 5, tampered, town.annWeb.keys().identityKey())))
                .containsExactly("upload-signature");
    }

    @Test
    void another_identity_or_wrong_length_is_found() {
        SignedKey signed = town.annWeb.keys().signedKey();

        assertThat(broken(upload(1, 5, signed, town.random(32)))).containsExactly("upload-shape");
        assertThat(broken(upload(1, 5, signed, town.random(33)))).containsExactly("upload-shape");
    }

    @Test
    void a_rotation_is_verified() {
        SignedKey good = town.signedKey(town.companionIdentity);
        SignedKey bad = town.signedKey(KeyPair.generate(town.random));

        assertThat(broken(rotation(good))).isEmpty();
        assertThat(broken(rotation(bad))).containsExactly("upload-signature");
    }

    private static Node rotation(SignedKey key) {
        return Node.build("iq")
                .attr("type", "set")
                .attr("xmlns", "encrypt")
                .content(Node.of("rotate", skey(key)))
                .done();
    }

    @Test
    void a_registration_passes_only_with_a_good_signature() {
        Bytes props = new FieldsWriter().text(1, "Waggle").done();
        var good = new Registration(town.random(32), town.keys(town.companionIdentity, 5), "Ann", props);
        var keys = good.keys().rotated(town.signedKey(KeyPair.generate(town.random)));

        assertThat(town.inspector.registration(good)).isEqualTo(Verdict.FINE);
        assertThat(town.inspector.registration(new Registration(good.noiseKey(), keys, "Ann", props)))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(town.inspector.registration(new Registration(good.noiseKey(), good.keys(), "Ann", Bytes.EMPTY)))
                .isInstanceOf(Verdict.Refused.class);
    }

    private Bytes payload(String version, int keyType, int idBytes) {
        SignedKey signed = town.signedKey(town.companionIdentity);
        FieldsWriter pairing = new FieldsWriter()
                .bytes(1, big(5, 4))
                .bytes(2, Bytes.of((byte) keyType))
                .bytes(3, town.companionIdentity.publicKey())
                .bytes(4, big(1, idBytes))
                .bytes(5, signed.key())
                .bytes(6, signed.signature())
                .bytes(7, Bytes.wrap(Digest.md5(Bytes.utf8(version).toArray())))
                .bytes(8, new FieldsWriter().text(1, "Waggle").done());
        var appVersion = new FieldsWriter().number(1, 2).number(2, 3000).number(3, 1043857760L);
        return new FieldsWriter()
                .number(3, 0)
                .message(5, new FieldsWriter().message(2, appVersion))
                .message(19, pairing)
                .done();
    }

    private static List<Rule> rules(List<Violation> found) {
        return found.stream().map(Violation::rule).toList();
    }

    @Test
    void a_payload_is_checked_field_by_field() {
        String version = "2.3000.1043857760";

        assertThat(RegistrationCheck.payload(payload(version, 5, 3))).isEmpty();
        assertThat(rules(RegistrationCheck.payload(payload("2.3000.1", 5, 3)))).containsExactly(Rule.BUILD_HASH);
        assertThat(rules(RegistrationCheck.payload(payload(version, 6, 3)))).containsExactly(Rule.REGISTRATION_PAYLOAD);
        assertThat(rules(RegistrationCheck.payload(payload(version, 5, 4)))).containsExactly(Rule.REGISTRATION_PAYLOAD);
        assertThat(rules(RegistrationCheck.payload(Bytes.hex("0a")))).containsExactly(Rule.REGISTRATION_PAYLOAD);
    }
}
