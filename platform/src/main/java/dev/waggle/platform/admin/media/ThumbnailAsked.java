package dev.waggle.platform.admin.media;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.port.Spool;
import dev.waggle.proto.journal.SpooledFile;
import dev.waggle.stanza.media.MediaContent;
import dev.waggle.stanza.media.Thumbnail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The thumbnail that was asked for: one that comes with the message itself, one that is a file, both or none.
///
/// @param media the id of a file, or empty
/// @param width of the file, 0 when it was not told
record ThumbnailAsked(Bytes inline, String media, int width, int height) {
    static final int SIDE_MAX = 65_535;
    private static final int INLINE_BYTES_MAX = 64 * 1024;

    static ThumbnailAsked of(JsonBody body) {
        String media = body.optionalText("thumbnailMedia", 1, 64);
        return new ThumbnailAsked(
                Bytes.wrap(body.base64("thumbnail", INLINE_BYTES_MAX)),
                media == null ? "" : media,
                body.number("thumbnailWidth", 0, SIDE_MAX, 0),
                body.number("thumbnailHeight", 0, SIDE_MAX, 0));
    }

    boolean isEmpty() {
        return inline.isEmpty() && media.isEmpty() && width == 0 && height == 0;
    }

    /// What makes it this one and no other; the same as ever for one that is no file.
    List<String> told() {
        List<String> told = new ArrayList<>(List.of(Base64.getEncoder().encodeToString(inline.unsafeArray())));
        if (!media.isEmpty()) {
            told.add(media);
        }
        if (width > 0 || height > 0) {
            told.add(width + "x" + height);
        }
        return told;
    }

    Spool.Waiting found(Spool spool, AccountId account) throws IOException {
        Spool.Waiting file = spool.find(account, media)
                .orElseThrow(() ->
                        Problem.MEDIA_NOT_FOUND.because("thumbnailMedia", media, "the id of a file of this account"));
        String mimetype = file.about().getMimetype();
        if (!mimetype.startsWith("image/")) {
            throw Problem.INVALID_VALUE
                    .because("thumbnailMedia", mimetype, "a picture, such as image/jpeg")
                    .with("field", "thumbnailMedia");
        }
        return file;
    }

    /// As its message tells it, before it is uploaded.
    Thumbnail told(SpooledFile file) {
        return new Thumbnail(
                file.getType(),
                new MediaContent.Place(
                        "",
                        "",
                        Bytes.wrap(file.getMediaKey().toByteArray()),
                        Bytes.wrap(file.getSha256().toByteArray()),
                        Bytes.wrap(file.getEncryptedSha256().toByteArray())),
                width,
                height);
    }
}
