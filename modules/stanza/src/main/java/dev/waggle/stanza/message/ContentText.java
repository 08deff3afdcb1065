package dev.waggle.stanza.message;

import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.ProtocolMessage;

/// The words in a content: texts, captions, and what a tapped button said.
final class ContentText {
    private ContentText() {}

    /// @param content without wrappers
    static String of(Message content) {
        return switch (ContentKind.of(content)) {
            case TEXT ->
                content.hasConversation()
                        ? content.getConversation()
                        : content.getExtendedTextMessage().getText();
            case IMAGE -> content.getImageMessage().getCaption();
            case VIDEO -> content.getVideoMessage().getCaption();
            case DOCUMENT -> content.getDocumentMessage().getCaption();
            case POLL -> poll(content);
            case EVENT -> content.getEventMessage().getName();
            case PROTOCOL -> edited(content.getProtocolMessage());
            case UNKNOWN -> tapped(content);
            case VOICE, AUDIO, STICKER, LOCATION, CONTACT, REACTION -> "";
        };
    }

    private static String edited(ProtocolMessage protocol) {
        return protocol.hasEditedMessage() && protocol.getType() == ProtocolMessage.Type.MESSAGE_EDIT
                ? once(MessageContent.content(protocol.getEditedMessage()))
                : "";
    }

    /// An edit of an edit does not exist; it would be a way to recurse.
    private static String once(Message content) {
        return content.hasProtocolMessage() ? "" : of(content);
    }

    private static String poll(Message content) {
        if (content.hasPollCreationMessage()) {
            return content.getPollCreationMessage().getName();
        }
        if (content.hasPollCreationMessageV2()) {
            return content.getPollCreationMessageV2().getName();
        }
        if (content.hasPollCreationMessageV5()) {
            return content.getPollCreationMessageV5().getName();
        }
        return content.hasPollCreationMessageV6()
                ? content.getPollCreationMessageV6().getName()
                : content.getPollCreationMessageV3().getName();
    }

    private static String tapped(Message content) {
        if (content.hasButtonsResponseMessage()) {
            return content.getButtonsResponseMessage().getSelectedDisplayText();
        }
        if (content.hasTemplateButtonReplyMessage()) {
            return content.getTemplateButtonReplyMessage().getSelectedDisplayText();
        }
        if (content.hasListResponseMessage()) {
            return content.getListResponseMessage().getTitle();
        }
        return content.getInteractiveResponseMessage().getBody().getText();
    }
}
