package dev.waggle.platform.webhook;

import dev.waggle.platform.webhook.DeliveryCommand.Stored;
import dev.waggle.platform.webhook.DeliveryCommand.Then;
import dev.waggle.platform.webhook.lane.Backoff;
import dev.waggle.platform.webhook.lane.Progress;
import dev.waggle.platform.webhook.shelf.Pair;
import dev.waggle.platform.webhook.shelf.WebhookShelf;
import dev.waggle.storage.vault.Sealer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Keeps a delivery's cursor where it survives: one write under way, everything that changed meanwhile in the next.
/// Part of its delivery, on whose thread it is called.
final class CursorWriter {
    private final ActorContext<DeliveryCommand> context;
    private final TimerScheduler<DeliveryCommand> timers;
    private final WebhookShelf shelf;
    private final Pair pair;
    private final Sealer sealer;
    private final Backoff backoff;
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Runnable> underWay = new ArrayList<>();
    private boolean dirty;
    private boolean writing;
    private boolean resting;

    CursorWriter(
            ActorContext<DeliveryCommand> context,
            TimerScheduler<DeliveryCommand> timers,
            DeliveryServices services,
            Pair pair,
            Sealer sealer) {
        this.context = context;
        this.timers = timers;
        this.shelf = services.shelf();
        this.pair = pair;
        this.sealer = sealer;
        this.backoff = new Backoff(services.node().random());
    }

    void changed() {
        dirty = true;
    }

    /// Runs once what is true now is stored.
    void then(Runnable answer) {
        dirty = true;
        waiting.add(answer);
    }

    boolean writing() {
        return writing;
    }

    /// @return whether a write was begun
    boolean write(Progress progress, int round) {
        if (!dirty || writing || resting) {
            return false;
        }
        dirty = false;
        writing = true;
        int settled = progress.unstored();
        underWay.addAll(waiting);
        waiting.clear();
        context.pipeToSelf(
                shelf.put(sealer, pair, progress.cursor()), (_, failure) -> new Stored(round, settled, failure));
        return true;
    }

    void stored() {
        writing = false;
        backoff.worked();
        List<Runnable> answers = List.copyOf(underWay);
        underWay.clear();
        answers.forEach(Runnable::run);
    }

    /// The same again, later: nobody is answered before.
    void failed() {
        writing = false;
        dirty = true;
        resting = true;
        timers.startSingleTimer("write again", new Then(this::rested), backoff.next());
    }

    private void rested() {
        resting = false;
    }
}
