package dev.waggle.persistence.cassandra.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.persistence.cassandra.CassandraDriver;
import dev.waggle.persistence.cassandra.TestCassandra;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.JournalSessions;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.storage.BackendProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Several owners of one lease, in one actor system: they know nothing of each other but what stands in Cassandra.
class CassandraLeaseTest {
    private static ActorSystem system;

    @BeforeAll
    static void start() {
        CassandraDriver driver = new CassandraDriver();
        try (BackendProvider stores = driver.start(TestCassandra.settings())) {
            assertThat(stores).isNotNull();
        }
        system = ActorSystem.create(
                "leases",
                ConfigFactory.parseMap(driver.actorSystemConfig(TestCassandra.settings()))
                        .withFallback(ConfigFactory.parseString("pekko.loglevel = OFF, pekko.stdout-loglevel = OFF"))
                        .withFallback(ConfigFactory.load()));
    }

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static LeaseSettings settings(String name, String owner, String changed) {
        Config config = ConfigFactory.parseString(changed)
                .withFallback(system.settings().config().getConfig("waggle.cassandra-lease"))
                .withFallback(system.settings().config().getConfig("pekko.coordination.lease"));
        return LeaseSettings.apply(config, name, owner);
    }

    /// With a session of its own, as if it were another process's.
    private static CassandraLease lease(String name, String owner, String changed) {
        return lease(name, owner, changed, System::nanoTime);
    }

    private static CassandraLease lease(String name, String owner, String changed, LongSupplier nanos) {
        LeaseSettings settings = settings(name, owner, changed);
        return new CassandraLease(settings, new OwnerSession(Timing.of(settings), (ExtendedActorSystem) system, nanos));
    }

    private static boolean now(CompletionStage<Boolean> answer) {
        return answer.toCompletableFuture().join();
    }

    @Test
    void the_actor_system_finds_it_by_its_section() {
        String name = TestCassandra.unique("by-name-");
        Lease lease = LeaseProvider.get(system).getLease(name, "waggle.cassandra-lease", "node-1");
        assertThat(now(lease.acquire())).isTrue();
        assertThat(lease.checkLease()).isTrue();
        assertThat(now(lease.release())).isTrue();
        assertThat(lease.checkLease()).isFalse();
    }

    @Test
    void what_one_holds_no_other_gets_and_each_taking_has_a_higher_epoch() {
        String name = TestCassandra.unique("epochs-");
        CassandraLease one = lease(name, "one", "");
        CassandraLease other = lease(name, "other", "");
        assertThat(now(one.acquire())).isTrue();
        assertThat(one.epoch()).isEqualTo(1);
        assertThat(now(other.acquire())).isFalse();
        assertThat(other.checkLease()).isFalse();
        assertThat(now(one.acquire())).as("again by its holder").isTrue();
        assertThat(one.epoch()).isEqualTo(1);
        assertThat(now(one.release())).isTrue();
        assertThat(now(other.acquire())).isTrue();
        assertThat(other.epoch()).isEqualTo(2);
        assertThat(one.epoch()).isZero();
        assertThat(now(one.release())).as("of what another one has").isTrue();
        assertThat(now(one.acquire())).isFalse();
        now(other.release());
        assertThat(now(one.acquire())).isTrue();
        assertThat(one.epoch()).isEqualTo(3);
        now(one.release());
    }

    @Test
    void what_is_taken_after_it_was_given_back_is_given_back_too() {
        String name = TestCassandra.unique("hasty-");
        CassandraLease hasty = lease(name, "hasty", "");
        CassandraLease next = lease(name, "next", "");
        CompletionStage<Boolean> taking = hasty.acquire();
        now(hasty.release());
        assertThat(now(taking)).isFalse();
        assertThat(hasty.checkLease()).isFalse();
        assertThat(now(next.acquire())).isTrue();
        now(next.release());
    }

    @Test
    void who_asked_last_is_told_that_it_is_lost() {
        String name = TestCassandra.unique("told-");
        String brief = "heartbeat-timeout = 1s, clock-skew = 1s, heartbeat-interval = 100ms";
        CassandraLease lease = lease(name, "told", brief);
        CompletableFuture<String> told = new CompletableFuture<>();
        assertThat(now(lease.acquire(_ -> told.complete("the first")))).isTrue();
        assertThat(now(lease.acquire(_ -> told.complete("the last")))).isTrue();
        // Cassandra lets its session go.
        CassandraSettings cassandra =
                JournalSessions.settings(system.settings().config().getConfig(JournalSessions.PLUGIN));
        try (Link link = Link.open(cassandra)) {
            String table = cassandra.keyspace() + ".lease";
            String mark = link.session()
                    .execute("SELECT owner FROM " + table + " WHERE name = '" + name + "'")
                    .one()
                    .getString("owner");
            link.session()
                    .execute("DELETE owner FROM " + table + " WHERE name = '" + OwnerSession.in(mark) + "' IF EXISTS");
        }
        assertThat(told.join()).isEqualTo("the last");
    }

    @Test
    void who_begins_anew_under_the_same_name_is_another_one() {
        String name = TestCassandra.unique("anew-");
        CassandraLease before = lease(name, "node-1", "");
        CassandraLease after = lease(name, "node-1", "");
        assertThat(now(before.acquire())).isTrue();
        assertThat(now(after.acquire())).isFalse();
        now(before.release());
    }

    /// False also when those who ask at once were in each other's way for too long: then nobody knows yet.
    private static boolean known(CompletionStage<Boolean> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOfAny(WriteTimeoutException.class, DriverTimeoutException.class);
            return false;
        }
    }

    @Test
    void of_many_who_ask_at_once_one_holds_it() throws Exception {
        String name = TestCassandra.unique("crowd-");
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicLong latest = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                CassandraLease lease = lease(name, "owner-" + number, "");
                all.add(threads.submit(() -> {
                    for (int round = 0; round < 12; round++) {
                        if (known(lease.acquire())) {
                            assertThat(holders.incrementAndGet()).isOne();
                            assertThat(lease.epoch()).isGreaterThan(latest.getAndSet(lease.epoch()));
                            taken.incrementAndGet();
                            holders.decrementAndGet();
                            known(lease.release());
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(taken).hasPositiveValue();
    }

    @Test
    void who_stops_renewing_has_lost_it_before_another_one_gets_it() {
        String name = TestCassandra.unique("expiry-");
        String brief = "heartbeat-timeout = 1s, clock-skew = 1s, heartbeat-interval = 100ms";
        Timing silent =
                new Timing(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(5), Duration.ofSeconds(1));
        CassandraLease dead = new CassandraLease(
                settings(name, "dead", brief),
                new OwnerSession(silent, (ExtendedActorSystem) system, System::nanoTime));
        CassandraLease next = lease(name, "next", brief);
        assertThat(now(dead.acquire())).isTrue();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        boolean taken = false;
        while (!taken && System.nanoTime() < end) {
            taken = now(next.acquire());
            assertThat(taken && dead.checkLease()).isFalse();
        }
        assertThat(taken).isTrue();
        assertThat(next.epoch()).isEqualTo(2);
        now(next.release());
    }

    @Test
    void who_renews_keeps_it_beyond_its_time() {
        AtomicLong nanos = new AtomicLong(System.nanoTime());
        CassandraLease lease = lease(TestCassandra.unique("renewed-"), "one", "heartbeat-interval = 50ms", nanos::get);
        assertThat(now(lease.acquire())).isTrue();
        for (int round = 0; round < 3; round++) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(8));
            assertThat(lease.checkLease()).isTrue();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (lease.remaining().compareTo(Duration.ofSeconds(9)) < 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(lease.remaining()).isGreaterThan(Duration.ofSeconds(9));
        }
        assertThat(lease.epoch()).isOne();
        now(lease.release());
    }

    @Test
    void the_deadline_is_the_monotonic_clocks_and_its_passing_is_told() throws Exception {
        AtomicLong nanos = new AtomicLong(System.nanoTime());
        CassandraLease lease = lease(TestCassandra.unique("clock-"), "one", "heartbeat-interval = 50ms", nanos::get);
        CountDownLatch lost = new CountDownLatch(1);
        assertThat(now(lease.acquire(why -> lost.countDown()))).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertThat(lease.checkLease()).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(lease.checkLease()).isFalse();
        assertThat(lease.epoch()).isZero();
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void while_cassandra_is_away_nobody_gets_it_and_the_holder_ends_in_time() {
        String name = TestCassandra.unique("away-");
        String brief =
                "heartbeat-timeout = 4s, heartbeat-interval = 100ms, clock-skew = 0s, lease-operation-timeout = 5s";
        CassandraLease holder = lease(name, "holder", brief);
        CassandraLease other = lease(name, "other", brief);
        CompletableFuture<Optional<Throwable>> lost = new CompletableFuture<>();
        assertThat(now(holder.acquire(lost::complete))).isTrue();
        TestCassandra.server().freeze();
        try {
            assertThat(lost.orTimeout(30, TimeUnit.SECONDS).join()).isEmpty();
            assertThat(holder.checkLease()).isFalse();
            assertThatThrownBy(() -> now(other.acquire())).isNotNull();
            assertThat(other.checkLease()).isFalse();
        } finally {
            TestCassandra.server().thaw();
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!other.checkLease() && System.nanoTime() < end) {
            other.acquire()
                    .exceptionally(failure -> false)
                    .toCompletableFuture()
                    .join();
        }
        assertThat(other.checkLease()).isTrue();
        assertThat(other.epoch()).isGreaterThan(1);
        now(other.release());
    }

    private static List<CassandraLease> leases(String changed, LongSupplier nanos, String... names) {
        Timing timing = Timing.of(settings("", "one", changed));
        OwnerSession session = new OwnerSession(timing, (ExtendedActorSystem) system, nanos);
        return Stream.of(names)
                .map(name -> new CassandraLease(settings(name, "one", changed), session))
                .toList();
    }

    private static void taken(CassandraLease lease) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!lease.checkLease() && System.nanoTime() < end) {
            answered(lease.acquire());
        }
        assertThat(lease.checkLease()).isTrue();
    }

    private static void answered(CompletionStage<Boolean> answer) {
        answer.exceptionally(_ -> false).toCompletableFuture().join();
    }

    @Test
    void leases_of_one_session_are_lost_together_and_go_on_together_when_cassandra_still_has_it() throws Exception {
        AtomicLong nanos = new AtomicLong(System.nanoTime());
        List<CassandraLease> both =
                leases("heartbeat-interval = 50ms", nanos::get, TestCassandra.unique("a-"), TestCassandra.unique("b-"));
        CountDownLatch lost = new CountDownLatch(2);
        both.forEach(
                lease -> assertThat(now(lease.acquire(_ -> lost.countDown()))).isTrue());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(both).noneMatch(CassandraLease::checkLease);
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        // Nobody else can have it yet: it need not be waited for.
        both.forEach(lease -> assertThat(now(lease.acquire())).isTrue());
        both.forEach(lease -> assertThat(lease.epoch()).isEqualTo(2));
        CassandraLease other = lease(both.getFirst().getSettings().leaseName(), "other", "");
        assertThat(now(other.acquire())).isFalse();
        both.forEach(lease -> now(lease.release()));
        assertThat(now(other.acquire())).isTrue();
        now(other.release());
    }

    /// Who decided which part of a split cluster ends, itself among them, still keeps the other part from it.
    @Test
    void what_an_actor_system_held_when_it_ended_lasts_until_its_time_is_over() throws Exception {
        String name = TestCassandra.unique("ended-");
        ActorSystem other = ActorSystem.create("leases", system.settings().config());
        Lease held = LeaseProvider.get(other).getLease(name, "waggle.cassandra-lease", "node-1");
        assertThat(now(held.acquire())).isTrue();
        other.terminate();
        other.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        CassandraLease next = lease(name, "next", "");
        assertThat(now(next.acquire())).isFalse();
        taken(next);
        assertThat(next.epoch()).isEqualTo(2);
        now(next.release());
    }

    @Test
    void what_was_lost_and_never_asked_for_again_is_given_back() throws Exception {
        AtomicLong nanos = new AtomicLong(System.nanoTime());
        String name = TestCassandra.unique("left-");
        List<CassandraLease> both =
                leases("heartbeat-interval = 50ms", nanos::get, name, TestCassandra.unique("kept-"));
        CountDownLatch lost = new CountDownLatch(2);
        both.forEach(
                lease -> assertThat(now(lease.acquire(_ -> lost.countDown()))).isTrue());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        // The session goes on for the other one.
        assertThat(now(both.getLast().acquire())).isTrue();
        assertThat(now(both.getFirst().release())).isTrue();
        CassandraLease next = lease(name, "next", "");
        assertThat(now(next.acquire())).isTrue();
        now(next.release());
        now(both.getLast().release());
    }

    @Test
    void what_cassandra_did_not_hear_is_given_back_while_the_session_lives() {
        String name = TestCassandra.unique("unheard-");
        String patient = "heartbeat-timeout = 90s, heartbeat-interval = 100ms, lease-operation-timeout = 1s";
        List<CassandraLease> all =
                leases(patient, System::nanoTime, name, TestCassandra.unique("kept-"), TestCassandra.unique("wanted-"));
        assertThat(now(all.getFirst().acquire())).isTrue();
        assertThat(now(all.get(1).acquire())).isTrue();
        // Perhaps it is taken, unheard by somebody who does not want it any more.
        CompletionStage<Boolean> taking = all.getLast().acquire();
        TestCassandra.server().freeze();
        try {
            assertThatThrownBy(() -> now(all.getFirst().release())).isNotNull();
            answered(taking);
            answered(all.getLast().release());
        } finally {
            TestCassandra.server().thaw();
        }
        for (CassandraLease given : List.of(all.getFirst(), all.getLast())) {
            CassandraLease next = lease(given.getSettings().leaseName(), "next", "");
            taken(next);
            now(next.release());
        }
        assertThat(all.get(1).checkLease()).as("which lives").isTrue();
        now(all.get(1).release());
    }
}
