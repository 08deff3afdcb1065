package dev.waggle.media;

import java.util.Locale;

/// What a file is used as. It decides which keys a media key becomes and where the file is uploaded.
public enum MediaType {
    IMAGE("Image", "image", false),
    VIDEO("Video", "video", true),
    AUDIO("Audio", "audio", true),
    /// A recording that was made in the chat. Hosts do not tell it from other audio.
    VOICE("Audio", "audio", true),
    DOCUMENT("Document", "document", false),
    STICKER("Image", "image", false),
    HISTORY("History", "md-msg-hist", false),
    APP_STATE("App State", "md-app-state", false),
    /// Of a link in a text; it has a media key of its own.
    LINK_THUMBNAIL("Link Thumbnail", "thumbnail-link", false),
    /// Of a file: under the media key of that file, which becomes other keys here.
    IMAGE_THUMBNAIL("Image Thumbnail", "thumbnail-image", false),
    VIDEO_THUMBNAIL("Video Thumbnail", "thumbnail-video", false),
    DOCUMENT_THUMBNAIL("Document Thumbnail", "thumbnail-document", false);

    private final String info;
    private final String path;
    private final boolean streamed;

    MediaType(String info, String path, boolean streamed) {
        this.info = info;
        this.path = path;
        this.streamed = streamed;
    }

    /// The word between `WhatsApp` and `Keys` that the keys are derived with.
    String info() {
        return info;
    }

    /// What hosts call it: the last but one segment of an upload's path, and `mms-type` of a download.
    public String path() {
        return path;
    }

    /// Players begin before all of it is there, so its message carries a [Sidecar].
    public boolean streamed() {
        return streamed;
    }

    /// True when the same encrypted bytes can be used as either.
    public boolean sameKeys(MediaType other) {
        return info.equals(other.info);
    }

    /// @throws IllegalArgumentException for a word that [#wire] gives for none
    public static MediaType of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// True for what stands beside a file or a link. Messages do not tell its length.
    public boolean isThumbnail() {
        return this == LINK_THUMBNAIL
                || this == IMAGE_THUMBNAIL
                || this == VIDEO_THUMBNAIL
                || this == DOCUMENT_THUMBNAIL;
    }

    /// `image`, `voice`, `app-state`, `link-thumbnail`...
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
