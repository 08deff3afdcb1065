package dev.waggle.platform.cluster.bootstrap;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/// Whether the node should be sent traffic. Made by Pekko Management.
public final class ReadyCheck implements Supplier<CompletionStage<Boolean>> {
    private final Health health;

    public ReadyCheck(ActorSystem system) {
        health = Health.of(Adapter.toTyped(system));
    }

    @Override
    public CompletionStage<Boolean> get() {
        return CompletableFuture.completedStage(health.unready().isEmpty());
    }
}
