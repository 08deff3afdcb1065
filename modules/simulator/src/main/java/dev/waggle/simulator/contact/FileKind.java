package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.check.Fields;
import dev.waggle.simulator.check.FieldsWriter;
import dev.waggle.simulator.exchange.Contacts.FileToSend;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The messages that carry a file, by the numbers of their fields: which message it is, then within it URL, MIME
/// type, hash, length, media key, hash of what is kept, path, caption, file name, and the path of a thumbnail,
/// which is followed by its two hashes; 0 = there is none.
enum FileKind {
    IMAGE(3, "Image", 1, 2, 4, 5, 8, 9, 11, 3, 0, 26),
    DOCUMENT(7, "Document", 1, 2, 4, 5, 7, 9, 10, 20, 8, 13),
    AUDIO(8, "Audio", 1, 2, 3, 4, 7, 8, 9, 0, 0, 0),
    VIDEO(9, "Video", 1, 2, 3, 4, 6, 11, 13, 7, 0, 21),
    STICKER(26, "Image", 1, 5, 2, 9, 4, 3, 8, 0, 0, 0),
    /// A text with the uploaded thumbnail of a link.
    LINK(6, "Link Thumbnail", 0, 0, 20, 0, 22, 21, 19, 1, 6, 0);

    private static final int PTT = 6;
    private static final int MATCHED_TEXT = 2;

    /// The length of a file that is not told.
    static final long NOT_TOLD = -1;

    private static final int SMALL = 9;

    private final int message;
    private final String keys;
    private final int[] fields;

    FileKind(int message, String keys, int... fields) {
        this.message = message;
        this.keys = keys;
        this.fields = fields;
    }

    /// A file as its message tells it.
    ///
    /// @param type `image`, `document`, `audio`, `voice`, `video`, `sticker` or `link`
    record Told(
            FileKind kind,
            String type,
            String mimetype,
            Bytes sha256,
            long length,
            Bytes mediaKey,
            Bytes encryptedSha256,
            String directPath,
            String caption,
            String fileName,
            @Nullable Small thumbnail) {
        /// What it is checked by.
        FileBox.Expected expected() {
            return new FileBox.Expected(kind.info(), mediaKey, sha256, encryptedSha256, length);
        }

        /// The same for the thumbnail, which is under the file's media key.
        FileBox.Expected expected(Small small) {
            return new FileBox.Expected(kind.smallInfo(), mediaKey, small.sha256(), small.encryptedSha256(), NOT_TOLD);
        }
    }

    /// A thumbnail beside a file.
    record Small(String directPath, Bytes sha256, Bytes encryptedSha256) {}

    /// What the media key becomes keys with.
    String info() {
        return "WhatsApp " + keys + " Keys";
    }

    /// The same for a thumbnail beside it.
    String smallInfo() {
        return "WhatsApp " + keys + " Thumbnail Keys";
    }

    boolean hasThumbnails() {
        return fields[SMALL] > 0;
    }

    /// `voice` is an audio with a mark.
    static Optional<FileKind> of(String type) {
        String name = type.equals("voice") ? "audio" : type;
        return Arrays.stream(values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /// @param small null when there is none
    Bytes write(
            FileToSend file, FileBox.Sealed sealed, String url, String directPath, @Nullable Small small, long now) {
        FieldsWriter inner = new FieldsWriter()
                .bytes(fields[2], sealed.sha256())
                .bytes(fields[4], sealed.mediaKey())
                .bytes(fields[5], sealed.encryptedSha256())
                .text(fields[6], directPath)
                .number(keyTime(), now);
        optional(inner, fields[0], url);
        optional(inner, fields[1], file.mimetype());
        optional(inner, fields[7], file.caption());
        optional(inner, fields[8], file.fileName());
        if (fields[3] > 0) {
            inner.number(fields[3], file.bytes().size());
        } else {
            optional(inner, MATCHED_TEXT, firstLink(file.caption()));
        }
        if (small != null) {
            inner.text(fields[SMALL], small.directPath())
                    .bytes(fields[SMALL] + 1, small.sha256())
                    .bytes(fields[SMALL] + 2, small.encryptedSha256());
        }
        if (file.type().equals("voice")) {
            inner.number(PTT, 1);
        }
        return new FieldsWriter().message(message, inner).done();
    }

    private static String firstLink(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> word.startsWith("http"))
                .findFirst()
                .orElse("");
    }

    private int keyTime() {
        return switch (this) {
            case IMAGE -> 12;
            case DOCUMENT -> 11;
            case AUDIO, STICKER -> 10;
            case VIDEO -> 14;
            case LINK -> 23;
        };
    }

    private static void optional(FieldsWriter inner, int field, String text) {
        if (field > 0 && !text.isEmpty()) {
            inner.text(field, text);
        }
    }

    /// @param content without wrappers
    /// @throws dev.waggle.simulator.check.FieldException when there is one that cannot be read
    static @Nullable Told read(Fields content) {
        for (FileKind kind : values()) {
            Optional<Fields> found = content.message(kind.message, "file message");
            if (found.isPresent()
                    && (kind != LINK || found.get().bytes(LINK.fields[6]).isPresent())) {
                return kind.told(found.get());
            }
        }
        return null;
    }

    private Told told(Fields inner) {
        boolean voice = this == AUDIO && inner.number(PTT, 0) != 0;
        return new Told(
                this,
                voice ? "voice" : name().toLowerCase(Locale.ROOT),
                text(inner, fields[1]),
                inner.require(fields[2], 32),
                fields[3] == 0 ? NOT_TOLD : inner.requireNumber(fields[3]),
                inner.require(fields[4], 32),
                inner.require(fields[5], 32),
                text(inner, fields[6]),
                text(inner, fields[7]),
                text(inner, fields[8]),
                hasThumbnails() && inner.bytes(fields[SMALL]).isPresent() ? small(inner) : null);
    }

    private Small small(Fields inner) {
        return new Small(
                text(inner, fields[SMALL]), inner.require(fields[SMALL] + 1, 32), inner.require(fields[SMALL] + 2, 32));
    }

    private static String text(Fields inner, int field) {
        return field == 0 ? "" : inner.bytes(field).map(Bytes::toUtf8).orElse("");
    }
}
