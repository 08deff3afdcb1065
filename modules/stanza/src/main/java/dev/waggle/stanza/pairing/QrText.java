package dev.waggle.stanza.pairing;

import dev.waggle.address.Bytes;
import java.util.Base64;

/// The text in a QR code: `ref,noise,identity,secret[,client]`, the middle three in base64, optionally behind a
/// link that ends in `#`.
///
/// @param ref as the server gave it
/// @param noiseKey static Noise public key of the waiting connection, 32 bytes
/// @param identityKey the companion's identity public key, 32 bytes
/// @param advSecret 32 bytes; whoever reads the code can vouch for the device
/// @param client which icon the phone shows: `1` Chrome, `2` Edge, `3` Firefox...; empty in old codes
public record QrText(String ref, Bytes noiseKey, Bytes identityKey, Bytes advSecret, String client) {
    public static final String LINK = "https://wa.me/settings/linked_devices#";
    private static final int TEXT_MAX = 2048;
    private static final int KEY_BYTES = 32;

    public QrText {
        if (ref.isEmpty() || ref.indexOf(',') >= 0 || ref.indexOf('#') >= 0) {
            throw PairingException.malformed("qr ref", ref.length() + " characters", "not empty, without , and #");
        }
        if (!client.chars().allMatch(c -> c > ' ' && c < 127 && c != ',' && c != '#')) {
            throw PairingException.malformed(
                    "qr client", client.length() + " characters", "printable, without , and #");
        }
        checkKey("qr noise key", noiseKey);
        checkKey("qr identity key", identityKey);
        checkKey("qr secret", advSecret);
    }

    private static void checkKey(String name, Bytes key) {
        if (key.size() != KEY_BYTES) {
            throw PairingException.malformed(name, key.size() + " bytes", KEY_BYTES + " bytes");
        }
    }

    /// @throws PairingException when the text is not such a code
    public static QrText parse(String text) {
        if (text.length() > TEXT_MAX) {
            throw PairingException.malformed("qr", text.length() + " characters", "at most " + TEXT_MAX);
        }
        String[] fields = text.substring(text.indexOf('#') + 1).strip().split(",", -1);
        if (fields.length != 4 && fields.length != 5) {
            throw PairingException.malformed("qr", fields.length + " fields", "4 or 5");
        }
        return new QrText(
                fields[0],
                key("qr noise key", fields[1]),
                key("qr identity key", fields[2]),
                key("qr secret", fields[3]),
                fields.length == 5 ? fields[4] : "");
    }

    private static Bytes key(String name, String base64) {
        try {
            return Bytes.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            throw PairingException.malformed(name, base64.length() + " characters", "base64");
        }
    }

    /// The text without the link.
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        String text = ref
                + ','
                + base64.encodeToString(noiseKey.unsafeArray())
                + ','
                + base64.encodeToString(identityKey.unsafeArray())
                + ','
                + base64.encodeToString(advSecret.unsafeArray());
        return client.isEmpty() ? text : text + ',' + client;
    }

    /// The text to show: a phone's camera app opens WhatsApp with it.
    public String link() {
        return LINK + text();
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "QrText[" + ref.length() + " characters of ref]";
    }
}
