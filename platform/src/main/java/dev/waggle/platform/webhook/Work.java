package dev.waggle.platform.webhook;

import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.webhook.DeliveryCommand.Buried;
import dev.waggle.platform.webhook.DeliveryCommand.Carried;
import dev.waggle.platform.webhook.DeliveryCommand.Describe;
import dev.waggle.platform.webhook.DeliveryCommand.Drop;
import dev.waggle.platform.webhook.DeliveryCommand.End;
import dev.waggle.platform.webhook.DeliveryCommand.NotOpened;
import dev.waggle.platform.webhook.DeliveryCommand.Opened;
import dev.waggle.platform.webhook.DeliveryCommand.ReadAhead;
import dev.waggle.platform.webhook.DeliveryCommand.ReadBehind;
import dev.waggle.platform.webhook.DeliveryCommand.Redeliver;
import dev.waggle.platform.webhook.DeliveryCommand.Run;
import dev.waggle.platform.webhook.DeliveryCommand.Seek;
import dev.waggle.platform.webhook.DeliveryCommand.Sought;
import dev.waggle.platform.webhook.DeliveryCommand.Stored;
import dev.waggle.platform.webhook.DeliveryCommand.Then;
import dev.waggle.platform.webhook.DeliveryCommand.Unheard;
import dev.waggle.platform.webhook.call.Outcome;
import dev.waggle.platform.webhook.lane.Cursor;
import dev.waggle.platform.webhook.lane.Item;
import dev.waggle.platform.webhook.lane.Progress;
import dev.waggle.platform.webhook.lane.RetrySchedule;
import dev.waggle.platform.webhook.shelf.Definition;
import dev.waggle.platform.webhook.shelf.Pair;
import dev.waggle.proto.journal.PublicEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// A delivery whose place is known. [Progress] says what is next; this reads, sends and stores, on its delivery's
/// thread.
///
/// The cursor is one document, written whenever something changed and no write is under way; deliveries count as
/// under way until then, so the cursor lags what was taken by the limit of those at most, and never leads it.
final class Work {
    /// Events that nobody wants, between two cursors.
    private static final int PASSED_MAX = 1_000;

    private final ActorContext<DeliveryCommand> context;
    private final TimerScheduler<DeliveryCommand> timers;
    private final Pair pair;
    private final DeliveryServices services;
    private final LogReader reader;
    private final CursorWriter writer;
    private final Letters letters;
    private final Standing standing = new Standing();
    private Definition definition;
    private Progress progress;
    /// Raised when progress begins anew: what was under way before is waited for, then forgotten.
    private int round;
    private int stale;
    /// How far the cursor had read that was written last.
    private long written;
    private boolean called;

    Work(
            ActorContext<DeliveryCommand> context,
            TimerScheduler<DeliveryCommand> timers,
            Pair pair,
            DeliveryServices services,
            Definition definition,
            Opened opened) {
        this.context = context;
        this.timers = timers;
        this.pair = pair;
        this.services = services;
        this.definition = definition;
        this.reader = new LogReader(context, timers, services.node(), pair);
        this.writer = new CursorWriter(context, timers, services, pair, opened.sealer());
        this.letters = new Letters(context, pair, services, opened.sealer(), this::carried, this::unburied);
        this.progress = begun(opened.cursor());
        this.written = progress.read();
        if (opened.made()) {
            writer.changed();
        }
    }

    boolean writing() {
        return writer.writing();
    }

    void on(DeliveryCommand message) {
        switch (message) {
            case Run _ -> reread();
            case Describe(var replyTo) -> describe(replyTo);
            case Seek seek -> seek(seek);
            case Redeliver redeliver -> letters.redeliver(redeliver);
            case Drop drop -> letters.drop(drop);
            case ReadAhead read -> readAhead(read);
            case ReadBehind read -> readBehind(read);
            case Carried carried -> carried(carried);
            case Buried buried -> buried(buried);
            case Stored stored -> stored(stored);
            case Sought sought -> sought(sought);
            case Then(var next) -> next.run();
            case Opened _, NotOpened _, End _, Unheard _ -> {
                // Before this began, or after it ended; the last was refused on its way.
            }
        }
        go();
    }

    private Progress begun(Cursor cursor) {
        Webhook webhook = definition.webhook();
        WebhookSettings.Limits limits = services.limits();
        return new Progress(
                webhook.ordering(),
                new Progress.Limits(
                        webhook.maxInFlight(),
                        limits.parkedMax(),
                        LogReader.PAGE,
                        limits.failuresMax(),
                        limits.probe().toMillis()),
                cursor);
    }

    private void beginAt(Cursor cursor) {
        stale += progress.inFlight();
        round++;
        reader.begin();
        standing.begin();
        progress = begun(cursor);
        writer.changed();
    }

    private void reread() {
        Optional<Definition> found = services.definitions().find(pair.webhook());
        if (found.isEmpty()) {
            return;
        }
        Webhook before = definition.webhook();
        Webhook now = found.get().webhook();
        definition = found.get();
        Cursor cursor = progress.cursor();
        if (before.ordering() != now.ordering()) {
            beginAt(new Cursor(cursor.after(), List.of(), cursor.delivered(), cursor.deadLetters()));
        } else if (before.maxInFlight() != now.maxInFlight() || !before.types().equals(now.types())) {
            beginAt(cursor);
        }
    }

    // What is next.

    private void go() {
        long now = services.now();
        if (definition.webhook().running() && !standing.expired() && stale == 0) {
            while (progress.ready(now) && services.calls().begin(pair, this::call)) {
                progress.next(now).ifPresent(this::carry);
            }
            reader.read(progress, round, definition.webhook().types(), now);
            progress.nextAt(now)
                    .ifPresent(at -> timers.startSingleTimer("next", new Then(() -> {}), Duration.ofMillis(at - now)));
        }
        if (called) {
            called = false;
            services.calls().pass(pair);
        }
        if (writer.write(progress, round)) {
            written = progress.read();
        }
        standing.report(services, pair, definition, progress);
    }

    /// There is room for one more delivery again. On any thread.
    private void call() {
        context.getSelf().tell(new Then(() -> called = true));
    }

    private void readAhead(ReadAhead read) {
        if (read.round() != round) {
            return;
        }
        if (read.failure() != null) {
            unreadable(read.failure());
            return;
        }
        reader.readAhead();
        standing.storeWorks();
        List<Item> items = items(read.page());
        progress.ahead(items, lastOf(read.page(), progress.read()));
        // What nobody wants is passed over again after a crash, but not too much of it.
        if (!items.isEmpty() || progress.read() > written + PASSED_MAX) {
            writer.changed();
        }
    }

    private void readBehind(ReadBehind read) {
        if (read.round() != round) {
            return;
        }
        if (read.failure() != null) {
            unreadable(read.failure());
            return;
        }
        reader.readBehind();
        standing.storeWorks();
        long last = lastOf(read.page(), read.need().after());
        progress.behind(
                read.need(),
                items(read.page()),
                read.need().reach(last, read.page().size() < LogReader.PAGE));
    }

    private static long lastOf(List<PublicEvent> page, long otherwise) {
        return page.isEmpty() ? otherwise : page.getLast().getSequence();
    }

    private List<Item> items(List<PublicEvent> page) {
        Set<String> types = definition.webhook().types();
        return page.stream()
                .filter(event -> types.isEmpty() || types.contains(event.getType()))
                .map(event -> Item.of(definition.webhook().ordering(), event))
                .toList();
    }

    private void unreadable(Throwable failure) {
        if (Failing.cause(failure) instanceof EventsExpiredException gap) {
            standing.expired(gap);
            context.getLog().error("webhook {} stands still: {}", pair, gap.getMessage());
        } else {
            standing.storeAway(Failing.text(failure));
            reader.failed();
        }
    }

    // Sending.

    private CompletionStage<Outcome> carried(PublicEvent event) {
        byte[] body = services.node().form().apply(pair.account(), event);
        // As it is now, so that a change holds from its answer on.
        Definition now = services.definitions().find(pair.webhook()).orElse(definition);
        return services.courier().carry(now.address(), EventLog.id(pair.account(), event), body);
    }

    private void carry(Item item) {
        int sending = round;
        CompletionStage<Outcome> outcome =
                carried(item.event()).whenComplete((_, _) -> services.calls().end(pair));
        context.pipeToSelf(
                outcome,
                (done, failure) -> new Carried(
                        sending,
                        item,
                        failure == null ? done : new Outcome.Unanswered("failed: " + Failing.text(failure))));
    }

    private void carried(Carried carried) {
        Outcome outcome = carried.outcome();
        services.meters().attempt(pair, outcome instanceof Outcome.Taken ? "taken" : "failed");
        if (carried.round() != round) {
            stale--;
            return;
        }
        Item item = carried.item();
        standing.tried(outcome);
        writer.changed();
        switch (outcome) {
            case Outcome.Taken _ -> progress.delivered(item);
            case Outcome.Gone _ -> gone(item);
            case Outcome.Refused(var _, var asked, var all) -> retry(item, asked, all);
            case Outcome.Unanswered _ -> retry(item, Duration.ZERO, false);
        }
    }

    /// Nothing more is sent until the webhook was enabled again; then this event is the first.
    private void gone(Item item) {
        progress.failed(item, services.now(), Duration.ofSeconds(1), Duration.ZERO, standing.problem());
        if (definition.webhook().running()) {
            definition = definition.stopped(Webhook.GONE);
            services.gone().accept(pair.webhook());
        }
    }

    private void retry(Item item, Duration asked, boolean all) {
        RetrySchedule schedule = services.node().settings().schedule();
        long now = services.now();
        int failures = progress.attempts(item) + 1;
        boolean old = progress.age(item, now) > schedule.age().toMillis();
        Optional<Duration> delay =
                schedule.after(failures, asked, services.node().random());
        if (delay.isPresent() && !old) {
            progress.failed(item, now, delay.get(), all ? asked : Duration.ZERO, standing.problem());
        } else if (progress.deadLetters() >= services.limits().deadLettersMax()) {
            standing.full();
            progress.failed(item, now, schedule.steps().getLast(), Duration.ZERO, standing.problem());
        } else {
            bury(item, failures, old ? "too-old" : "schedule-ended");
        }
    }

    private void bury(Item item, int attempts, String reason) {
        int sending = round;
        DeadLetter letter = new DeadLetter(
                pair.account(),
                item.sequence(),
                item.event().getType(),
                Instant.ofEpochMilli(item.atMillis()),
                attempts,
                services.node().clock().instant(),
                reason,
                standing.problem());
        context.pipeToSelf(
                letters.put(letter), (more, failure) -> new Buried(sending, item, failure == null && more, failure));
    }

    private void buried(Buried buried) {
        writer.changed();
        if (buried.more()) {
            progress.oneMoreDeadLetter();
        }
        if (buried.round() != round) {
            stale--;
        } else if (buried.failure() == null) {
            context.getLog()
                    .warn(
                            "webhook {}: event {} is a dead letter",
                            pair,
                            buried.item().sequence());
            services.meters().buried(pair);
            progress.buried(buried.item());
        } else {
            standing.storeAway(Failing.text(buried.failure()));
            progress.failed(buried.item(), services.now(), Duration.ofSeconds(5), Duration.ZERO, standing.problem());
        }
    }

    private void unburied() {
        progress.oneDeadLetterLess();
        standing.notFull();
        writer.changed();
    }

    // Storing.

    private void stored(Stored stored) {
        @Nullable Throwable failure = stored.failure();
        if (failure == null) {
            standing.storeWorks();
            if (stored.round() == round) {
                progress.stored(stored.settled());
            }
            writer.stored();
        } else {
            standing.storeAway(Failing.text(failure));
            context.getLog().warn("webhook {}: its cursor is not stored: {}", pair, Failing.text(failure));
            writer.failed();
        }
    }

    // Answering.

    private void describe(ActorRef<Reply<Position>> replyTo) {
        context.pipeToSelf(
                services.node().events().latest(pair.account()),
                (latest, failure) -> new Then(() -> replyTo.tell(
                        failure == null
                                ? new Reply.Told<>(standing.position(services, pair, definition, progress, latest))
                                : Failing.reply(failure))));
    }

    private void seek(Seek seek) {
        context.pipeToSelf(
                Beginning.sought(services.node().events(), pair.account(), seek.after()),
                (after, failure) -> new Sought(failure == null ? after : 0, failure, seek.replyTo()));
    }

    private void sought(Sought sought) {
        if (sought.failure() != null) {
            sought.replyTo().tell(Failing.reply(sought.failure()));
            return;
        }
        Cursor before = progress.cursor();
        beginAt(new Cursor(sought.after(), List.of(), before.delivered(), before.deadLetters()));
        writer.then(() -> describe(sought.replyTo()));
    }
}
