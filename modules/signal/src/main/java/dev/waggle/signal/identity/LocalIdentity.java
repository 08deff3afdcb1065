package dev.waggle.signal.identity;

import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.SignalException;
import java.security.SecureRandom;

/// The identity key pair of one linked device and its registration id (1 to 16,380, drawn once when linking).
public record LocalIdentity(KeyPair identity, int registrationId) {
    private static final int REGISTRATION_IDS = 16_380;

    public LocalIdentity {
        if (registrationId < 0) {
            throw new SignalException("registration-id", registrationId, ">= 0");
        }
    }

    public static LocalIdentity generate(SecureRandom random) {
        return new LocalIdentity(KeyPair.generate(random), 1 + random.nextInt(REGISTRATION_IDS));
    }
}
