package dev.waggle.platform.boot.hive;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.boot.Node;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/// A client that asks again, perhaps another node, when that is what the API says.
final class Asker {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /// The API answers these with 503: the same request again, to any node.
    private static final Set<Refusal.Code> REPEATED =
            Set.of(Refusal.Code.JOURNAL_UNAVAILABLE, Refusal.Code.OTHER_BUILD, Refusal.Code.MAILBOX_FULL);

    private final boolean clustered;
    private final AtomicInteger asked = new AtomicInteger();

    Asker(boolean clustered) {
        this.clustered = clustered;
    }

    /// Whether anything was asked twice.
    boolean again() {
        return asked.get() > 0;
    }

    <T> T granted(Supplier<Node> nodes, AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command)
            throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return switch (nodes.get()
                        .ask(account, command)
                        .toCompletableFuture()
                        .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                    case Answer.Granted<T>(var value) -> value;
                    case Answer.Refused<T>(var refusal) -> throw refused(refusal);
                };
            } catch (TimeoutException | ExecutionException e) {
                // Its node may be gone: the same question again, to another one.
                if (System.nanoTime() > end) {
                    throw e;
                }
                asked.incrementAndGet();
            }
        }
    }

    /// What a client may repeat is a failure like that of a node that is gone; anything else is a mistake.
    private Exception refused(Refusal refusal) {
        return clustered && REPEATED.contains(refusal.code())
                ? new ExecutionException(refusal.toString(), null)
                : new IllegalStateException(refusal.toString());
    }
}
