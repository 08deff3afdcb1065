package dev.waggle.platform.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.Bytes;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import dev.waggle.storage.memory.MemoryProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Several owners of one lease, each with a monotonic clock of its own.
class StoreLeaseTest {
    private static final Duration SILENT = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(10);

    private static final MemoryProvider provider = new MemoryProvider();
    private static final ControlStore store = provider.control();
    private static ActorSystem system;

    private final AtomicLong ours = new AtomicLong(1_000);
    private final AtomicLong theirs = new AtomicLong(-77_000_000_000L);

    @BeforeAll
    static void start() {
        system = ActorSystem.create(
                "leases",
                ActorSystemSetup.create(
                        BootstrapSetup.create(
                                ConfigFactory.parseString("pekko.loglevel = OFF, pekko.stdout-loglevel = OFF")
                                        .withFallback(ConfigFactory.load())),
                        new LeaseStore(store)));
    }

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /// Held for ten seconds.
    private static StoreLease lease(String name, String owner, Duration renewed, AtomicLong nanos) {
        Config config = system.settings()
                .config()
                .getConfig("waggle.store-lease")
                .withFallback(system.settings().config().getConfig("pekko.coordination.lease"));
        LeaseSettings settings = LeaseSettings.apply(config, name, owner);
        return new StoreLease(
                settings.withTimeoutSettings(settings.timeoutSettings().withHeartbeatInterval(renewed)),
                (ExtendedActorSystem) system,
                store,
                nanos::get);
    }

    private static boolean now(CompletionStage<Boolean> answer) {
        return answer.toCompletableFuture().join();
    }

    private static Standing standing(String name) {
        return Standing.parse(
                store.document(Shelf.LEASE, name).toCompletableFuture().join().orElseThrow());
    }

    private static void pass(AtomicLong nanos, Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void the_actor_system_finds_it_by_its_section() {
        Lease lease = LeaseProvider.get(system).getLease("by-name", "waggle.store-lease", "node-1");
        assertThat(now(lease.acquire())).isTrue();
        assertThat(lease.checkLease()).isTrue();
        assertThat(now(lease.release())).isTrue();
        assertThat(lease.checkLease()).isFalse();
    }

    @Test
    void what_is_given_back_is_free_at_once_and_each_taking_has_a_higher_epoch() {
        StoreLease one = lease("back", "one", SILENT, ours);
        StoreLease other = lease("back", "other", SILENT, theirs);
        assertThat(now(one.acquire())).isTrue();
        assertThat(now(one.acquire())).as("again by its holder").isTrue();
        assertThat(now(other.acquire())).isFalse();
        assertThat(standing("back").epoch()).isOne();
        assertThat(now(one.release())).isTrue();
        assertThat(one.checkLease()).isFalse();
        assertThat(now(other.acquire())).isTrue();
        assertThat(standing("back").epoch()).isEqualTo(2);
        assertThat(now(one.release())).as("of what another one has").isTrue();
        assertThat(other.checkLease()).isTrue();
        assertThat(now(one.acquire())).isFalse();
    }

    @Test
    void who_was_halted_has_lost_it_before_another_one_gets_it_whatever_the_clocks_say() {
        StoreLease halted = lease("halted", "one", SILENT, ours);
        StoreLease next = lease("halted", "other", SILENT, theirs);
        assertThat(now(halted.acquire())).isTrue();
        pass(ours, Duration.ofSeconds(9));
        assertThat(halted.remaining()).isEqualTo(Duration.ofSeconds(1));
        assertThat(now(next.acquire())).as("at first sight").isFalse();
        pass(theirs, Duration.ofMillis(10_400));
        assertThat(now(next.acquire())).as("as long as a holder believes").isFalse();
        pass(ours, Duration.ofSeconds(1));
        assertThat(halted.checkLease()).isFalse();
        pass(theirs, Duration.ofMillis(200));
        assertThat(now(next.acquire())).isTrue();
        assertThat(now(halted.acquire())).isFalse();
        assertThat(halted.checkLease()).isFalse();
        assertThat(standing("halted").owner()).startsWith("other#");
    }

    @Test
    void who_renews_keeps_it_however_long_another_one_looks() throws Exception {
        StoreLease holder = lease("kept", "one", OFTEN, ours);
        StoreLease other = lease("kept", "other", SILENT, theirs);
        assertThat(now(holder.acquire())).isTrue();
        for (int round = 0; round < 4; round++) {
            assertThat(now(other.acquire())).isFalse();
            pass(ours, Duration.ofSeconds(8));
            pass(theirs, Duration.ofSeconds(60));
            long before = standing("kept").beat();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (standing("kept").beat() < before + 2 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(holder.remaining()).isGreaterThan(Duration.ofSeconds(9));
            assertThat(standing("kept").epoch()).isOne();
        }
        now(holder.release());
    }

    @Test
    void a_deadline_that_passed_is_told_and_nothing_is_renewed_after_it() throws Exception {
        StoreLease holder = lease("passed", "one", OFTEN, ours);
        CountDownLatch lost = new CountDownLatch(1);
        assertThat(now(holder.acquire(why -> lost.countDown()))).isTrue();
        pass(ours, Duration.ofSeconds(11));
        assertThat(holder.checkLease()).isFalse();
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.checkLease()).isFalse();
    }

    @Test
    void a_taking_that_nobody_wants_any_more_is_given_back() {
        StoreLease brief = lease("unwanted", "one", SILENT, ours);
        provider.faults().holdReads();
        CompletionStage<Boolean> taking = brief.acquire();
        CompletionStage<Boolean> back = brief.release();
        provider.faults().openReads();
        assertThat(now(taking)).isFalse();
        now(back);
        assertThat(brief.checkLease()).isFalse();
        assertThat(now(lease("unwanted", "other", SILENT, theirs).acquire())).isTrue();
    }

    @Test
    void the_last_one_who_asked_is_told_of_the_loss() throws Exception {
        StoreLease holder = lease("told", "one", OFTEN, ours);
        CountDownLatch lost = new CountDownLatch(1);
        assertThat(now(holder.acquire())).isTrue();
        assertThat(now(holder.acquire(why -> lost.countDown()))).isTrue();
        pass(ours, Duration.ofSeconds(11));
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void who_was_replaced_hears_of_it() throws Exception {
        StoreLease holder = lease("replaced", "one", OFTEN, ours);
        CountDownLatch lost = new CountDownLatch(1);
        assertThat(now(holder.acquire(why -> lost.countDown()))).isTrue();
        store.putDocument(Shelf.LEASE, "replaced", new Standing(7, 1, "other#x").document())
                .toCompletableFuture()
                .join();
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.checkLease()).isFalse();
    }

    @Test
    void of_many_who_ask_at_once_one_holds_it() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                StoreLease lease = lease("crowd", "owner-" + number, SILENT, ours);
                all.add(threads.submit(() -> {
                    for (int round = 0; round < 50; round++) {
                        if (now(lease.acquire())) {
                            assertThat(holders.incrementAndGet()).isOne();
                            taken.incrementAndGet();
                            holders.decrementAndGet();
                            now(lease.release());
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(taken).hasPositiveValue();
        assertThat(standing("crowd").epoch()).isEqualTo(taken.get());
    }

    @Test
    void what_is_no_lease_is_not_taken_for_one() {
        assertThat(Standing.parse(new Standing(3, 4, "a b#c").document())).isEqualTo(new Standing(3, 4, "a b#c"));
        for (String text : List.of("", "1", "1 2", "1 x me", "one")) {
            assertThatThrownBy(() -> Standing.parse(Bytes.utf8(text)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("epoch beat owner");
        }
        store.putDocument(Shelf.LEASE, "broken", Bytes.utf8("?"))
                .toCompletableFuture()
                .join();
        CompletableFuture<Boolean> asked =
                lease("broken", "one", SILENT, ours).acquire().toCompletableFuture();
        assertThatThrownBy(asked::join).hasRootCauseInstanceOf(NumberFormatException.class);
    }
}
