package dev.waggle.platform.port;

import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.stanza.keys.KeyBundle;
import java.util.OptionalInt;

/// A device's keys as stanzas carry them, for the Signal side.
public final class KeyBundles {
    private KeyBundles() {}

    /// @throws dev.waggle.signal.SignalException when a key cannot be one
    public static PreKeyBundle toSignal(KeyBundle keys) {
        var oneTime = keys.oneTimeKey();
        return new PreKeyBundle(
                keys.registrationId(),
                keys.identityKey(),
                keys.signedKey().id(),
                keys.signedKey().publicKey(),
                keys.signedKey().signature(),
                oneTime == null ? OptionalInt.empty() : OptionalInt.of(oneTime.id()),
                oneTime == null ? null : oneTime.publicKey());
    }
}
