package dev.waggle.platform.port;

import dev.waggle.address.AccountId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// Who may dial now: so that many accounts that begin at once are a ramp, not a storm.
@FunctionalInterface
public interface Permits {
    /// Everybody, at once.
    Permits FREE = (_, _) -> CompletableFuture.completedStage(Done.getInstance());

    /// Completes when this account may dial once; never fails.
    ///
    /// @param lastTraffic those that heard of the server last go first; null: not since the process began
    CompletionStage<Done> dial(AccountId account, @Nullable Instant lastTraffic);
}
