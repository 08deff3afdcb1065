package dev.waggle.stanza.media;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.proto.message.ExtendedTextMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.message.MessageContent;
import java.util.Optional;

/// What a text shows of a link in it. Its sender made it up: readers' clients show it as it is told.
///
/// @param url as it stands in the text
/// @param title not empty, when it is to be sent: without one, clients show no preview
/// @param description may be empty
public record LinkPreview(String url, String title, String description) {
    /// Empty for a message that is no text, or shows no link.
    public static Optional<LinkPreview> of(Message message) {
        Message content = MessageContent.content(message);
        if (!content.hasExtendedTextMessage()
                || content.getExtendedTextMessage().getMatchedText().isEmpty()) {
            return Optional.empty();
        }
        ExtendedTextMessage text = content.getExtendedTextMessage();
        return Optional.of(new LinkPreview(text.getMatchedText(), text.getTitle(), text.getDescription()));
    }

    /// The text with this preview.
    ///
    /// @param thumbnail a small JPEG that comes with the message itself, or empty
    public Message message(String text, Bytes thumbnail) {
        ExtendedTextMessage.Builder shown = ExtendedTextMessage.newBuilder()
                .setText(text)
                .setMatchedText(url)
                .setTitle(title)
                .setPreviewType(ExtendedTextMessage.PreviewType.NONE);
        if (!description.isEmpty()) {
            shown.setDescription(description);
        }
        if (!thumbnail.isEmpty()) {
            shown.setJpegThumbnail(ByteString.copyFrom(thumbnail.unsafeArray()));
        }
        return Message.newBuilder().setExtendedTextMessage(shown).build();
    }
}
