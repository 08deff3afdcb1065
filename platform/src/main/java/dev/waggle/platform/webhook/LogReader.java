package dev.waggle.platform.webhook;

import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.webhook.DeliveryCommand.ReadAhead;
import dev.waggle.platform.webhook.DeliveryCommand.ReadBehind;
import dev.waggle.platform.webhook.DeliveryCommand.Then;
import dev.waggle.platform.webhook.lane.Backoff;
import dev.waggle.platform.webhook.lane.Progress;
import dev.waggle.platform.webhook.shelf.Pair;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Reads what a delivery needs of its account's log: one page ahead and one behind under way at a time, with
/// whatever is in them. Part of its delivery, on whose thread it is called.
final class LogReader {
    /// Events of a page, and in the memory of a delivery.
    static final int PAGE = 128;

    private final ActorContext<DeliveryCommand> context;
    private final TimerScheduler<DeliveryCommand> timers;
    private final EventLog log;
    private final Pair pair;
    private final Backoff backoff;
    private boolean ahead;
    private boolean behind;
    private boolean resting;

    LogReader(
            ActorContext<DeliveryCommand> context,
            TimerScheduler<DeliveryCommand> timers,
            WebhookServices services,
            Pair pair) {
        this.context = context;
        this.timers = timers;
        this.log = services.events();
        this.pair = pair;
        this.backoff = new Backoff(services.random());
    }

    /// What is being read is for nobody any more.
    void begin() {
        ahead = false;
        behind = false;
    }

    void read(Progress progress, int round, Set<String> types, long now) {
        if (resting) {
            return;
        }
        if (!behind) {
            progress.behind(now).ifPresent(need -> {
                behind = true;
                context.pipeToSelf(
                        log.scan(pair.account(), need.after(), types, PAGE),
                        (page, failure) -> new ReadBehind(round, need, failure == null ? page : List.of(), failure));
            });
        }
        if (!ahead) {
            progress.ahead(now).ifPresent(need -> {
                ahead = true;
                context.pipeToSelf(
                        log.nextScan(pair.account(), need.after(), types),
                        (page, failure) -> new ReadAhead(round, failure == null ? page : List.of(), failure));
            });
        }
    }

    void readAhead() {
        ahead = false;
        backoff.worked();
    }

    void readBehind() {
        behind = false;
        backoff.worked();
    }

    void failed() {
        begin();
        resting = true;
        timers.startSingleTimer("read again", new Then(this::rested), backoff.next());
    }

    private void rested() {
        resting = false;
    }
}
