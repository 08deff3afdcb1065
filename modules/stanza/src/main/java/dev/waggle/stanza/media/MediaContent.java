package dev.waggle.stanza.media;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.proto.message.AudioMessage;
import dev.waggle.proto.message.DocumentMessage;
import dev.waggle.proto.message.ImageMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.StickerMessage;
import dev.waggle.proto.message.VideoMessage;
import dev.waggle.stanza.message.MessageContent;
import java.util.Optional;

/// What a message says of its file. Everything in it was written by its sender: nothing is verified before the file
/// itself was.
///
/// @param type `image`, `video`, `audio`, `voice`, `document` or `sticker`
/// @param place how to find and open the file
/// @param length of the file in bytes; -1: not told
/// @param look what people see of it
public record MediaContent(String type, String mimetype, Place place, long length, Look look) {
    /// @param directPath where it is at every host, from the first slash on; empty until it was uploaded
    /// @param mediaKey 32 bytes when it is one
    /// @param sha256 of the file
    /// @param encryptedSha256 of what the hosts keep
    public record Place(String url, String directPath, Bytes mediaKey, Bytes sha256, Bytes encryptedSha256) {
        /// Without the key, and without the address, which is as good as a key to who has one.
        @Override
        public String toString() {
            return "Place[]";
        }
    }

    /// What is not told is empty, 0 or false.
    ///
    /// @param fileName only documents have one
    /// @param seconds how long it plays
    /// @param gif plays in a loop, without sound
    /// @param animated of a sticker
    public record Look(
            String caption, String fileName, int seconds, int width, int height, boolean gif, boolean animated) {}

    /// Empty for a message without a file.
    public static Optional<MediaContent> of(Message message) {
        Message content = MessageContent.content(message);
        if (content.hasImageMessage()) {
            return Optional.of(image(content.getImageMessage()));
        }
        if (content.hasVideoMessage()) {
            return Optional.of(video(content.getVideoMessage()));
        }
        if (content.hasPtvMessage()) {
            return Optional.of(video(content.getPtvMessage()));
        }
        if (content.hasAudioMessage()) {
            return Optional.of(audio(content.getAudioMessage()));
        }
        if (content.hasDocumentMessage()) {
            return Optional.of(document(content.getDocumentMessage()));
        }
        return content.hasStickerMessage() ? Optional.of(sticker(content.getStickerMessage())) : Optional.empty();
    }

    private static MediaContent image(ImageMessage file) {
        return new MediaContent(
                "image",
                file.getMimetype(),
                new Place(
                        file.getUrl(),
                        file.getDirectPath(),
                        bytes(file.getMediaKey()),
                        bytes(file.getFileSha256()),
                        bytes(file.getFileEncSha256())),
                length(file.hasFileLength(), file.getFileLength()),
                new Look(file.getCaption(), "", 0, file.getWidth(), file.getHeight(), false, false));
    }

    private static MediaContent video(VideoMessage file) {
        return new MediaContent(
                "video",
                file.getMimetype(),
                new Place(
                        file.getUrl(),
                        file.getDirectPath(),
                        bytes(file.getMediaKey()),
                        bytes(file.getFileSha256()),
                        bytes(file.getFileEncSha256())),
                length(file.hasFileLength(), file.getFileLength()),
                new Look(
                        file.getCaption(),
                        "",
                        file.getSeconds(),
                        file.getWidth(),
                        file.getHeight(),
                        file.getGifPlayback(),
                        false));
    }

    private static MediaContent audio(AudioMessage file) {
        return new MediaContent(
                file.getPtt() ? "voice" : "audio",
                file.getMimetype(),
                new Place(
                        file.getUrl(),
                        file.getDirectPath(),
                        bytes(file.getMediaKey()),
                        bytes(file.getFileSha256()),
                        bytes(file.getFileEncSha256())),
                length(file.hasFileLength(), file.getFileLength()),
                new Look("", "", file.getSeconds(), 0, 0, false, false));
    }

    private static MediaContent document(DocumentMessage file) {
        String name = file.getFileName().isEmpty() ? file.getTitle() : file.getFileName();
        return new MediaContent(
                "document",
                file.getMimetype(),
                new Place(
                        file.getUrl(),
                        file.getDirectPath(),
                        bytes(file.getMediaKey()),
                        bytes(file.getFileSha256()),
                        bytes(file.getFileEncSha256())),
                length(file.hasFileLength(), file.getFileLength()),
                new Look(file.getCaption(), name, 0, 0, 0, false, false));
    }

    private static MediaContent sticker(StickerMessage file) {
        return new MediaContent(
                "sticker",
                file.getMimetype(),
                new Place(
                        file.getUrl(),
                        file.getDirectPath(),
                        bytes(file.getMediaKey()),
                        bytes(file.getFileSha256()),
                        bytes(file.getFileEncSha256())),
                length(file.hasFileLength(), file.getFileLength()),
                new Look("", "", 0, file.getWidth(), file.getHeight(), false, file.getIsAnimated()));
    }

    private static long length(boolean told, long length) {
        return told && length >= 0 ? length : -1;
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }
}
