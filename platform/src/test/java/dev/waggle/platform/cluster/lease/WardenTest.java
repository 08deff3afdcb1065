package dev.waggle.platform.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import dev.waggle.storage.memory.MemoryProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Wardens of two nodes, with shards that begin and end.
class WardenTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Config CONFIG = ConfigFactory.parseString(
                    "waggle.store-lease { heartbeat-timeout = 5s, heartbeat-interval = 50ms }\n"
                            + "waggle.reluctant = ${waggle.store-lease}\n"
                            + "waggle.reluctant.lease-class = \"" + Reluctant.class.getName() + "\"")
            .withFallback(ConfigFactory.load())
            .resolve();

    private final ControlStore store = new MemoryProvider().control();
    private final ActorTestKit kit = ActorTestKit.create(ActorSystem.create(
            Behaviors.empty(),
            "wardens",
            ActorSystemSetup.create(BootstrapSetup.create(CONFIG), new LeaseStore(store))));
    private final Node here = new Node("here");
    private final Node there = new Node("there");

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private final class Node {
        final Tenures tenures;
        final ActorRef<Warden.Command> warden;

        Node(String name) {
            this(name, "waggle.store-lease");
        }

        Node(String name, String path) {
            tenures = new Tenures(kit.system(), name, path, Duration.ofSeconds(1));
            warden = kit.spawn(Warden.create(tenures));
        }

        Tenure tenure() {
            return tenures.of("account-7");
        }

        TestProbe<Warden.Word> enter(ActorRef<?> shard) {
            return enter("account-7", shard);
        }

        TestProbe<Warden.Word> enter(String name, ActorRef<?> shard) {
            TestProbe<Warden.Word> guest = kit.createTestProbe();
            warden.tell(new Warden.Enter(name, shard, guest.ref(), guest.ref()));
            return guest;
        }
    }

    /// As with a store that a process has never reached yet.
    public static final class Reluctant extends Lease {
        static final AtomicInteger REFUSALS = new AtomicInteger();
        private final LeaseSettings settings;

        public Reluctant(LeaseSettings settings, ExtendedActorSystem system) {
            if (REFUSALS.getAndDecrement() > 0) {
                throw new IllegalStateException("the store of " + system.name() + " is away");
            }
            this.settings = settings;
        }

        @Override
        public LeaseSettings getSettings() {
            return settings;
        }

        @Override
        public CompletionStage<Boolean> acquire() {
            return CompletableFuture.completedStage(true);
        }

        @Override
        public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
            return acquire();
        }

        @Override
        public CompletionStage<Boolean> release() {
            return acquire();
        }

        @Override
        public boolean checkLease() {
            return true;
        }
    }

    private ActorRef<String> shard() {
        Behavior<String> idle = Behaviors.ignore();
        return kit.spawn(idle);
    }

    @Test
    void a_shard_that_ended_gives_its_lease_to_the_next_one() {
        ActorRef<String> first = shard();
        TestProbe<Warden.Word> one = here.enter(first);
        one.expectMessage(WAIT, Warden.Word.HELD);
        TestProbe<Warden.Word> two = here.enter(first);
        two.expectMessage(WAIT, Warden.Word.HELD);
        TestProbe<Warden.Word> next = there.enter(shard());
        assertThat(here.tenure().held()).isTrue();
        assertThat(there.tenure().held()).isFalse();
        kit.stop(first);
        next.expectMessage(WAIT, Warden.Word.HELD);
        assertThat(here.tenure().held()).isFalse();
        assertThat(there.tenure().held()).isTrue();
        one.expectNoMessage(Duration.ZERO);
    }

    /// A node that had just come when its store went away took no lease for the rest of its life.
    @Test
    void who_cannot_even_ask_for_the_first_lease_asks_again() {
        Reluctant.REFUSALS.set(3);
        Node late = new Node("late", "waggle.reluctant");
        assertThat(late.tenure().held()).isFalse();
        TestProbe<Warden.Word> guest = late.enter(shard());
        guest.expectMessage(WAIT, Warden.Word.HELD);
        assertThat(late.tenure().held()).isTrue();
    }

    @Test
    void a_shard_that_comes_back_has_it_again() {
        for (int round = 0; round < 5; round++) {
            ActorRef<String> shard = shard();
            here.enter(shard).expectMessage(WAIT, Warden.Word.HELD);
            kit.stop(shard);
        }
        there.enter(shard()).expectMessage(WAIT, Warden.Word.HELD);
        assertThat(here.tenure().held()).isFalse();
    }

    @Test
    void a_lease_that_is_lost_is_told_and_asked_for_again() {
        TestProbe<Warden.Word> guest = here.enter(shard());
        guest.expectMessage(WAIT, Warden.Word.HELD);
        store.putDocument(Shelf.LEASE, "wardens-shard-account-7", new Standing(9, 1, "").document())
                .toCompletableFuture()
                .join();
        guest.expectMessage(WAIT, Warden.Word.LOST);
        guest.expectMessage(WAIT, Warden.Word.HELD);
        assertThat(here.tenure().held()).isTrue();
    }

    @Test
    void a_shard_that_ends_while_it_waits_leaves_nothing_behind() {
        ActorRef<String> holder = shard();
        here.enter(holder).expectMessage(WAIT, Warden.Word.HELD);
        ActorRef<String> brief = shard();
        there.enter(brief);
        kit.stop(brief);
        kit.stop(holder);
        TestProbe<Warden.Word> again = here.enter(shard());
        again.expectMessage(WAIT, Warden.Word.HELD);
        assertThat(there.tenure().held()).isFalse();
    }

    @Test
    void more_shards_than_may_ask_at_once_all_get_their_leases_and_those_that_ended_meanwhile_leave_nothing() {
        List<ActorRef<String>> holders = new ArrayList<>();
        List<ActorRef<String>> heirs = new ArrayList<>();
        List<TestProbe<Warden.Word>> heard = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            holders.add(shard());
            here.enter("account-" + i, holders.getLast()).expectMessage(WAIT, Warden.Word.HELD);
        }
        for (int i = 0; i < 40; i++) {
            heirs.add(shard());
            heard.add(there.enter("account-" + i, heirs.getLast()));
        }
        for (int i = 0; i < 40; i += 4) {
            kit.stop(heirs.get(i));
        }
        holders.forEach(kit::stop);
        for (int i = 0; i < 40; i++) {
            (i % 4 == 0 ? here.enter("account-" + i, shard()) : heard.get(i)).expectMessage(WAIT, Warden.Word.HELD);
            assertThat(there.tenures.of("account-" + i).held()).isEqualTo(i % 4 != 0);
        }
    }
}
