package dev.waggle.platform.account.reception;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;

/// How parts of an account end in order: each when it has taken what it was told before. A part that is stopped
/// outright leaves that to nobody.
public final class Departure {
    /// More than any part takes for what it has in its mailbox.
    private static final Duration MOST = Duration.ofSeconds(5);

    private Departure() {}

    /// Completes when all have ended, or have taken too long; nobody may watch them who would end with them.
    public static CompletionStage<Done> of(List<? extends ActorRef<?>> parts) {
        return CompletableFuture.allOf(parts.stream()
                        .map(part -> Patterns.gracefulStop(Adapter.toClassic(part), MOST, PoisonPill.getInstance())
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .handle((_, _) -> Done.getInstance());
    }
}
