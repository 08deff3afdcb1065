package dev.waggle.stanza.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.waggle.address.Jid;
import dev.waggle.proto.message.ButtonsResponseMessage;
import dev.waggle.proto.message.ContactMessage;
import dev.waggle.proto.message.DocumentMessage;
import dev.waggle.proto.message.EventMessage;
import dev.waggle.proto.message.ExtendedTextMessage;
import dev.waggle.proto.message.FutureProofMessage;
import dev.waggle.proto.message.ImageMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.MessageContextInfo;
import dev.waggle.proto.message.MessageKey;
import dev.waggle.proto.message.PollCreationMessage;
import dev.waggle.proto.message.PollUpdateMessage;
import dev.waggle.proto.message.ProtocolMessage;
import dev.waggle.proto.message.ReactionMessage;
import dev.waggle.proto.message.SenderKeyDistributionMessage;
import dev.waggle.wire.node.NodeException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageContentTest {
    private static Message wrapped(Message inner) {
        return Message.newBuilder()
                .setEphemeralMessage(FutureProofMessage.newBuilder().setMessage(inner))
                .build();
    }

    static Stream<Arguments> kinds() {
        return Stream.concat(textsAndFiles(), others());
    }

    private static Stream<Arguments> textsAndFiles() {
        return Stream.of(
                Arguments.of(Message.newBuilder().setConversation("hi"), "text", "text", "hi"),
                Arguments.of(
                        Message.newBuilder()
                                .setExtendedTextMessage(
                                        ExtendedTextMessage.newBuilder().setText("hi")),
                        "text",
                        "text",
                        "hi"),
                Arguments.of(
                        Message.newBuilder()
                                .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                                        .setText("see")
                                        .setTitle("Page")),
                        "text",
                        "media",
                        "see"),
                Arguments.of(
                        Message.newBuilder()
                                .setImageMessage(ImageMessage.newBuilder().setCaption("sun")),
                        "image",
                        "media",
                        "sun"),
                Arguments.of(
                        Message.newBuilder()
                                .setDocumentMessage(DocumentMessage.newBuilder().setCaption("doc")),
                        "document",
                        "media",
                        "doc"));
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(
                        Message.newBuilder().setContactMessage(ContactMessage.getDefaultInstance()),
                        "contact",
                        "media",
                        ""),
                Arguments.of(
                        Message.newBuilder()
                                .setReactionMessage(ReactionMessage.newBuilder().setText("+")),
                        "reaction",
                        "reaction",
                        ""),
                Arguments.of(
                        Message.newBuilder()
                                .setPollCreationMessageV3(
                                        PollCreationMessage.newBuilder().setName("when?")),
                        "poll",
                        "poll",
                        "when?"),
                Arguments.of(
                        Message.newBuilder()
                                .setEventMessage(EventMessage.newBuilder().setName("party")),
                        "event",
                        "event",
                        "party"),
                Arguments.of(
                        Message.newBuilder()
                                .setButtonsResponseMessage(
                                        ButtonsResponseMessage.newBuilder().setSelectedDisplayText("yes")),
                        "unknown",
                        "media",
                        "yes"),
                Arguments.of(Message.newBuilder(), "unknown", "text", ""));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_content_has_a_kind_a_stanza_type_and_its_words(
            Message.Builder content, String type, String stanzaType, String text) {
        Message message = content.build();

        assertThat(MessageContent.type(message)).isEqualTo(type);
        assertThat(MessageContent.stanzaType(message)).isEqualTo(stanzaType);
        assertThat(MessageContent.textOf(message)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void wrappers_do_not_change_what_it_is(Message.Builder content, String type, String stanzaType, String text) {
        Message message = wrapped(wrapped(content.build()));

        assertThat(MessageContent.type(message)).isEqualTo(type);
        assertThat(MessageContent.stanzaType(message)).isEqualTo(stanzaType);
        assertThat(MessageContent.textOf(message)).isEqualTo(text);
    }

    @Test
    void endless_wrapping_ends_in_the_unknown() {
        Message message = Message.newBuilder().setConversation("deep").build();
        for (int i = 0; i < 30; i++) {
            message = wrapped(message);
        }

        assertThat(MessageContent.type(message)).isEqualTo("unknown");
    }

    @Test
    void a_copy_for_our_devices_says_where_it_went_and_keeps_the_context_outside() {
        Message message = Message.newBuilder()
                .setConversation("hi")
                .setMessageContextInfo(MessageContextInfo.newBuilder().setMessageSecret(ByteString.copyFromUtf8("s")))
                .build();

        Message copy = MessageContent.deviceSent(Jid.lid("5"), message);

        assertThat(copy.getDeviceSentMessage().getDestinationJid()).isEqualTo("5@lid");
        assertThat(copy.getMessageContextInfo()).isEqualTo(message.getMessageContextInfo());
        assertThat(MessageContent.unwrapped(copy)).isEqualTo(message);
    }

    @Test
    void the_context_outside_of_a_copy_is_not_lost() {
        MessageContextInfo context = MessageContextInfo.newBuilder()
                .setMessageSecret(ByteString.copyFromUtf8("s"))
                .build();
        Message copy =
                MessageContent.deviceSent(
                                Jid.lid("5"),
                                Message.newBuilder().setConversation("hi").build())
                        .toBuilder()
                        .setMessageContextInfo(context)
                        .build();

        assertThat(MessageContent.unwrapped(copy).getMessageContextInfo()).isEqualTo(context);
        assertThat(MessageContent.textOf(copy)).isEqualTo("hi");
    }

    @Test
    void keys_and_context_alone_are_nothing_to_read() {
        Message keys = Message.newBuilder()
                .setSenderKeyDistributionMessage(
                        SenderKeyDistributionMessage.newBuilder().setGroupId("1@g.us"))
                .setMessageContextInfo(MessageContextInfo.getDefaultInstance())
                .build();

        assertThat(MessageContent.hasContent(keys)).isFalse();
        assertThat(MessageContent.hasContent(
                        keys.toBuilder().setConversation("hi").build()))
                .isTrue();
    }

    @Test
    void a_field_that_we_do_not_know_survives() {
        byte[] future = {(byte) 0xBA, 0x3E, 3, 'n', 'e', 'w'};

        Message message = MessageContent.parse(future);

        assertThat(message.toByteArray()).isEqualTo(future);
        assertThat(MessageContent.hasContent(message)).isTrue();
    }

    @Test
    void bytes_that_are_no_message_are_refused() {
        assertThatThrownBy(() -> MessageContent.parse(new byte[] {0x0A, 5, 1}))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("3 bytes");
    }

    static Stream<Arguments> edits() {
        MessageKey mine = MessageKey.newBuilder().setFromMe(true).build();
        return Stream.of(
                Arguments.of(revoke(mine), "7", false),
                Arguments.of(revoke(MessageKey.getDefaultInstance()), "8", false),
                Arguments.of(edit(mine), "1", true),
                Arguments.of(
                        Message.newBuilder()
                                .setReactionMessage(ReactionMessage.newBuilder().setText("")),
                        "7",
                        true),
                Arguments.of(
                        Message.newBuilder()
                                .setReactionMessage(ReactionMessage.newBuilder().setText("+")),
                        null,
                        true),
                Arguments.of(
                        Message.newBuilder().setPollUpdateMessage(PollUpdateMessage.getDefaultInstance()), null, true),
                Arguments.of(Message.newBuilder().setConversation("hi"), null, false));
    }

    private static Message.Builder revoke(MessageKey key) {
        return Message.newBuilder()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessage.Type.REVOKE)
                        .setKey(key));
    }

    private static Message.Builder edit(MessageKey key) {
        return Message.newBuilder()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessage.Type.MESSAGE_EDIT)
                        .setKey(key)
                        .setEditedMessage(Message.newBuilder().setConversation("better")));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void what_changes_another_message_says_so_on_the_stanza(Message.Builder content, String edit, boolean hidden) {
        Traits traits = Traits.of(wrapped(content.build()));

        assertThat(traits.edit()).isEqualTo(edit);
        assertThat(traits.hidden()).isEqualTo(hidden);
    }

    @Test
    void an_edit_reads_as_its_new_words() {
        assertThat(MessageContent.textOf(edit(MessageKey.getDefaultInstance()).build()))
                .isEqualTo("better");
    }

    @Test
    void polls_say_whether_they_ask_or_answer() {
        Message vote = Message.newBuilder()
                .setPollUpdateMessage(PollUpdateMessage.getDefaultInstance())
                .build();

        assertThat(Traits.of(vote).meta()).hasToString("<meta polltype=vote/>");
        assertThat(Traits.of(Message.newBuilder().setConversation("x").build()).meta())
                .isNull();
    }
}
