package dev.waggle.stanza.media;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.proto.message.AudioMessage;
import dev.waggle.proto.message.DocumentMessage;
import dev.waggle.proto.message.FutureProofMessage;
import dev.waggle.proto.message.ImageMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.StickerMessage;
import dev.waggle.proto.message.VideoMessage;
import java.time.Instant;

/// A message with a file, to be built.
///
/// @param content without url and direct path as long as the file was not uploaded
/// @param keyDrawn when the media key was drawn
/// @param sidecar empty for media that is not played
/// @param thumbnail a small JPEG (for a sticker a PNG), or empty
/// @param waveform of a recording: 64 values from 0 to 100, or empty
public record MediaDraft(MediaContent content, Instant keyDrawn, Bytes sidecar, Bytes thumbnail, Bytes waveform) {
    /// @throws IllegalArgumentException for a type that no message has
    public Message message() {
        return switch (content.type()) {
            case "image" -> Message.newBuilder().setImageMessage(image()).build();
            case "video" -> Message.newBuilder().setVideoMessage(video()).build();
            case "audio", "voice" ->
                Message.newBuilder().setAudioMessage(audio()).build();
            case "document" -> document();
            case "sticker" -> Message.newBuilder().setStickerMessage(sticker()).build();
            default ->
                throw new IllegalArgumentException(
                        "media type: " + content.type() + " (expected: image, video, audio, voice, document, sticker)");
        };
    }

    /// The message with the place that its file was uploaded to. A message without a file stays as it is.
    public static Message placed(Message message, String url, String directPath) {
        Message.Builder placed = message.toBuilder();
        if (message.hasImageMessage()) {
            placed.getImageMessageBuilder().setUrl(url).setDirectPath(directPath);
        } else if (message.hasVideoMessage()) {
            placed.getVideoMessageBuilder().setUrl(url).setDirectPath(directPath);
        } else if (message.hasAudioMessage()) {
            placed.getAudioMessageBuilder().setUrl(url).setDirectPath(directPath);
        } else if (message.hasDocumentMessage()) {
            placed.getDocumentMessageBuilder().setUrl(url).setDirectPath(directPath);
        } else if (message.hasStickerMessage()) {
            placed.getStickerMessageBuilder().setUrl(url).setDirectPath(directPath);
        } else if (message.hasDocumentWithCaptionMessage()) {
            placed.getDocumentWithCaptionMessageBuilder()
                    .setMessage(placed(message.getDocumentWithCaptionMessage().getMessage(), url, directPath));
        }
        return placed.build();
    }

    private ImageMessage.Builder image() {
        ImageMessage.Builder file = ImageMessage.newBuilder()
                .setMimetype(content.mimetype())
                .setMediaKey(bytes(content.place().mediaKey()))
                .setFileSha256(bytes(content.place().sha256()))
                .setFileEncSha256(bytes(content.place().encryptedSha256()))
                .setFileLength(content.length())
                .setMediaKeyTimestamp(keyDrawn.getEpochSecond());
        MediaContent.Look look = content.look();
        if (!look.caption().isEmpty()) {
            file.setCaption(look.caption());
        }
        if (look.width() > 0 && look.height() > 0) {
            file.setWidth(look.width()).setHeight(look.height());
        }
        return thumbnail.isEmpty() ? file : file.setJpegThumbnail(bytes(thumbnail));
    }

    private VideoMessage.Builder video() {
        MediaContent.Look look = content.look();
        VideoMessage.Builder file = VideoMessage.newBuilder()
                .setMimetype(content.mimetype())
                .setMediaKey(bytes(content.place().mediaKey()))
                .setFileSha256(bytes(content.place().sha256()))
                .setFileEncSha256(bytes(content.place().encryptedSha256()))
                .setFileLength(content.length())
                .setMediaKeyTimestamp(keyDrawn.getEpochSecond())
                .setStreamingSidecar(bytes(sidecar))
                .setSeconds(look.seconds());
        if (!look.caption().isEmpty()) {
            file.setCaption(look.caption());
        }
        if (look.gif()) {
            file.setGifPlayback(true);
        }
        if (look.width() > 0 && look.height() > 0) {
            file.setWidth(look.width()).setHeight(look.height());
        }
        return thumbnail.isEmpty() ? file : file.setJpegThumbnail(bytes(thumbnail));
    }

    private AudioMessage.Builder audio() {
        AudioMessage.Builder file = AudioMessage.newBuilder()
                .setMimetype(content.mimetype())
                .setMediaKey(bytes(content.place().mediaKey()))
                .setFileSha256(bytes(content.place().sha256()))
                .setFileEncSha256(bytes(content.place().encryptedSha256()))
                .setFileLength(content.length())
                .setMediaKeyTimestamp(keyDrawn.getEpochSecond())
                .setStreamingSidecar(bytes(sidecar))
                .setSeconds(content.look().seconds())
                .setPtt(content.type().equals("voice"));
        return waveform.isEmpty() ? file : file.setWaveform(bytes(waveform));
    }

    /// A caption is shown only from within its own wrapper.
    private Message document() {
        MediaContent.Look look = content.look();
        DocumentMessage.Builder file = DocumentMessage.newBuilder()
                .setMimetype(content.mimetype())
                .setMediaKey(bytes(content.place().mediaKey()))
                .setFileSha256(bytes(content.place().sha256()))
                .setFileEncSha256(bytes(content.place().encryptedSha256()))
                .setFileLength(content.length())
                .setMediaKeyTimestamp(keyDrawn.getEpochSecond())
                .setFileName(look.fileName())
                .setTitle(look.fileName());
        if (!thumbnail.isEmpty()) {
            file.setJpegThumbnail(bytes(thumbnail));
        }
        if (look.caption().isEmpty()) {
            return Message.newBuilder().setDocumentMessage(file).build();
        }
        Message inner = Message.newBuilder()
                .setDocumentMessage(file.setCaption(look.caption()))
                .build();
        return Message.newBuilder()
                .setDocumentWithCaptionMessage(FutureProofMessage.newBuilder().setMessage(inner))
                .build();
    }

    private StickerMessage.Builder sticker() {
        MediaContent.Look look = content.look();
        StickerMessage.Builder file = StickerMessage.newBuilder()
                .setMimetype(content.mimetype())
                .setMediaKey(bytes(content.place().mediaKey()))
                .setFileSha256(bytes(content.place().sha256()))
                .setFileEncSha256(bytes(content.place().encryptedSha256()))
                .setFileLength(content.length())
                .setMediaKeyTimestamp(keyDrawn.getEpochSecond())
                .setIsAnimated(look.animated());
        if (look.width() > 0 && look.height() > 0) {
            file.setWidth(look.width()).setHeight(look.height());
        }
        return thumbnail.isEmpty() ? file : file.setPngThumbnail(bytes(thumbnail));
    }

    private static ByteString bytes(Bytes bytes) {
        return ByteString.copyFrom(bytes.unsafeArray());
    }
}
