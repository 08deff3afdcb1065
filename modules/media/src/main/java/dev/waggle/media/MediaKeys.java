package dev.waggle.media;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a media key becomes for one type of media: HKDF-SHA256 without salt, 112 bytes.
///
/// @param iv 16 bytes
/// @param cipherKey 32 bytes
/// @param macKey 32 bytes
/// @param refKey 32 bytes; nothing of ours uses it
public record MediaKeys(Bytes iv, Bytes cipherKey, Bytes macKey, Bytes refKey) {
    public static final int MEDIA_KEY_BYTES = 32;
    private static final int EXPANDED_BYTES = 112;

    /// @param mediaKey 32 random bytes, for one file and one type only
    /// @throws MediaException when it has another size
    public static MediaKeys derive(Bytes mediaKey, MediaType type) throws MediaException {
        if (mediaKey.size() != MEDIA_KEY_BYTES) {
            throw new MediaException(
                    MediaException.Kind.KEY, "media key", mediaKey.size() + " bytes", MEDIA_KEY_BYTES + " bytes");
        }
        byte[] info = ("WhatsApp " + type.info() + " Keys").getBytes(StandardCharsets.UTF_8);
        byte[] whole = Hkdf.derive(mediaKey.unsafeArray(), new byte[0], info, EXPANDED_BYTES);
        return new MediaKeys(part(whole, 0, 16), part(whole, 16, 48), part(whole, 48, 80), part(whole, 80, 112));
    }

    private static Bytes part(byte[] whole, int from, int to) {
        return Bytes.wrap(Arrays.copyOfRange(whole, from, to));
    }

    /// Without the keys.
    @Override
    public String toString() {
        return "MediaKeys[]";
    }
}
