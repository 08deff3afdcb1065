package dev.waggle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.wire.node.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageCheckTest {
    private final Town town = new Town();
    private final Jid bob = town.bob.lid();

    private List<String> broken(Node message) {
        return town.broken(town.annWeb, message);
    }

    private Node toBob(Node... more) {
        Node[] content = new Node[more.length + 1];
        content[0] = Town.participants(town.msg(bob), town.msg(town.annPhone.lid()));
        System.arraycopy(more, 0, content, 1, more.length);
        return Town.message(bob, content);
    }

    private Node pkmsg() {
        return Town.copy(bob, Town.enc("pkmsg", town.opening(town.annWeb, town.ratchet(town.random(32), 0))));
    }

    @Test
    void a_message_for_all_devices_passes() {
        assertThat(broken(toBob())).isEmpty();
        assertThat(broken(Town.message(bob, Town.participants(pkmsg()), town.identityNode())))
                .isEmpty();
    }

    @Test
    void an_id_that_is_not_hex_is_found() {
        assertThat(broken(toBob().with("id", "hello"))).containsExactly("message-id");
    }

    @Test
    void a_message_without_type_or_copies_is_found() {
        Node bare = Node.build("message")
                .attr("to", bob)
                .attr("id", "3EB0AABBCCDDEEFF001122")
                .done();

        assertThat(broken(bare)).containsExactly("message-shape", "message-shape");
    }

    @Test
    void a_wrong_enc_version_or_type_is_found() {
        Node wrongType = Town.copy(bob, Town.enc("skmsg", town.grouped(1, 1)));
        Node wrongVersion =
                Town.copy(bob, Town.enc("msg", town.ratchet(town.random(32), 0)).with("v", "3"));

        assertThat(broken(Town.message(bob, Town.participants(wrongType)))).containsExactly("enc-shape");
        assertThat(broken(Town.message(bob, Town.participants(wrongVersion)))).containsExactly("enc-shape");
    }

    @Test
    void bytes_that_are_no_signal_message_are_found() {
        for (Bytes bytes :
                List.of(Bytes.EMPTY, town.random(40), Bytes.hex("33ff"), Bytes.hex("3300000000000000000000"))) {
            Node enc = Town.copy(bob, Town.enc("msg", bytes));
            assertThat(broken(Town.message(bob, Town.participants(enc)))).containsExactly("enc-bytes");
        }
    }

    @Test
    void a_pkmsg_of_a_companion_without_device_identity_is_found_and_refused() {
        Node message = Town.message(bob, Town.participants(pkmsg()));

        assertThat(broken(message)).containsExactly("device-identity-missing");
        assertThat(town.answer(town.annWeb, message)).isEqualTo(479);
    }

    @Test
    void a_phone_needs_no_device_identity() {
        Node pkmsg = Town.copy(bob, Town.enc("pkmsg", town.opening(town.annPhone, town.ratchet(town.random(32), 0))));

        assertThat(town.broken(town.annPhone, Town.message(bob, Town.participants(pkmsg))))
                .isEmpty();
    }

    @Test
    void a_device_identity_signed_by_others_is_found() {
        KeyPair stranger = KeyPair.generate(town.random);
        SignedIdentity forged = town.signed(stranger, town.companionIdentity);
        Node shown = Node.of(
                "device-identity",
                forged.withAccountKey(town.annIdentity.publicKey()).write());

        assertThat(broken(Town.message(bob, Town.participants(pkmsg()), shown)))
                .containsExactly("device-identity-wrong", "device-identity-wrong");
    }

    @Test
    void a_device_identity_without_account_key_or_device_signature_is_found() {
        SignedIdentity whole = town.signed;
        Node keyless =
                Node.of("device-identity", whole.withAccountKey(Bytes.EMPTY).write());
        Node unsigned = Node.of(
                "device-identity",
                new SignedIdentity(whole.details(), whole.accountKey(), whole.accountSignature(), Bytes.EMPTY).write());

        assertThat(broken(Town.message(bob, Town.participants(pkmsg()), keyless)))
                .containsExactly("device-identity-wrong");
        assertThat(broken(Town.message(bob, Town.participants(pkmsg()), unsigned)))
                .containsExactly("device-identity-wrong");
    }

    @Test
    void a_pkmsg_under_another_identity_is_found() {
        Node foreign = Town.copy(bob, Town.enc("pkmsg", town.opening(town.bobPhone, town.ratchet(town.random(32), 0))));

        assertThat(broken(Town.message(bob, Town.participants(foreign), town.identityNode())))
                .containsExactly("sender-identity", "sender-identity");
    }

    @Test
    void copies_for_unknown_foreign_own_or_repeated_devices_are_found() {
        town.directory.named("Eve").addPrimary(town.keys(KeyPair.generate(town.random), 1));
        Jid eve = town.directory.named("Eve").lid();

        assertThat(broken(Town.message(bob, Town.participants(town.msg(bob.withDevice(9))))))
                .containsExactly("participant-unknown");
        assertThat(broken(Town.message(bob, Town.participants(town.msg(eve))))).containsExactly("participant-foreign");
        assertThat(broken(Town.message(bob, Town.participants(town.msg(town.annWeb.lid())))))
                .containsExactly("participant-foreign");
        assertThat(broken(Town.message(bob, Town.participants(town.msg(bob), town.msg(town.bob.pn())))))
                .containsExactly("participant-twice");
    }

    @Test
    void a_copy_for_a_device_that_was_unlinked_passes() {
        int number = town.bob.nextDevice();

        assertThat(broken(Town.message(bob, Town.participants(town.msg(bob.withDevice(number))))))
                .isEmpty();
    }

    @Test
    void a_resend_to_one_device_passes_but_not_as_a_fan_out() {
        Node enc = Town.enc("msg", town.ratchet(town.random(32), 0)).with("count", "1");
        Node resend = Town.message(bob, enc);
        Node fanout = Town.message(bob, enc, Town.participants(town.msg(bob)));

        assertThat(broken(resend)).isEmpty();
        assertThat(broken(fanout)).containsExactly("resend-fanout");
        assertThat(town.answer(town.annWeb, fanout)).isEqualTo(479);
        town.tolerated.add(Rule.RESEND_FANOUT);
        assertThat(town.answer(town.annWeb, fanout)).isZero();
    }

    @Test
    void a_bare_enc_without_count_is_found() {
        assertThat(broken(Town.message(bob, Town.enc("msg", town.ratchet(town.random(32), 0)))))
                .containsExactly("message-shape");
    }

    @Test
    void a_peer_message_goes_to_own_devices_only() {
        Node enc = Town.enc("msg", town.ratchet(town.random(32), 0));
        Node own = Town.message(town.ann.lid(), enc).with("category", "peer");

        assertThat(broken(own)).isEmpty();
        assertThat(broken(Town.message(bob, enc).with("category", "peer"))).containsExactly("participant-foreign");
    }

    @Test
    void a_group_message_passes_with_the_hash_over_all_devices() {
        String phash = ParticipantHash.of(List.of(bob, town.annWeb.lid(), town.annPhone.lid()));
        Node message = Town.message(
                        town.group.id(), Town.participants(town.msg(bob)), Town.enc("skmsg", town.grouped(5, 0)))
                .with("phash", phash);

        assertThat(broken(message)).isEmpty();
        assertThat(broken(message.with("phash", phash.replace('+', '-').replace('/', '_'))))
                .isEmpty();
    }

    @Test
    void a_wrong_hash_is_written_down_and_a_malformed_one_refused() {
        Node message = Town.message(town.group.id(), Town.enc("skmsg", town.grouped(5, 0)));
        Node wrong = message.with("phash", ParticipantHash.of(List.of(bob)));

        assertThat(broken(wrong)).containsExactly("phash-mismatch");
        assertThat(town.answer(town.annWeb, wrong)).isZero();
        assertThat(broken(message.with("phash", "1:abc"))).containsExactly("phash-shape");
        assertThat(town.answer(town.annWeb, message.with("phash", "1:abc"))).isEqualTo(479);
    }

    @Test
    void a_group_message_of_a_stranger_or_in_the_wrong_mode_is_found() {
        Node message = Town.message(town.group.id(), Town.enc("skmsg", town.grouped(5, 0)));
        town.group.remove(town.bob);

        assertThat(town.broken(town.bobPhone, message)).containsExactly("not-member");
        assertThat(broken(message.with("addressing_mode", "pn"))).containsExactly("addressing-mode");
    }

    @Test
    void the_hash_of_nobody_is_the_one_in_the_token_dictionary() {
        assertThat(ParticipantHash.of(List.of())).isEqualTo("2:47DEQpj8");
    }
}
