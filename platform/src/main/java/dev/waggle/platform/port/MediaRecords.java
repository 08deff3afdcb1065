package dev.waggle.platform.port;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.journal.MediaBody;
import dev.waggle.proto.journal.MediaDelta;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.proto.journal.StoreDelta;
import dev.waggle.stanza.media.MediaContent;

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

    public static MediaFile file(MediaContent content, boolean fromMe) {
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
