package dev.waggle.simulator.contact;

import dev.waggle.address.Jid;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.KeyBundle;
import dev.waggle.simulator.directory.OneTimeKey;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// What the parts of one contact share: its device, its keys, its log, and the way out.
final class Desk {
    private static final int LOW = 5;
    private static final int SUPPLY = 10;

    final Device device;
    final SignalDevice signal;
    final Neighbourhood hood;
    final SecureRandom random;
    final HeardLog log = new HeardLog();
    final FileDesk files = new FileDesk(this);
    private Consumer<Node> out = stanza -> {};

    Desk(Device device, SignalDevice signal, Neighbourhood hood, SecureRandom random) {
        this.device = device;
        this.signal = signal;
        this.hood = hood;
        this.random = random;
    }

    void exit(Consumer<Node> way) {
        out = way;
    }

    void submit(Node stanza) {
        out.accept(stanza);
    }

    /// Publishes one-time keys when few are left.
    void supplyKeys() {
        if (hood.preKeys().count(device) < LOW) {
            hood.preKeys().add(device, signal.mint(SUPPLY));
        }
    }

    /// Makes sure that there is a session with a device, by the keys that the server hands out.
    ///
    /// @return false when its keys are not genuine
    boolean ready(Device other) {
        return signal.hasSession(other.pn())
                || signal.start(other.pn(), bundle(hood.preKeys().take(other)));
    }

    static PreKeyBundle bundle(KeyBundle taken) {
        Optional<OneTimeKey> oneTime = taken.oneTimeKey();
        return new PreKeyBundle(
                taken.keys().registrationId(),
                taken.keys().identityKey(),
                taken.keys().signedKey().id(),
                taken.keys().signedKey().key(),
                taken.keys().signedKey().signature(),
                oneTime.map(key -> OptionalInt.of(key.id())).orElseGet(OptionalInt::empty),
                oneTime.map(OneTimeKey::key).orElse(null));
    }

    /// True for the user behind this device.
    boolean isSelf(Jid user) {
        return device.user().equals(hood.directory().user(user));
    }
}
