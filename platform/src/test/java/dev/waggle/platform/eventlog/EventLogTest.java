package dev.waggle.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.Backend;
import dev.waggle.storage.EventLogStore;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.StoreWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How often a tail asks the store: for every reader, that is once for each event or more.
class EventLogTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final Duration SHORT = Duration.ofMillis(5);

    private final Counting store = new Counting(
            new MemoryProvider().open(ACCOUNT).toCompletableFuture().join());
    private final EventLog log = new EventLog(account -> CompletableFuture.completedStage(store));
    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

    private static final class Counting implements EventLogStore {
        private final Backend inner;
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger spans = new AtomicInteger();
        private final Semaphore looks = new Semaphore(0);

        Counting(Backend inner) {
            this.inner = inner;
        }

        @Override
        public CompletionStage<List<EventRow>> readEvents(long after, Set<String> types, int limit) {
            reads.incrementAndGet();
            return inner.readEvents(after, types, limit);
        }

        @Override
        public CompletionStage<Long> latestEvent() {
            looks.release();
            return inner.latestEvent();
        }

        @Override
        public CompletionStage<EventSpan> eventSpan(Set<String> types) {
            spans.incrementAndGet();
            return inner.eventSpan(types);
        }

        @Override
        public CompletionStage<Boolean> write(List<? extends StoreWrite> writes, long appliedSequence) {
            return inner.write(writes, appliedSequence);
        }

        @Override
        public CompletionStage<Integer> purge(Purge purge) {
            return inner.purge(purge);
        }
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private void publish(long... sequences) {
        store(sequences);
        log.published(ACCOUNT);
    }

    private void store(long... sequences) {
        for (long sequence : sequences) {
            PublicEvent event = PublicEvent.newBuilder().setSequence(sequence).build();
            store.appendEvents(List.of(new EventRow(sequence, "a.b", Instant.EPOCH, Bytes.wrap(event.toByteArray()))))
                    .toCompletableFuture()
                    .join();
        }
    }

    private void follow(Set<String> types) {
        follow(log, types);
    }

    private void follow(EventLog log, Set<String> types) {
        log.tail(ACCOUNT, 0, types).map(PublicEvent::getSequence).runWith(Sink.foreach(told::add), KIT.system());
    }

    private List<Long> next(int count) throws InterruptedException {
        Long[] found = new Long[count];
        for (int i = 0; i < count; i++) {
            found[i] = told.poll(20, TimeUnit.SECONDS);
        }
        return List.of(found);
    }

    @Test
    void a_tail_asks_once_for_what_a_wake_brings() throws Exception {
        publish(1, 2, 3);
        follow(Set.of());
        assertThat(next(3)).containsExactly(1L, 2L, 3L);
        publish(4);
        assertThat(next(1)).containsExactly(4L);
        publish(5, 6);
        assertThat(next(2)).containsExactly(5L, 6L);
        assertThat(store.reads).hasValue(3);
        assertThat(store.spans).as("there was no gap").hasValue(0);
    }

    @Test
    void who_looks_again_without_a_wake_asks_for_the_latest_number_alone() throws Exception {
        EventLog often =
                new EventLog(account -> CompletableFuture.completedStage(store), account -> {}, Recording.NONE, SHORT);
        store(1, 2, 3);
        follow(often, Set.of());
        assertThat(next(3)).containsExactly(1L, 2L, 3L);
        store.looks.acquire(5);
        assertThat(store.reads).hasValue(1);
        assertThat(store.spans).hasValue(0);
        store(4);
        assertThat(next(1)).as("a wake that was lost costs no event").containsExactly(4L);
    }

    @Test
    void who_asks_for_the_next_page_at_the_end_reads_only_when_there_is_one() throws Exception {
        store(1, 2);
        CompletionStage<List<PublicEvent>> page = log.nextScan(ACCOUNT, 2, Set.of());
        store.looks.acquire();
        publish(3);
        assertThat(page.toCompletableFuture().get(20, TimeUnit.SECONDS))
                .extracting(PublicEvent::getSequence)
                .containsExactly(3L);
        assertThat(store.reads).hasValue(1);
        assertThat(store.spans).hasValue(0);
    }

    @Test
    void what_is_published_while_a_tail_reads_is_told_without_another_wake() throws Exception {
        follow(Set.of("a.b"));
        for (long sequence = 1; sequence <= 300; sequence++) {
            publish(sequence);
        }
        List<Long> all = next(300);
        assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(300);
    }
}
