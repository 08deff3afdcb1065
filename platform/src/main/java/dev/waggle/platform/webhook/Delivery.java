package dev.waggle.platform.webhook;

import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.webhook.DeliveryCommand.Buried;
import dev.waggle.platform.webhook.DeliveryCommand.Carried;
import dev.waggle.platform.webhook.DeliveryCommand.Describe;
import dev.waggle.platform.webhook.DeliveryCommand.Drop;
import dev.waggle.platform.webhook.DeliveryCommand.End;
import dev.waggle.platform.webhook.DeliveryCommand.Failed;
import dev.waggle.platform.webhook.DeliveryCommand.Opened;
import dev.waggle.platform.webhook.DeliveryCommand.ReadAhead;
import dev.waggle.platform.webhook.DeliveryCommand.ReadBehind;
import dev.waggle.platform.webhook.DeliveryCommand.Redeliver;
import dev.waggle.platform.webhook.DeliveryCommand.Run;
import dev.waggle.platform.webhook.DeliveryCommand.Seek;
import dev.waggle.platform.webhook.DeliveryCommand.Sought;
import dev.waggle.platform.webhook.DeliveryCommand.Stored;
import dev.waggle.platform.webhook.DeliveryCommand.Tick;
import dev.waggle.platform.webhook.DeliveryCommand.Told;
import dev.waggle.platform.webhook.call.Courier;
import dev.waggle.platform.webhook.call.Outcome;
import dev.waggle.platform.webhook.lane.Cursor;
import dev.waggle.platform.webhook.lane.Item;
import dev.waggle.platform.webhook.lane.Progress;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.vault.Sealer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Delivers one account's events to one webhook. It reads the log itself: whether the account runs, and where, does
/// not matter. [Progress] says what is next; this actor reads, sends and stores.
///
/// Its cursor is one document, written whenever something changed and no write is under way; deliveries count as
/// under way until then, so the cursor lags what was taken by the limit of those at most, and never leads it.
final class Delivery extends AbstractBehavior<DeliveryCommand> {
    private static final int PAGE = 128;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final TimerScheduler<DeliveryCommand> timers;
    private final Pair pair;
    private final WebhookServices services;
    private final Definitions definitions;
    private final WebhookShelf shelf;
    private final Courier courier;
    private final WebhookMeters meters;
    private final java.util.function.Consumer<String> gone;
    private final List<DeliveryCommand> early = new ArrayList<>();
    private Definition definition;
    private @Nullable Sealer sealer;
    private @Nullable Progress progress;
    /// Raised when progress begins anew: what was under way before is waited for, then forgotten.
    private int round;
    private int stale;
    private boolean readingAhead;
    private boolean readingBehind;
    private boolean dirty;
    private boolean writing;
    private final List<Runnable> afterWrite = new ArrayList<>();
    private final List<Runnable> inWrite = new ArrayList<>();
    private @Nullable Long expired;
    private String away = "";
    private boolean full;
    private String problem = "";

    /// @param gone told once when the receiver answered 410
    static Behavior<DeliveryCommand> create(
            Pair pair,
            Definition definition,
            WebhookServices services,
            Definitions definitions,
            WebhookShelf shelf,
            Courier courier,
            WebhookMeters meters,
            java.util.function.Consumer<String> gone) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Delivery(
                context, timers, pair, definition, services, definitions, shelf, courier, meters, gone)));
    }

    private Delivery(
            ActorContext<DeliveryCommand> context,
            TimerScheduler<DeliveryCommand> timers,
            Pair pair,
            Definition definition,
            WebhookServices services,
            Definitions definitions,
            WebhookShelf shelf,
            Courier courier,
            WebhookMeters meters,
            java.util.function.Consumer<String> gone) {
        super(context);
        this.timers = timers;
        this.pair = pair;
        this.definition = definition;
        this.services = services;
        this.definitions = definitions;
        this.shelf = shelf;
        this.courier = courier;
        this.meters = meters;
        this.gone = gone;
        open();
    }

    @Override
    public Receive<DeliveryCommand> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<DeliveryCommand> onMessage(DeliveryCommand message) {
        if (message instanceof End(var replyTo)) {
            return ending(replyTo);
        }
        if (progress == null) {
            switch (message) {
                case Opened opened -> opened(opened);
                case Failed(var what) -> notOpened(what);
                case Tick _ -> open();
                default -> early.add(message);
            }
            return this;
        }
        onOpen(message, progress);
        return this;
    }

    private void onOpen(DeliveryCommand message, Progress current) {
        switch (message) {
            case Run _ -> reread();
            case Describe(var replyTo) -> describe(replyTo);
            case Seek seek -> seek(seek);
            case Redeliver redeliver -> redeliver(redeliver);
            case Drop(var sequence, var replyTo) -> drop(sequence, replyTo);
            case ReadAhead read -> readAhead(read, current);
            case ReadBehind read -> readBehind(read, current);
            case Carried carried -> carried(carried, current);
            case Buried buried -> buried(buried, current);
            case Stored stored -> stored(stored, current);
            case Sought sought -> sought(sought, current);
            case Told(var answer) -> answer.run();
            case Failed(var what) -> problem = what;
            case Tick _, Opened _, End _ -> {
                // Only a reason to look again.
            }
        }
        go();
    }

    // Opening.

    private void open() {
        CompletionStage<Opened> opened = shelf.sealer(pair.account())
                .thenCompose(found -> shelf.cursor(found, pair)
                        .thenCompose(stored -> stored.isPresent()
                                ? java.util.concurrent.CompletableFuture.completedStage(
                                        new Opened(found, stored.get(), false))
                                : Beginning.of(services.events(), pair.account(), definition.webhook())
                                        .thenApply(after -> new Opened(found, Cursor.at(after), true))));
        getContext().pipeToSelf(opened, (done, failure) -> failure == null ? done : new Failed(text(failure)));
    }

    private void opened(Opened opened) {
        sealer = opened.sealer();
        away = "";
        dirty = opened.made();
        begin(opened.cursor());
        List<DeliveryCommand> waited = List.copyOf(early);
        early.clear();
        waited.forEach(getContext().getSelf()::tell);
        go();
    }

    private void notOpened(String what) {
        away = what;
        getContext().getLog().warn("webhook {}: its place is not known yet: {}", pair, what);
        meters.report(pair, Position.State.STORE_AWAY, 0);
        early.stream()
                .filter(Describe.class::isInstance)
                .forEach(message -> ((Describe) message).replyTo().tell(new Reply.Away<>(what)));
        early.removeIf(Describe.class::isInstance);
        timers.startSingleTimer(new Tick(), AGAIN);
    }

    private void begin(Cursor cursor) {
        Webhook webhook = definition.webhook();
        WebhookSettings.Limits limits = services.settings().limits();
        stale += progress == null ? 0 : progress.inFlight();
        round++;
        readingAhead = false;
        readingBehind = false;
        expired = null;
        progress = new Progress(
                webhook.ordering(),
                new Progress.Limits(
                        webhook.maxInFlight(),
                        limits.parkedMax(),
                        PAGE,
                        limits.failuresMax(),
                        limits.probe().toMillis()),
                cursor);
    }

    private void reread() {
        Optional<Definition> found = definitions.find(pair.webhook());
        if (found.isEmpty() || progress == null) {
            return;
        }
        Webhook before = definition.webhook();
        Webhook now = found.get().webhook();
        definition = found.get();
        if (before.ordering() != now.ordering()) {
            Cursor cursor = progress.cursor();
            begin(new Cursor(cursor.after(), List.of(), cursor.delivered(), cursor.deadLetters()));
            dirty = true;
        } else if (before.maxInFlight() != now.maxInFlight() || !before.types().equals(now.types())) {
            begin(progress.cursor());
        }
    }

    // What is next.

    private long now() {
        return services.clock().millis();
    }

    private void go() {
        Progress current = progress;
        if (current == null) {
            return;
        }
        if (definition.webhook().running() && expired == null && stale == 0) {
            for (Optional<Item> next = current.next(now()); next.isPresent(); next = current.next(now())) {
                carry(next.get());
            }
            read(current);
            current.nextAt(now())
                    .ifPresent(at ->
                            timers.startSingleTimer(new Tick(), Duration.ofMillis(Math.max(1, at - now()))));
        }
        write(current);
    }

    private void read(Progress current) {
        int reading = round;
        Set<String> types = definition.webhook().types();
        if (!readingBehind) {
            current.behind(now()).ifPresent(need -> {
                readingBehind = true;
                getContext()
                        .pipeToSelf(
                                services.events().page(pair.account(), need.after(), types, PAGE),
                                (page, failure) -> new ReadBehind(
                                        reading, need, failure == null ? page : List.of(), failure));
            });
        }
        if (!readingAhead) {
            current.ahead(now()).ifPresent(need -> {
                readingAhead = true;
                getContext()
                        .pipeToSelf(
                                services.events().nextPage(pair.account(), need.after(), types),
                                (page, failure) ->
                                        new ReadAhead(reading, failure == null ? page : List.of(), failure));
            });
        }
    }

    private void readAhead(ReadAhead read, Progress current) {
        if (read.round() != round) {
            return;
        }
        readingAhead = false;
        if (read.failure() == null) {
            away = "";
            current.ahead(items(read.page()));
            dirty |= !read.page().isEmpty();
        } else {
            unreadable(read.failure());
        }
    }

    private void readBehind(ReadBehind read, Progress current) {
        if (read.round() != round) {
            return;
        }
        readingBehind = false;
        if (read.failure() == null) {
            away = "";
            current.behind(read.need(), items(read.page()), read.page().size() < PAGE);
        } else {
            unreadable(read.failure());
        }
    }

    private List<Item> items(List<PublicEvent> page) {
        return page.stream()
                .map(event -> Item.of(definition.webhook().ordering(), event))
                .toList();
    }

    private void unreadable(Throwable failure) {
        if (Beginning.expired(failure) instanceof EventsExpiredException gap) {
            expired = gap.oldest();
            problem = String.valueOf(gap.getMessage());
            getContext().getLog().error("webhook {} stands still: {}", pair, problem);
            return;
        }
        away = text(failure);
        readingAhead = true;
        readingBehind = true;
        int reading = round;
        timers.startSingleTimer("read again", new Told(() -> {
            readingAhead &= reading != round;
            readingBehind &= reading != round;
        }), AGAIN);
    }

    // Sending.

    private String id(PublicEvent event) {
        return "evt_" + pair.account() + "_" + event.getSequence() + "_" + Long.toString(event.getAtMillis(), 36);
    }

    private CompletionStage<Outcome> carried(PublicEvent event) {
        byte[] body = services.form().apply(pair.account(), event);
        return courier.carry(definition.address(), id(event), body);
    }

    private void carry(Item item) {
        int sending = round;
        getContext()
                .pipeToSelf(
                        carried(item.event()),
                        (outcome, failure) -> new Carried(
                                sending,
                                item,
                                failure == null ? outcome : new Outcome.Unanswered("failed: " + text(failure))));
    }

    private void carried(Carried carried, Progress current) {
        if (carried.round() != round) {
            stale--;
            return;
        }
        Item item = carried.item();
        Outcome outcome = carried.outcome();
        meters.attempt(pair, outcome instanceof Outcome.Taken ? "taken" : "failed");
        problem = outcome.problem();
        switch (outcome) {
            case Outcome.Taken _ -> {
                full = false;
                current.delivered(item);
                dirty = true;
            }
            case Outcome.Gone _ -> {
                failed(current, item, Duration.ZERO, Duration.ZERO);
                if (definition.webhook().running()) {
                    definition = definition.stopped(Webhook.GONE);
                    gone.accept(pair.webhook());
                }
            }
            case Outcome.Refused(_, var wait, var all) -> retry(current, item, wait, all);
            case Outcome.Unanswered _ -> retry(current, item, Duration.ZERO, false);
        }
    }

    private void retry(Progress current, Item item, Duration wait, boolean all) {
        int failures = current.attempts(item) + 1;
        boolean old = current.age(item, now())
                > services.settings().schedule().age().toMillis();
        Optional<Duration> delay = services.settings().schedule().after(failures, wait, services.random());
        if (delay.isPresent() && !old) {
            failed(current, item, delay.get(), all ? wait : Duration.ZERO);
        } else if (current.deadLetters() >= services.settings().limits().deadLettersMax()) {
            full = true;
            Duration last = services.settings().schedule().steps().getLast();
            failed(current, item, last, Duration.ZERO);
        } else {
            bury(item, failures, old ? "too-old" : "schedule-ended");
        }
    }

    private void failed(Progress current, Item item, Duration delay, Duration hold) {
        current.failed(item, now(), delay, hold, problem);
        dirty = true;
    }

    private void bury(Item item, int attempts, String reason) {
        int sending = round;
        DeadLetter letter = new DeadLetter(
                pair.account(),
                item.sequence(),
                item.event().getType(),
                java.time.Instant.ofEpochMilli(item.atMillis()),
                attempts,
                services.clock().instant(),
                reason,
                problem);
        getContext()
                .pipeToSelf(
                        shelf.put(opened(), pair, letter),
                        (_, failure) -> new Buried(sending, item, failure));
    }

    private void buried(Buried buried, Progress current) {
        if (buried.round() != round) {
            stale--;
            return;
        }
        if (buried.failure() == null) {
            getContext().getLog().warn("webhook {}: event {} is a dead letter: {}", pair, buried.item().sequence(), problem);
            current.buried(buried.item());
            dirty = true;
        } else {
            away = text(buried.failure());
            failed(current, buried.item(), AGAIN, Duration.ZERO);
        }
    }

    private Sealer opened() {
        return java.util.Objects.requireNonNull(sealer, "sealer");
    }

    // Storing.

    private void write(Progress current) {
        report(current);
        if (!dirty || writing) {
            return;
        }
        dirty = false;
        writing = true;
        int settled = current.unstored();
        inWrite.addAll(afterWrite);
        afterWrite.clear();
        int writingRound = round;
        getContext()
                .pipeToSelf(
                        shelf.put(opened(), pair, current.cursor()),
                        (_, failure) -> new Stored(writingRound, settled, failure));
    }

    private void stored(Stored stored, Progress current) {
        if (stored.failure() == null) {
            writing = false;
            away = "";
            current.stored(stored.round() == round ? stored.settled() : 0);
            inWrite.forEach(Runnable::run);
            inWrite.clear();
            return;
        }
        away = text(stored.failure());
        dirty = true;
        getContext().getLog().warn("webhook {}: its cursor is not stored: {}", pair, away);
        timers.startSingleTimer("write again", new Told(() -> writing = false), AGAIN);
    }

    private Position.State state(Progress current, long oldestAt) {
        if (!definition.webhook().running()) {
            return Position.State.PAUSED;
        }
        if (expired != null) {
            return Position.State.EXPIRED;
        }
        if (!away.isEmpty()) {
            return Position.State.STORE_AWAY;
        }
        if (full) {
            return Position.State.DEAD_LETTERS_FULL;
        }
        if (current.failing()) {
            return Position.State.FAILING;
        }
        long alert = services.settings().limits().lagAlert().toMillis();
        return oldestAt > 0 && now() - oldestAt > alert ? Position.State.LAGGING : Position.State.RUNNING;
    }

    private void report(Progress current) {
        long oldest = current.cursor().oldestAt();
        meters.report(pair, state(current, oldest), oldest);
    }

    // Answering.

    private void describe(ActorRef<Reply<Position>> replyTo) {
        getContext().pipeToSelf(services.events().latest(pair.account()), (latest, failure) -> new Told(() ->
                replyTo.tell(failure == null ? new Reply.Told<>(position(latest)) : new Reply.Away<>(text(failure)))));
    }

    private Position position(long latest) {
        Progress current = java.util.Objects.requireNonNull(progress, "progress");
        Cursor cursor = current.cursor();
        List<Position.Waiting> waiting = cursor.lanes().stream()
                .filter(lane -> lane.attempts() > 0)
                .sorted(java.util.Comparator.comparingLong(Cursor.Waiting::head))
                .map(lane -> new Position.Waiting(
                        lane.lane(),
                        lane.head(),
                        lane.attempts(),
                        java.time.Instant.ofEpochMilli(lane.nextAttempt()),
                        lane.problem()))
                .toList();
        long oldest = cursor.oldestAt();
        return new Position(
                pair.account(),
                state(current, oldest),
                cursor.after(),
                cursor.read(),
                latest,
                waiting.subList(0, Math.min(waiting.size(), Position.WAITING_MAX)),
                waiting.size(),
                oldest == 0 ? null : java.time.Instant.ofEpochMilli(oldest),
                cursor.delivered(),
                cursor.deadLetters(),
                expired,
                away.isEmpty() ? (problem.isEmpty() ? null : problem) : away);
    }

    private void seek(Seek seek) {
        CompletionStage<Long> target = Seeking.target(services.events(), pair.account(), seek.after());
        getContext()
                .pipeToSelf(
                        target,
                        (after, failure) -> new Sought(failure == null ? after : 0, failure, seek.replyTo()));
    }

    private void sought(Sought sought, Progress current) {
        if (sought.failure() != null) {
            sought.replyTo().tell(Seeking.refused(sought.failure()));
            return;
        }
        begin(new Cursor(sought.after(), List.of(), current.cursor().delivered(), current.deadLetters()));
        problem = "";
        full = false;
        dirty = true;
        afterWrite.add(() -> describe(sought.replyTo()));
    }

    private void redeliver(Redeliver redeliver) {
        long sequence = redeliver.sequence();
        ActorRef<Reply<Trial>> replyTo = redeliver.replyTo();
        long began = System.nanoTime();
        CompletionStage<Trial> tried = letter(sequence)
                .thenCompose(_ -> services.events().page(pair.account(), sequence - 1, Set.of(), 1))
                .thenCompose(page -> carried(page.getFirst()))
                .thenApply(outcome -> Seeking.trial(outcome, began));
        getContext().pipeToSelf(tried, (trial, failure) -> {
            if (failure != null || !trial.taken()) {
                return new Told(() -> replyTo.tell(
                        failure == null ? new Reply.Told<>(trial) : Seeking.refused(failure)));
            }
            return new Told(() -> deleteLetter(sequence, replyTo, trial));
        });
    }

    private void drop(long sequence, ActorRef<Reply<Done>> replyTo) {
        getContext().pipeToSelf(letter(sequence), (_, failure) -> new Told(() -> {
            if (failure == null) {
                deleteLetter(sequence, replyTo, Done.getInstance());
            } else {
                replyTo.tell(Seeking.refused(failure));
            }
        }));
    }

    private CompletionStage<Boolean> letter(long sequence) {
        return shelf.hasLetter(pair, sequence).thenApply(there -> Seeking.there(there, pair, sequence));
    }

    private <T> void deleteLetter(long sequence, ActorRef<Reply<T>> replyTo, T answer) {
        getContext().pipeToSelf(shelf.deleteLetter(pair, sequence), (_, failure) -> new Told(() -> {
            if (failure == null && progress != null) {
                progress.unburied();
                dirty = true;
                replyTo.tell(new Reply.Told<>(answer));
            } else {
                replyTo.tell(Seeking.refused(failure));
            }
        }));
    }

    // Ending.

    private Behavior<DeliveryCommand> ending(ActorRef<Reply<Done>> replyTo) {
        meters.forget(pair);
        return writing
                ? Behaviors.receiveMessage(
                        message -> message instanceof Stored ? ended(replyTo) : Behaviors.same())
                : ended(replyTo);
    }

    private Behavior<DeliveryCommand> ended(ActorRef<Reply<Done>> replyTo) {
        var _ = shelf.forget(pair).whenComplete((_, failure) -> replyTo.tell(
                failure == null ? new Reply.Told<>(Done.getInstance()) : new Reply.Away<>(text(failure))));
        return Behaviors.stopped();
    }

    private static String text(Throwable failure) {
        return String.valueOf(Beginning.expired(failure).getMessage());
    }
}
