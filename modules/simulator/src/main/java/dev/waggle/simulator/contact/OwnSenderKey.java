package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.signal.group.SenderKeyRecord;
import dev.waggle.signal.group.SenderKeys;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// The key under which one device sends in one group, and which devices have it.
final class OwnSenderKey {
    /// A key is given up after so many messages.
    private static final int ITERATIONS_MAX = 1_000;

    private final SecureRandom random;
    private final Set<Jid> holders = new HashSet<>();
    private SenderKeyRecord key;

    OwnSenderKey(SecureRandom random) {
        this.random = random;
        this.key = SenderKeys.create(random);
    }

    /// Before a message to these devices: makes a new key when somebody holds this one who should not read on.
    void audience(Collection<Jid> devices) {
        if (!devices.containsAll(holders) || key.iteration() >= ITERATIONS_MAX) {
            key = SenderKeys.create(random);
            holders.clear();
        }
    }

    boolean heldBy(Jid device) {
        return holders.contains(device);
    }

    void given(Jid device) {
        holders.add(device);
    }

    /// What a device needs to read from the next message on.
    Bytes distribution() {
        return SenderKeys.distribution(key);
    }

    Cipher encrypt(Bytes message) {
        var encrypted = SenderKeys.encrypt(key, Padding.pad(message, random), random);
        key = encrypted.next();
        return new Cipher("skmsg", encrypted.ciphertext());
    }
}
