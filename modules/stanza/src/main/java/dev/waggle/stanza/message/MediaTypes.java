package dev.waggle.stanza.message;

import dev.waggle.proto.message.Message;
import org.jspecify.annotations.Nullable;

/// How the wire calls the media of a message, on its ciphertext.
final class MediaTypes {
    private MediaTypes() {}

    /// Null for a message without media.
    static @Nullable String of(Message content) {
        if (content.hasExtendedTextMessage()) {
            return content.getExtendedTextMessage().hasTitle() ? "url" : null;
        }
        String file = file(content);
        return file == null ? card(content) : file;
    }

    private static @Nullable String file(Message content) {
        if (content.hasImageMessage()) {
            return "image";
        }
        if (content.hasVideoMessage()) {
            return content.getVideoMessage().getGifPlayback() ? "gif" : "video";
        }
        if (content.hasPtvMessage()) {
            return "ptv";
        }
        if (content.hasAudioMessage()) {
            return content.getAudioMessage().getPtt() ? "ptt" : "audio";
        }
        if (content.hasDocumentMessage()) {
            return "document";
        }
        return content.hasStickerMessage() ? "sticker" : null;
    }

    private static @Nullable String card(Message content) {
        if (content.hasContactMessage()) {
            return "vcard";
        }
        if (content.hasContactsArrayMessage()) {
            return "contact_array";
        }
        if (content.hasLocationMessage()) {
            return content.getLocationMessage().getIsLive() ? "livelocation" : "location";
        }
        if (content.hasLiveLocationMessage()) {
            return "livelocation";
        }
        return business(content);
    }

    private static @Nullable String business(Message content) {
        if (content.hasListMessage()) {
            return "list";
        }
        if (content.hasListResponseMessage()) {
            return "list_response";
        }
        if (content.hasButtonsResponseMessage()) {
            return "buttons_response";
        }
        if (content.hasOrderMessage()) {
            return "order";
        }
        if (content.hasProductMessage()) {
            return "product";
        }
        return content.hasInteractiveResponseMessage() ? "native_flow_response" : null;
    }
}
