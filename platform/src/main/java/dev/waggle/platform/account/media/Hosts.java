package dev.waggle.platform.account.media;

import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.LineException;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.iq.QueryMediaHosts;
import dev.waggle.stanza.iq.QueryMediaHosts.MediaHosts;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The media hosts as the server told them last, asked for again when that is old, and once for all who want to
/// know at the same time. Thread-safe; blocks.
final class Hosts {
    private record Told(MediaHosts hosts, Instant until) {}

    private final Clock clock;
    private volatile @Nullable Line line;
    private @Nullable Told told;

    Hosts(Clock clock) {
        this.clock = clock;
    }

    void lineUp(Line up) {
        line = up;
    }

    void lineDown() {
        line = null;
    }

    @Nullable
    Line line() {
        return line;
    }

    /// @param refused what did not hold any more; null when nothing was refused
    synchronized MediaHosts now(@Nullable MediaHosts refused) throws TransferException {
        Told last = told;
        if (last != null && !last.hosts().equals(refused) && clock.instant().isBefore(last.until())) {
            return last.hosts();
        }
        Line up = line;
        if (up == null) {
            throw new TransferException(
                    TransferException.Kind.NOT_CONNECTED, "the account is not connected: nobody names the media hosts");
        }
        try {
            MediaHosts fresh =
                    up.ask(new QueryMediaHosts()).toCompletableFuture().join();
            told = new Told(fresh, clock.instant().plus(fresh.good()));
            return fresh;
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            boolean ended = cause instanceof LineException;
            boolean told = cause != null && (ended || cause instanceof IqException);
            throw new TransferException(
                    ended ? TransferException.Kind.NOT_CONNECTED : TransferException.Kind.UNREACHABLE,
                    "the server names no media hosts: "
                            + (cause != null && told ? cause.getMessage() : "its answer is none"));
        }
    }
}
