package dev.waggle.persistence.cassandra.lease;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/// The sessions of an actor system: one for all leases that live equally long. Thread-safe.
final class OwnerSessions implements Extension {
    private static final Id ID = new Id();

    private static final class Id extends AbstractExtensionId<OwnerSessions> {
        @Override
        public OwnerSessions createExtension(ExtendedActorSystem system) {
            return new OwnerSessions(system);
        }
    }

    private final ExtendedActorSystem system;
    private final Map<Timing, OwnerSession> sessions = new ConcurrentHashMap<>();

    private OwnerSessions(ExtendedActorSystem system) {
        this.system = system;
    }

    static OwnerSession of(ExtendedActorSystem system, Timing timing) {
        OwnerSessions all = ID.get(system);
        return all.sessions.computeIfAbsent(timing, wanted -> new OwnerSession(wanted, all.system, System::nanoTime));
    }
}
