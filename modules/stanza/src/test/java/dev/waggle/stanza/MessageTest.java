package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.message.AddressingMode;
import dev.waggle.stanza.message.EncType;
import dev.waggle.stanza.message.Origin;
import dev.waggle.stanza.message.Unavailable;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final Origin.Self ALICE = new Origin.Self(Samples.ALICE, Samples.ALICE_LID);

    private static Message read(Node node) {
        return (Message) Stanza.read(node);
    }

    private static Node without(Node node, String name) {
        Node.Builder copy = Node.build(node.tag());
        for (int i = 0; i < node.attributeCount(); i++) {
            if (!node.attributeName(i).equals(name)) {
                copy.attr(node.attributeName(i), node.attributeValue(i).toString());
            }
        }
        return copy.content(node.children()).done();
    }

    @Test
    void a_direct_message_shows_all_that_the_stanza_says() {
        Message message = read(Samples.message());

        assertThat(message.id().value()).isEqualTo("3EB0AA");
        assertThat(message.from()).isEqualTo(Samples.BOB_LID.withDevice(3));
        assertThat(message.at()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(message.pushName()).isEqualTo("Bob");
        assertThat(message.addressingMode()).isEqualTo(AddressingMode.LID);
        assertThat(message.offline()).isTrue();
        assertThat(message.deviceIdentity()).isEqualTo(Samples.bytes(40, 1));
        assertThat(message.encs()).singleElement().satisfies(enc -> {
            assertThat(enc.type()).isEqualTo(EncType.PRE_KEY);
            assertThat(enc.version()).isEqualTo(2);
            assertThat(enc.count()).isZero();
            assertThat(enc.ciphertext().size()).isEqualTo(90);
        });
    }

    @Test
    void a_direct_message_belongs_to_the_chat_with_its_sender() {
        Origin origin = read(Samples.message()).origin(ALICE);

        assertThat(origin)
                .isEqualTo(new Origin(
                        Origin.Kind.DIRECT,
                        Samples.BOB_LID,
                        Samples.BOB_LID.withDevice(3),
                        Samples.BOB,
                        Samples.BOB,
                        false));
    }

    @Test
    void a_group_message_belongs_to_the_group_and_names_both_identities_of_its_sender() {
        Message message = read(Samples.groupMessage());

        assertThat(message.encs()).extracting(enc -> enc.type()).containsExactly(EncType.WHISPER, EncType.SENDER_KEY);
        assertThat(message.origin(ALICE))
                .isEqualTo(new Origin(
                        Origin.Kind.GROUP, Samples.GROUP, Samples.BOB_LID.withDevice(3), Samples.BOB, null, false));
    }

    @Test
    void a_copy_of_our_own_message_belongs_to_the_chat_that_it_went_to() {
        Node copy = Samples.message()
                .with("from", Samples.ALICE_LID.withDevice(2))
                .with("recipient", Samples.BOB_LID)
                .with("peer_recipient_pn", Samples.BOB);

        Origin origin = read(copy).origin(ALICE);

        assertThat(origin.fromMe()).isTrue();
        assertThat(origin.chat()).isEqualTo(Samples.BOB_LID);
        assertThat(origin.chatOther()).isEqualTo(Samples.BOB);
        assertThat(origin.kind()).isEqualTo(Origin.Kind.DIRECT);
    }

    @Test
    void what_our_phone_tells_us_is_a_peer_message() {
        Node peer = Samples.message().with("from", Samples.ALICE).with("category", "peer");

        assertThat(read(peer).origin(ALICE).kind()).isEqualTo(Origin.Kind.PEER);
        assertThat(read(peer).origin(ALICE).fromMe()).isTrue();
    }

    @Test
    void a_hosted_sender_is_the_user_that_it_stands_for() {
        Node hosted = Samples.message().with("from", new Jid(Samples.BOB.user(), "hosted", 0, 99));

        assertThat(read(hosted).origin(ALICE).sender()).isEqualTo(Samples.BOB.withDevice(99));
        assertThat(read(hosted).origin(ALICE).chat()).isEqualTo(Samples.BOB);
    }

    @Test
    void a_status_update_belongs_to_the_status_list() {
        Node status = Samples.groupMessage().with("from", Jid.STATUS);

        assertThat(read(status).origin(ALICE).kind()).isEqualTo(Origin.Kind.STATUS);
        assertThat(read(status).origin(ALICE).chat()).isEqualTo(Jid.STATUS);
    }

    @Test
    void a_newsletter_message_is_in_the_clear() {
        Node newsletter = Node.build("message")
                .attr("id", "1")
                .attr("from", Jid.of("12036", "newsletter"))
                .attr("t", 5)
                .attr("server_id", 42)
                .content(Node.of("plaintext", Bytes.hex("0a026869")))
                .done();

        Message message = read(newsletter);

        assertThat(message.serverId()).isEqualTo(42);
        assertThat(message.plaintext()).isEqualTo(Bytes.hex("0a026869"));
        assertThat(message.origin(ALICE).kind()).isEqualTo(Origin.Kind.NEWSLETTER);
    }

    @Test
    void an_unavailable_message_says_why() {
        Node unavailable = Node.build("message")
                .attr("id", "1")
                .attr("from", Samples.BOB)
                .attr("t", 5)
                .content(Node.build("unavailable").attr("type", "view_once").done())
                .done();

        Message message = read(unavailable);

        assertThat(message.encs()).isEmpty();
        assertThat(message.unavailable()).isEqualTo(new Unavailable("view_once"));
        assertThat(new Unavailable("view_once").isFinal()).isTrue();
        assertThat(new Unavailable("").isFinal()).isFalse();
    }

    @Test
    void a_bot_answers_in_the_chat_that_its_meta_names() {
        Node bot = Node.build("message")
                .attr("id", "1")
                .attr("from", Jid.of("867051314767696", "bot"))
                .attr("t", 5)
                .content(
                        Node.build("meta")
                                .attr("target_id", "3EB0")
                                .attr("target_chat_jid", Samples.BOB)
                                .done(),
                        Samples.enc("msmsg", 9))
                .done();

        Message message = read(bot);

        assertThat(message.origin(ALICE).chat()).isEqualTo(Samples.BOB);
        assertThat(message.encs().getFirst().type()).isEqualTo(EncType.MESSAGE_SECRET);
    }

    @Test
    void a_retried_message_says_which_retry_it_is_and_an_unknown_cipher_stays() {
        Node retried = Node.build("message")
                .attr("id", "1")
                .attr("from", Samples.BOB)
                .attr("t", 5)
                .content(Samples.enc("frskmsg", 4).with("count", "3").with("decrypt-fail", "hide"))
                .done();

        assertThat(read(retried).encs()).singleElement().satisfies(enc -> {
            assertThat(enc.type()).isEqualTo(EncType.UNKNOWN);
            assertThat(enc.count()).isEqualTo(3);
            assertThat(enc.hidden()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "from", "t"})
    void what_a_message_cannot_do_without_is_demanded(String name) {
        assertThatThrownBy(() -> Stanza.read(without(Samples.message(), name)))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining(name);
    }

    @Test
    void a_group_message_without_participant_is_refused() {
        assertThatThrownBy(() -> Stanza.read(without(Samples.groupMessage(), "participant")))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("participant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "99999999999999999999", "253402300800"})
    void a_time_that_is_none_is_refused(String time) {
        assertThatThrownBy(() -> Stanza.read(Samples.message().with("t", time))).isInstanceOf(NodeException.class);
    }

    @Test
    void an_id_that_no_store_could_hold_is_refused() {
        assertThatThrownBy(() -> Stanza.read(Samples.message().with("id", "x".repeat(129))))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("message.id");
    }

    @Test
    void a_ciphertext_without_bytes_is_refused() {
        Node empty = Node.build("message")
                .attr("id", "1")
                .attr("from", Samples.BOB)
                .attr("t", 5)
                .content(Node.build("enc").attr("type", "msg").done())
                .done();

        assertThatThrownBy(() -> Stanza.read(empty)).isInstanceOf(NodeException.class);
    }
}
