package dev.waggle.stanza.media;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.proto.message.DocumentMessage;
import dev.waggle.proto.message.ExtendedTextMessage;
import dev.waggle.proto.message.ImageMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.VideoMessage;
import dev.waggle.stanza.message.MessageContent;
import java.time.Instant;
import java.util.Optional;

/// What a message says of a thumbnail that was uploaded as a file of its own: of an image, a video or a document
/// under the media key of that file, of a link in a text under its own. Everything in it was written by its sender.
///
/// @param type `image-thumbnail`, `video-thumbnail`, `document-thumbnail` or `link-thumbnail`
/// @param place without a url: messages tell the direct path alone
/// @param width in pixels, 0 when it is not told; of an image or a video it never is
/// @param height likewise
public record Thumbnail(String type, MediaContent.Place place, int width, int height) {
    /// Empty for a message without one, or without what opens it.
    public static Optional<Thumbnail> of(Message message) {
        Message content = MessageContent.content(message);
        Thumbnail told = null;
        if (content.hasImageMessage()) {
            told = image(content.getImageMessage());
        } else if (content.hasVideoMessage()) {
            told = video(content.getVideoMessage());
        } else if (content.hasPtvMessage()) {
            told = video(content.getPtvMessage());
        } else if (content.hasDocumentMessage()) {
            told = document(content.getDocumentMessage());
        } else if (content.hasExtendedTextMessage()) {
            told = link(content.getExtendedTextMessage());
        }
        return Optional.ofNullable(told).filter(thumbnail -> opens(thumbnail.place()));
    }

    private static boolean opens(MediaContent.Place place) {
        return !place.mediaKey().isEmpty()
                && !place.sha256().isEmpty()
                && !place.encryptedSha256().isEmpty();
    }

    private static Thumbnail image(ImageMessage file) {
        return new Thumbnail(
                "image-thumbnail",
                place(
                        file.getThumbnailDirectPath(),
                        file.getMediaKey(),
                        file.getThumbnailSha256(),
                        file.getThumbnailEncSha256()),
                0,
                0);
    }

    private static Thumbnail video(VideoMessage file) {
        return new Thumbnail(
                "video-thumbnail",
                place(
                        file.getThumbnailDirectPath(),
                        file.getMediaKey(),
                        file.getThumbnailSha256(),
                        file.getThumbnailEncSha256()),
                0,
                0);
    }

    private static Thumbnail document(DocumentMessage file) {
        return new Thumbnail(
                "document-thumbnail",
                place(
                        file.getThumbnailDirectPath(),
                        file.getMediaKey(),
                        file.getThumbnailSha256(),
                        file.getThumbnailEncSha256()),
                file.getThumbnailWidth(),
                file.getThumbnailHeight());
    }

    private static Thumbnail link(ExtendedTextMessage text) {
        return new Thumbnail(
                "link-thumbnail",
                place(
                        text.getThumbnailDirectPath(),
                        text.getMediaKey(),
                        text.getThumbnailSha256(),
                        text.getThumbnailEncSha256()),
                text.getThumbnailWidth(),
                text.getThumbnailHeight());
    }

    private static MediaContent.Place place(String directPath, ByteString key, ByteString sha256, ByteString sealed) {
        return new MediaContent.Place("", directPath, bytes(key), bytes(sha256), bytes(sealed));
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }

    /// The message with this thumbnail in it; the media key is the file's, and of a link its own. A message that
    /// can have none stays as it is.
    public Message in(Message message) {
        Message.Builder with = message.toBuilder();
        ByteString sha256 = ByteString.copyFrom(place.sha256().unsafeArray());
        ByteString sealed = ByteString.copyFrom(place.encryptedSha256().unsafeArray());
        if (message.hasImageMessage()) {
            with.getImageMessageBuilder()
                    .setThumbnailDirectPath(place.directPath())
                    .setThumbnailSha256(sha256)
                    .setThumbnailEncSha256(sealed);
        } else if (message.hasVideoMessage()) {
            with.getVideoMessageBuilder()
                    .setThumbnailDirectPath(place.directPath())
                    .setThumbnailSha256(sha256)
                    .setThumbnailEncSha256(sealed);
        } else if (message.hasDocumentMessage()) {
            document(with.getDocumentMessageBuilder(), sha256, sealed);
        } else if (message.hasExtendedTextMessage()) {
            link(with.getExtendedTextMessageBuilder(), sha256, sealed);
        } else if (message.hasDocumentWithCaptionMessage()) {
            with.getDocumentWithCaptionMessageBuilder()
                    .setMessage(in(message.getDocumentWithCaptionMessage().getMessage()));
        }
        return with.build();
    }

    /// The same for a link, whose media key was drawn then.
    public Message in(Message message, Instant keyDrawn) {
        Message.Builder with = in(message).toBuilder();
        if (with.hasExtendedTextMessage()) {
            with.getExtendedTextMessageBuilder().setMediaKeyTimestamp(keyDrawn.getEpochSecond());
        }
        return with.build();
    }

    private void document(DocumentMessage.Builder file, ByteString sha256, ByteString sealed) {
        file.setThumbnailDirectPath(place.directPath())
                .setThumbnailSha256(sha256)
                .setThumbnailEncSha256(sealed);
        if (width > 0 && height > 0) {
            file.setThumbnailWidth(width).setThumbnailHeight(height);
        }
    }

    private void link(ExtendedTextMessage.Builder text, ByteString sha256, ByteString sealed) {
        text.setThumbnailDirectPath(place.directPath())
                .setThumbnailSha256(sha256)
                .setThumbnailEncSha256(sealed)
                .setMediaKey(ByteString.copyFrom(place.mediaKey().unsafeArray()));
        if (width > 0 && height > 0) {
            text.setThumbnailWidth(width).setThumbnailHeight(height);
        }
    }

    /// This thumbnail where it was uploaded to.
    public Thumbnail at(String directPath) {
        return new Thumbnail(
                type,
                new MediaContent.Place("", directPath, place.mediaKey(), place.sha256(), place.encryptedSha256()),
                width,
                height);
    }
}
