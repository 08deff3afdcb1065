package dev.waggle.platform.cluster.wire;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/// Actors by their names, as other nodes know them.
public final class Refs {
    private final ActorRefResolver resolver;

    Refs(ActorRefResolver resolver) {
        this.resolver = resolver;
    }

    public String name(ActorRef<?> actor) {
        return resolver.toSerializationFormat(actor);
    }

    /// @throws IllegalArgumentException when that is no name
    public <T> ActorRef<T> actor(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("reply to: '' (expected: the name of an actor)");
        }
        return resolver.resolveActorRef(name);
    }
}
