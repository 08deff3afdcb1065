package dev.waggle.platform.port;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.journal.LinkBody;
import dev.waggle.proto.journal.MediaBody;
import dev.waggle.proto.journal.MediaDelta;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.proto.journal.StoreDelta;
import dev.waggle.proto.journal.ThumbnailBody;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.media.LinkPreview;
import dev.waggle.stanza.media.MediaContent;
import dev.waggle.stanza.media.Thumbnail;
import java.util.Optional;

/// The file of a message as the journal keeps it: once for readers, once for whoever fetches it.
public final class MediaRecords {
    private MediaRecords() {}

    /// What readers are told: nothing that would open the file.
    public static MediaBody body(MediaContent content) {
        MediaContent.Look look = content.look();
        return MediaBody.newBuilder()
                .setMimetype(content.mimetype())
                .setLength(content.length())
                .setSha256(bytes(content.place().sha256()))
                .setCaption(look.caption())
                .setFileName(look.fileName())
                .setSeconds(look.seconds())
                .setWidth(look.width())
                .setHeight(look.height())
                .setGif(look.gif())
                .setAnimated(look.animated())
                .build();
    }

    /// How the files of a message are found and opened; empty when it has neither a file nor a thumbnail.
    public static Optional<MediaFile> file(Message message, boolean fromMe) {
        Optional<MediaFile> file = MediaContent.of(message).map(content -> file(content, fromMe));
        Optional<MediaFile> thumbnail = Thumbnail.of(message).map(told -> file(told, fromMe));
        return thumbnail
                .map(small -> file.map(MediaFile::toBuilder)
                        .orElseGet(() -> MediaFile.newBuilder().setFromMe(fromMe))
                        .setThumbnail(small)
                        .build())
                .or(() -> file);
    }

    /// A thumbnail as readers are told of it.
    public static ThumbnailBody body(Thumbnail thumbnail) {
        return ThumbnailBody.newBuilder()
                .setSha256(bytes(thumbnail.place().sha256()))
                .setWidth(thumbnail.width())
                .setHeight(thumbnail.height())
                .build();
    }

    public static LinkBody body(LinkPreview link) {
        return LinkBody.newBuilder()
                .setUrl(link.url())
                .setTitle(link.title())
                .setDescription(link.description())
                .build();
    }

    private static MediaFile file(Thumbnail thumbnail, boolean fromMe) {
        return MediaFile.newBuilder()
                .setType(thumbnail.type())
                .setMimetype("image/jpeg")
                .setMediaKey(bytes(thumbnail.place().mediaKey()))
                .setSha256(bytes(thumbnail.place().sha256()))
                .setEncryptedSha256(bytes(thumbnail.place().encryptedSha256()))
                .setLength(-1)
                .setDirectPath(thumbnail.place().directPath())
                .setFromMe(fromMe)
                .build();
    }

    private static MediaFile file(MediaContent content, boolean fromMe) {
        return MediaFile.newBuilder()
                .setType(content.type())
                .setMimetype(content.mimetype())
                .setMediaKey(bytes(content.place().mediaKey()))
                .setSha256(bytes(content.place().sha256()))
                .setEncryptedSha256(bytes(content.place().encryptedSha256()))
                .setLength(content.length())
                .setDirectPath(content.place().directPath())
                .setUrl(content.place().url())
                .setFileName(content.look().fileName())
                .setFromMe(fromMe)
                .build();
    }

    /// @param chat and `sender`: bare, as the message is known by
    public static StoreDelta delta(Jid chat, Jid sender, String id, long atMillis, MediaFile file) {
        return StoreDelta.newBuilder()
                .setMedia(MediaDelta.newBuilder()
                        .setChat(chat.toString())
                        .setSender(sender.toString())
                        .setId(id)
                        .setAtMillis(atMillis)
                        .setFile(file))
                .build();
    }

    private static ByteString bytes(Bytes bytes) {
        return ByteString.copyFrom(bytes.unsafeArray());
    }
}
