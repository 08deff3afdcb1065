package dev.waggle.platform.cluster.lease;

import dev.waggle.storage.control.ControlStore;
import org.apache.pekko.actor.setup.Setup;

/// What an actor system is begun with, so that its leases find the store.
public final class LeaseStore extends Setup {
    private final ControlStore store;

    public LeaseStore(ControlStore store) {
        this.store = store;
    }

    ControlStore store() {
        return store;
    }
}
