package dev.waggle.stanza.message;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.message.DeviceSentMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.wire.node.NodeException;

/// What is inside a decrypted message: which kind it is, what text it carries, and whom a copy of our own was sent
/// to.
public final class MessageContent {
    private MessageContent() {}

    /// A text message, serialized.
    public static Bytes text(String text) {
        return Bytes.wrap(Message.newBuilder().setConversation(text).build().toByteArray());
    }

    /// @throws NodeException when the bytes are no message
    public static Message parse(byte[] bytes) {
        try {
            return Message.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new NodeException("message", bytes.length + " bytes", "a Message");
        }
    }

    /// The copy that our other devices get: the message and where it went. The context stays where they look for
    /// it.
    public static Message deviceSent(Jid chat, Message message) {
        Message.Builder copy = Message.newBuilder()
                .setDeviceSentMessage(DeviceSentMessage.newBuilder()
                        .setDestinationJid(chat.toString())
                        .setMessage(message));
        if (message.hasMessageContextInfo()) {
            copy.setMessageContextInfo(message.getMessageContextInfo());
        }
        return copy.build();
    }

    /// The message itself, out of a copy for our own devices.
    public static Message unwrapped(Message message) {
        return message.hasDeviceSentMessage() ? message.getDeviceSentMessage().getMessage() : message;
    }

    /// `text`, `image`, `video`, `audio`, `document`, `sticker`, `location`, `contact`, `reaction`, `poll`,
    /// `protocol`, or `unknown` for what this build does not know.
    public static String type(Message message) {
        if (message.hasConversation() || message.hasExtendedTextMessage()) {
            return "text";
        }
        if (message.hasImageMessage()) {
            return "image";
        }
        if (message.hasVideoMessage()) {
            return "video";
        }
        if (message.hasAudioMessage()) {
            return "audio";
        }
        if (message.hasDocumentMessage()) {
            return "document";
        }
        return rare(message);
    }

    private static String rare(Message message) {
        if (message.hasStickerMessage()) {
            return "sticker";
        }
        if (message.hasLocationMessage()) {
            return "location";
        }
        if (message.hasContactMessage()) {
            return "contact";
        }
        if (message.hasReactionMessage()) {
            return "reaction";
        }
        if (message.hasPollCreationMessage() || message.hasPollUpdateMessage()) {
            return "poll";
        }
        return message.hasProtocolMessage() ? "protocol" : "unknown";
    }

    /// The text or caption; empty when there is none.
    public static String textOf(Message message) {
        if (message.hasConversation()) {
            return message.getConversation();
        }
        if (message.hasExtendedTextMessage()) {
            return message.getExtendedTextMessage().getText();
        }
        if (message.hasImageMessage()) {
            return message.getImageMessage().getCaption();
        }
        if (message.hasVideoMessage()) {
            return message.getVideoMessage().getCaption();
        }
        return message.hasDocumentMessage() ? message.getDocumentMessage().getCaption() : "";
    }

    /// The `type` attribute of the stanza that carries it.
    public static String stanzaType(Message message) {
        return switch (type(message)) {
            case "text", "protocol", "unknown" -> "text";
            case "reaction" -> "reaction";
            case "poll" -> "poll";
            default -> "media";
        };
    }

    /// True when there is something to show to a reader, besides keys and context.
    public static boolean hasContent(Message message) {
        Message rest = message.toBuilder()
                .clearSenderKeyDistributionMessage()
                .clearMessageContextInfo()
                .build();
        return rest.getSerializedSize() > 0;
    }
}
