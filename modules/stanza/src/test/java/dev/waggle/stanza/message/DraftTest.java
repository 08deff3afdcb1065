package dev.waggle.stanza.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.wire.node.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class DraftTest {
    private static final MessageId ID = new MessageId("3EB0C0FFEE");
    private static final Jid BOB = Jid.lid("200");
    private static final Jid GROUP = Jid.group("120363");
    private static final Bytes IDENTITY = Bytes.hex("0a0b");
    private static final Draft.Part OPENING = new Draft.Part(BOB, EncType.PRE_KEY, Bytes.hex("01"));
    private static final Draft.Part WHISPER = new Draft.Part(BOB.withDevice(3), EncType.WHISPER, Bytes.hex("02"));

    private static Node enc(String type, String hex) {
        return Node.build("enc")
                .attr("v", "2")
                .attr("type", type)
                .content(Bytes.hex(hex))
                .done();
    }

    private static Node to(Jid device, Node enc) {
        return Node.build("to").attr("jid", device).content(enc).done();
    }

    @Test
    void a_direct_message_has_one_ciphertext_per_device_and_our_identity() {
        Node message = Draft.direct(ID, BOB, "text", List.of(OPENING, WHISPER), IDENTITY);

        assertThat(message)
                .isEqualTo(Node.build("message")
                        .attr("id", "3EB0C0FFEE")
                        .attr("to", BOB)
                        .attr("type", "text")
                        .content(
                                Node.of(
                                        "participants",
                                        to(BOB, enc("pkmsg", "01")),
                                        to(BOB.withDevice(3), enc("msg", "02"))),
                                Node.of("device-identity", IDENTITY))
                        .done());
    }

    @Test
    void without_a_new_session_our_identity_stays_at_home() {
        Node message = Draft.direct(ID, BOB, "text", List.of(WHISPER), Bytes.EMPTY);

        assertThat(message.child("device-identity")).isNull();
    }

    @Test
    void a_new_session_without_our_identity_is_a_mistake_of_ours() {
        assertThatThrownBy(() -> Draft.direct(ID, BOB, "text", List.of(OPENING), Bytes.EMPTY))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_group_message_carries_the_sender_key_only_to_those_who_lack_it() {
        Node message = Draft.group(
                ID, GROUP, "text", Bytes.hex("09"), List.of(WHISPER), "2:AAAAAAAA", AddressingMode.LID, IDENTITY);

        assertThat(message)
                .isEqualTo(Node.build("message")
                        .attr("id", "3EB0C0FFEE")
                        .attr("to", GROUP)
                        .attr("type", "text")
                        .attr("phash", "2:AAAAAAAA")
                        .attr("addressing_mode", "lid")
                        .content(Node.of("participants", to(BOB.withDevice(3), enc("msg", "02"))), enc("skmsg", "09"))
                        .done());
    }

    @Test
    void a_group_that_holds_the_sender_key_gets_one_ciphertext() {
        Node message = Draft.group(
                ID, GROUP, "text", Bytes.hex("09"), List.of(), "2:AAAAAAAA", AddressingMode.PN, Bytes.EMPTY);

        assertThat(message.children()).containsExactly(enc("skmsg", "09"));
        assertThat(message.attr("addressing_mode")).isEqualTo("pn");
    }

    @Test
    void a_retry_to_a_person_is_a_single_ciphertext_and_no_fan_out() {
        Node message = Draft.retry(ID, BOB.withDevice(3), null, null, "text", WHISPER, 2, Bytes.EMPTY);

        assertThat(message)
                .isEqualTo(Node.build("message")
                        .attr("id", "3EB0C0FFEE")
                        .attr("to", BOB.withDevice(3))
                        .attr("type", "text")
                        .attr("device_fanout", "false")
                        .content(Node.build("enc")
                                .attr("v", "2")
                                .attr("type", "msg")
                                .attr("count", "2")
                                .content(Bytes.hex("02"))
                                .done())
                        .done());
    }

    @Test
    void a_retry_in_a_group_names_the_device_and_copies_the_recipient() {
        Draft.Again again = new Draft.Again(GROUP, BOB.withDevice(3), Jid.lid("300"), 1);

        Node message = Draft.retry(ID, again, Traits.plain("text"), OPENING, IDENTITY);

        assertThat(message.attr("to")).isEqualTo("120363@g.us");
        assertThat(message.jid("participant")).isEqualTo(BOB.withDevice(3));
        assertThat(message.jid("recipient")).isEqualTo(Jid.lid("300"));
        assertThat(message.has("device_fanout")).isFalse();
        assertThat(message.child("participants")).isNull();
        assertThat(message.child("device-identity")).isNotNull();
    }

    @Test
    void a_peer_message_goes_without_participants_and_says_its_purpose() {
        Node message = Draft.peer(ID, WHISPER, false, Bytes.EMPTY);

        assertThat(message)
                .isEqualTo(Node.build("message")
                        .attr("id", "3EB0C0FFEE")
                        .attr("to", BOB.withDevice(3))
                        .attr("type", "text")
                        .attr("category", "peer")
                        .attr("push_priority", "high")
                        .content(Node.build("meta").attr("appdata", "default").done(), enc("msg", "02"))
                        .done());
        assertThat(Draft.peer(ID, WHISPER, true, Bytes.EMPTY).attr("push_priority"))
                .isEqualTo("high_force");
    }

    @Test
    void traits_show_on_message_and_ciphertexts() {
        Node meta = Node.build("meta").attr("polltype", "vote").done();
        Traits traits = new Traits("poll", "image", "7", true, meta);

        Node direct = Draft.direct(ID, BOB, traits, List.of(WHISPER), Bytes.EMPTY);
        Node sealed = direct.requireChild("participants").requireChild("to").requireChild("enc");

        assertThat(direct.attr("type")).isEqualTo("poll");
        assertThat(direct.attr("edit")).isEqualTo("7");
        assertThat(direct.children().getLast()).isEqualTo(meta);
        assertThat(sealed.attr("mediatype")).isEqualTo("image");
        assertThat(sealed.attr("decrypt-fail")).isEqualTo("hide");
    }

    @Test
    void in_a_group_only_the_common_ciphertext_names_the_media() {
        Traits traits = new Traits("media", "image", null, false, null);
        Draft.Shared shared = new Draft.Shared(GROUP, Bytes.hex("09"), List.of(WHISPER), null, AddressingMode.LID);

        Node group = Draft.group(ID, shared, traits, Bytes.EMPTY);

        assertThat(group.requireChild("enc").attr("mediatype")).isEqualTo("image");
        assertThat(group.requireChild("participants")
                        .requireChild("to")
                        .requireChild("enc")
                        .has("mediatype"))
                .isFalse();
        assertThat(group.has("phash")).isFalse();
    }
}
