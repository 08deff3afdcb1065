package dev.waggle.platform.account.directory;

import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.LineException;
import dev.waggle.stanza.iq.Iq;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The line of the moment, if there is one.
final class Lines {
    private volatile @Nullable Line line;

    void up(Line up) {
        line = up;
    }

    void down() {
        line = null;
    }

    <A> CompletionStage<A> ask(Iq<A> question) {
        Line now = line;
        return now == null
                ? CompletableFuture.failedStage(new LineException(LineException.Kind.ENDED, "not connected"))
                : now.ask(question);
    }
}
