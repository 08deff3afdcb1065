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
    LINK_THUMBNAIL("Link Thumbnail", "thumbnail-link", false);

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

    /// `image`, `voice`, `app-state`...
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
