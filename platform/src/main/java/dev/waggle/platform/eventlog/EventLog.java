package dev.waggle.platform.eventlog;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.AccountId;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.EventLogStore;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.row.EventRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// Reads accounts' public events: by page, or as a tail that never ends. Thread-safe; one per node.
///
/// What is given has been in the store before; a tail gives each event of its types once and in order, as long as
/// its reader keeps up with retention. Nothing is buffered here for slow readers: they read at their own pace from
/// the store.
public final class EventLog {
    /// A tail looks again after this long even without a wake, so that a lost wake costs delay, never an event.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /// Nobody rang.
    private static final long SILENCE = -1;

    private static final int TAIL_PAGE = 128;

    private final Function<AccountId, CompletionStage<? extends EventLogStore>> stores;
    private final Consumer<AccountId> outdated;
    private final Wakes wakes = new Wakes();
    private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();
    private final Recording recording;
    private final Duration lookAgain;

    public EventLog(Function<AccountId, CompletionStage<? extends EventLogStore>> stores) {
        this(stores, account -> {}, Recording.NONE);
    }

    /// @param outdated told of an account whose events are sealed otherwise than its opened store thinks, since
    /// another node deleted it and made it again; they are read once more then
    /// @param recording told of what accounts of this node journal
    public EventLog(
            Function<AccountId, CompletionStage<? extends EventLogStore>> stores,
            Consumer<AccountId> outdated,
            Recording recording) {
        this(stores, outdated, recording, LOOK_AGAIN);
    }

    EventLog(
            Function<AccountId, CompletionStage<? extends EventLogStore>> stores,
            Consumer<AccountId> outdated,
            Recording recording,
            Duration lookAgain) {
        this.stores = stores;
        this.outdated = outdated;
        this.recording = recording;
        this.lookAgain = lookAgain;
    }

    public Recording recording() {
        return recording;
    }

    private <T> CompletionStage<T> read(AccountId account, Function<EventLogStore, CompletionStage<T>> question) {
        return stores.apply(account).thenCompose(question).exceptionallyCompose(failure -> {
            Throwable why = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            if (!(why instanceof StoreException sealed) || sealed.code() != StoreException.Code.STORAGE_SEALED) {
                return CompletableFuture.failedStage(failure);
            }
            outdated.accept(account);
            return stores.apply(account).thenCompose(question);
        });
    }

    /// Names an event for ever and wherever it is told: an account that is made again under the name of a deleted
    /// one counts from 1 again, so the time is in it, too.
    public static String id(AccountId account, PublicEvent event) {
        return id(account, event.getSequence(), event.getAtMillis());
    }

    public static String id(AccountId account, long sequence, long atMillis) {
        return "evt_" + account + "_" + sequence + "_" + Long.toString(atMillis, 36);
    }

    /// Events above `after` in ascending order, at most `limit` (1..1000). Fails with [EventsExpiredException] when
    /// some of them are gone.
    public CompletionStage<List<PublicEvent>> page(AccountId account, long after, Set<String> types, int limit) {
        if (types.isEmpty()) {
            return scan(account, after, types, limit);
        }
        return read(
                account,
                store -> store.eventSpan(types)
                        .thenCompose(span -> after < span.floor()
                                ? CompletableFuture.failedStage(new EventsExpiredException(after, span.oldest()))
                                : store.readEvents(after, types, limit).thenApply(EventLog::parse)));
    }

    /// The last sequence ever written, 0 when there is none.
    public CompletionStage<Long> latest(AccountId account) {
        return read(account, EventLogStore::latestEvent);
    }

    /// Everything above `after`, then what comes. Fails with [EventsExpiredException] like a page. Cancelled, it
    /// leaves nothing behind but the wait for the next wake.
    public Source<PublicEvent, NotUsed> tail(AccountId account, long after, Set<String> types) {
        return Source.unfoldAsync(
                        new Place(after, Place.BEFORE_THE_END),
                        place -> goOn(account, place, types).thenApply(Optional::of))
                .mapConcat(page -> page);
    }

    /// How far somebody has read.
    ///
    /// @param rung how often the bell had rung when there was no more; [#BEFORE_THE_END] when there may be more now
    private record Place(long cursor, long rung) {
        static final long BEFORE_THE_END = -1;
    }

    /// Who was at the end has nothing to look for before the next wake.
    private CompletionStage<Pair<Place, List<PublicEvent>>> goOn(AccountId account, Place place, Set<String> types) {
        CompletionStage<Long> worth = place.rung() == Place.BEFORE_THE_END
                ? CompletableFuture.completedStage(0L)
                : bounded(wakes.after(account, place.rung()));
        return worth.thenCompose(wake -> {
            long rung = wakes.rung(account);
            CompletionStage<List<PublicEvent>> found = wake == SILENCE
                    ? news(account, place.cursor(), () -> page(account, place.cursor(), types, TAIL_PAGE))
                    : page(account, place.cursor(), types, TAIL_PAGE);
            return found.thenApply(page -> {
                long cursor = page.isEmpty() ? place.cursor() : page.getLast().getSequence();
                return Pair.create(new Place(cursor, page.size() < TAIL_PAGE ? rung : Place.BEFORE_THE_END), page);
            });
        });
    }

    /// The events above `after`; when there are none, what the next wake brings. An empty page means "none yet, ask
    /// again": so whoever stops asking leaves nothing running.
    public CompletionStage<List<PublicEvent>> nextPage(AccountId account, long after, Set<String> types) {
        return next(account, after, () -> page(account, after, types, TAIL_PAGE));
    }

    private CompletionStage<List<PublicEvent>> next(
            AccountId account, long after, Supplier<CompletionStage<List<PublicEvent>>> read) {
        long rung = wakes.rung(account);
        return news(account, after, read).thenCompose(page -> {
            if (!page.isEmpty()) {
                return CompletableFuture.completedFuture(page);
            }
            return bounded(wakes.after(account, rung))
                    .thenCompose(wake -> wake == SILENCE ? news(account, after, read) : read.get());
        });
    }

    /// Most who look find nothing, and of all there is to ask, the number of the latest event costs least.
    private CompletionStage<List<PublicEvent>> news(
            AccountId account, long after, Supplier<CompletionStage<List<PublicEvent>>> read) {
        return latest(account)
                .thenCompose(latest -> latest > after ? read.get() : CompletableFuture.completedStage(List.of()));
    }

    /// Like [#page], with the events of all types: for who remembers how far he looked, so that what
    /// is not wanted is read once, however rare that is what is. `types` say whose loss to retention matters.
    public CompletionStage<List<PublicEvent>> scan(AccountId account, long after, Set<String> types, int limit) {
        return read(
                account,
                store -> store.readEvents(after, Set.of(), limit)
                        .thenCompose(rows -> gapless(after, rows)
                                ? CompletableFuture.completedStage(parse(rows))
                                : whole(store, after, types).thenApply(_ -> parse(rows))));
    }

    /// Like [#nextPage], with the events of all types; see [#scan].
    public CompletionStage<List<PublicEvent>> nextScan(AccountId account, long after, Set<String> types) {
        return next(account, after, () -> scan(account, after, types, TAIL_PAGE));
    }

    private static boolean gapless(long after, List<EventRow> rows) {
        return !rows.isEmpty() && rows.getLast().sequence() - after == rows.size();
    }

    /// The floor of everything is cheap to ask for, and mostly enough.
    private static CompletionStage<Boolean> whole(EventLogStore store, long after, Set<String> types) {
        return store.eventSpan(Set.of())
                .thenCompose(all -> after >= all.floor()
                        ? CompletableFuture.completedStage(true)
                        : store.eventSpan(types)
                                .thenCompose(span -> after < span.floor()
                                        ? CompletableFuture.failedStage(
                                                new EventsExpiredException(after, span.oldest()))
                                        : CompletableFuture.completedStage(true)));
    }

    private CompletionStage<Long> bounded(CompletionStage<Long> wake) {
        return wake.toCompletableFuture().completeOnTimeout(SILENCE, lookAgain.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The store of this account has new events. Cheap; called after every write that published something.
    public void published(AccountId account) {
        wakes.ring(account);
        listeners.forEach(listener -> listener.accept(account));
    }

    /// The same, when another node published.
    public void heard(AccountId account) {
        wakes.ring(account);
    }

    /// Tells of what is published on this node from now on, on the thread of whoever does it.
    public void listen(Consumer<AccountId> listener) {
        listeners.add(listener);
    }

    private static List<PublicEvent> parse(List<EventRow> rows) {
        return rows.stream().map(EventLog::parse).toList();
    }

    private static PublicEvent parse(EventRow row) {
        try {
            return PublicEvent.parseFrom(row.payload().unsafeArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("event " + row.sequence() + ": not an event", e);
        }
    }
}
