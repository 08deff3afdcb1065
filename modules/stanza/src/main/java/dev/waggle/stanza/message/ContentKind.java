package dev.waggle.stanza.message;

import dev.waggle.proto.message.Message;
import java.util.Locale;
import java.util.function.Predicate;

/// The kinds of content that have a name of their own for readers of events.
enum ContentKind {
    TEXT(m -> m.hasConversation() || m.hasExtendedTextMessage()),
    IMAGE(Message::hasImageMessage),
    VIDEO(m -> m.hasVideoMessage() || m.hasPtvMessage()),
    VOICE(m -> m.hasAudioMessage() && m.getAudioMessage().getPtt()),
    AUDIO(Message::hasAudioMessage),
    DOCUMENT(Message::hasDocumentMessage),
    STICKER(Message::hasStickerMessage),
    LOCATION(m -> m.hasLocationMessage() || m.hasLiveLocationMessage()),
    CONTACT(m -> m.hasContactMessage() || m.hasContactsArrayMessage()),
    REACTION(m -> m.hasReactionMessage() || m.hasEncReactionMessage()),
    POLL(ContentKind::isPoll),
    EVENT(m -> m.hasEventMessage() || m.hasEncEventResponseMessage()),
    PROTOCOL(Message::hasProtocolMessage),
    UNKNOWN(_ -> true);

    private final Predicate<Message> test;

    ContentKind(Predicate<Message> test) {
        this.test = test;
    }

    /// @param content without wrappers
    static ContentKind of(Message content) {
        for (ContentKind kind : values()) {
            if (kind.test.test(content)) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isPoll(Message content) {
        return content.hasPollCreationMessage()
                || content.hasPollCreationMessageV2()
                || content.hasPollCreationMessageV3()
                || content.hasPollCreationMessageV5()
                || content.hasPollCreationMessageV6()
                || content.hasPollUpdateMessage();
    }
}
