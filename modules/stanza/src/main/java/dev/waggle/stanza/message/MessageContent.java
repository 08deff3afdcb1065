package dev.waggle.stanza.message;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.message.DeviceSentMessage;
import dev.waggle.proto.message.FutureProofMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// What is inside a decrypted message: which kind it is, what text it carries, and whom a copy of our own was sent
/// to.
public final class MessageContent {
    /// Wrappers nest; more than this is an attack.
    private static final int WRAPPERS_MAX = 8;

    private MessageContent() {}

    /// A text message, serialized.
    public static Bytes text(String text) {
        return Bytes.wrap(Message.newBuilder().setConversation(text).build().toByteArray());
    }

    /// @throws NodeException when the bytes are no message
    public static Message parse(byte[] bytes) {
        try {
            return Message.parseFrom(bytes);
        } catch (InvalidProtocolBufferException _) {
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

    /// The message itself, out of a copy for our own devices, with the context that stood outside.
    public static Message unwrapped(Message message) {
        if (!message.hasDeviceSentMessage()) {
            return message;
        }
        Message inner = message.getDeviceSentMessage().getMessage();
        return inner.hasMessageContextInfo() || !message.hasMessageContextInfo()
                ? inner
                : inner.toBuilder()
                        .setMessageContextInfo(message.getMessageContextInfo())
                        .build();
    }

    /// What a person sees: without the copy for own devices and without the wrappers that say that it disappears,
    /// is seen once, has a caption, or was edited.
    public static Message content(Message message) {
        Message content = unwrapped(message);
        for (int i = 0; i < WRAPPERS_MAX; i++) {
            FutureProofMessage wrapper = wrapper(content);
            if (wrapper == null || !wrapper.hasMessage()) {
                return content;
            }
            content = wrapper.getMessage();
        }
        return content;
    }

    private static @Nullable FutureProofMessage wrapper(Message message) {
        if (message.hasEphemeralMessage()) {
            return message.getEphemeralMessage();
        }
        if (message.hasViewOnceMessage()) {
            return message.getViewOnceMessage();
        }
        if (message.hasViewOnceMessageV2()) {
            return message.getViewOnceMessageV2();
        }
        if (message.hasViewOnceMessageV2Extension()) {
            return message.getViewOnceMessageV2Extension();
        }
        if (message.hasDocumentWithCaptionMessage()) {
            return message.getDocumentWithCaptionMessage();
        }
        if (message.hasEditedMessage()) {
            return message.getEditedMessage();
        }
        return rareWrapper(message);
    }

    private static @Nullable FutureProofMessage rareWrapper(Message message) {
        if (message.hasLottieStickerMessage()) {
            return message.getLottieStickerMessage();
        }
        if (message.hasGroupMentionedMessage()) {
            return message.getGroupMentionedMessage();
        }
        if (message.hasBotInvokeMessage()) {
            return message.getBotInvokeMessage();
        }
        return message.hasAssociatedChildMessage() ? message.getAssociatedChildMessage() : null;
    }

    /// `text`, `image`, `video`, `audio`, `voice`, `document`, `sticker`, `location`, `contact`, `reaction`,
    /// `poll`, `event`, `protocol`, or `unknown` for what this build does not know.
    public static String type(Message message) {
        return ContentKind.of(content(message)).wire();
    }

    /// The text or caption; empty when there is none.
    public static String textOf(Message message) {
        return ContentText.of(content(message));
    }

    /// The `type` attribute of the stanza that carries it.
    public static String stanzaType(Message message) {
        Message content = content(message);
        return switch (ContentKind.of(content)) {
            case REACTION -> "reaction";
            case POLL -> "poll";
            case EVENT -> "event";
            default -> MediaTypes.of(content) == null ? "text" : "media";
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
