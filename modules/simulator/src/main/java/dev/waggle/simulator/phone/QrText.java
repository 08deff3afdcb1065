package dev.waggle.simulator.phone;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.exchange.PhoneException;
import java.util.Base64;

/// What a camera reads: an optional prefix up to `#`, then `ref,noise key,identity key,adv secret[,client type]`,
/// where the three keys are 32 bytes in base64.
record QrText(String ref, Bytes noiseKey, Bytes identityKey, Bytes advSecret) {
    private static final int LENGTH_MAX = 2048;

    /// @throws PhoneException when the text is not such a QR
    static QrText read(String text) {
        String trimmed = text.trim();
        String[] parts = trimmed.substring(trimmed.lastIndexOf('#') + 1).split(",", -1);
        if (trimmed.length() > LENGTH_MAX || parts.length < 4 || parts.length > 5 || parts[0].isEmpty()) {
            throw new PhoneException("qr", parts.length + " parts", "ref,noise,identity,secret[,type]");
        }
        return new QrText(
                parts[0], key("qr noise key", parts[1]), key("qr identity key", parts[2]), key("qr secret", parts[3]));
    }

    private static Bytes key(String name, String base64) {
        Bytes key;
        try {
            key = Bytes.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new PhoneException(name, base64.length() + " characters", "base64");
        }
        if (key.size() != 32) {
            throw new PhoneException(name, key.size() + " bytes", "32 bytes");
        }
        return key;
    }
}
