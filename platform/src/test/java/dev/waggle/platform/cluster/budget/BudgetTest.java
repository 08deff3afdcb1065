package dev.waggle.platform.cluster.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Who may dial, and when.
class BudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_bucket_gives_its_burst_and_then_its_rate() {
        TokenBucket bucket = new TokenBucket(new Rate(10, 5), 0);
        assertThat(bucket.take(100, 0)).isEqualTo(5);
        assertThat(bucket.take(1, SECOND / 20)).isZero();
        assertThat(bucket.take(100, SECOND / 10)).isEqualTo(1);
        assertThat(bucket.take(100, SECOND)).isEqualTo(5);
        assertThat(bucket.take(2, 0)).as("a clock that went back gives nothing").isZero();
    }

    @Test
    void a_rate_that_cannot_be_is_named() {
        assertThatThrownBy(() -> new Rate(0, 1)).hasMessage("perSecond: 0 (expected: 1..10000)");
        assertThatThrownBy(() -> new Rate(1, 100_001)).hasMessage("burst: 100001 (expected: 1..100000)");
    }

    @Test
    void the_node_whose_account_heard_of_the_server_last_comes_first() {
        TestProbe<BudgetKeeper.Grant> anybody = KIT.createTestProbe();
        assertThat(BudgetKeeper.inOrder(List.of(
                        new BudgetKeeper.Want("node-1", 1, 1, anybody.getRef()),
                        new BudgetKeeper.Want("node-2", 3, 1, anybody.getRef()),
                        new BudgetKeeper.Want("node-3", 2, 1, anybody.getRef()))))
                .extracting(BudgetKeeper.Want::node)
                .containsExactly("node-2", "node-3", "node-1");
    }

    @Test
    void a_keeper_answers_whether_it_has_any_or_not_and_takes_a_new_rate() {
        Rate rate = new Rate(1, 1);
        ActorRef<BudgetKeeper.Command> keeper =
                KIT.spawn(BudgetKeeper.create(rate, () -> CompletableFuture.completedStage(rate)));
        TestProbe<BudgetKeeper.Grant> node = KIT.createTestProbe();
        keeper.tell(new BudgetKeeper.Want("node-1", 0, 5, node.getRef()));
        assertThat(node.receiveMessage().count()).isEqualTo(1);
        keeper.tell(new BudgetKeeper.Want("node-1", 0, 5, node.getRef()));
        assertThat(node.receiveMessage().count()).isLessThanOrEqualTo(1);
        keeper.tell(new BudgetKeeper.Change(new Rate(10_000, 100)));
        TestProbe<BudgetKeeper.Standing> asker = KIT.createTestProbe();
        keeper.tell(new BudgetKeeper.Describe(asker.getRef()));
        assertThat(asker.receiveMessage().rate()).isEqualTo(new Rate(10_000, 100));
    }

    @Test
    void those_who_heard_of_the_server_last_dial_first() {
        TestProbe<BudgetKeeper.Command> keeper = KIT.createTestProbe();
        ActorRef<BudgetDesk.Command> desk = KIT.spawn(BudgetDesk.create("node-1", keeper.getRef()));
        Queue<Long> order = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (long last : List.of(1L, 3L, 2L)) {
            CompletableFuture<Done> permit = new CompletableFuture<>();
            all.add(permit.thenAccept(_ -> order.add(last)));
            desk.tell(new BudgetDesk.Dial(last, permit));
        }
        for (int waiting = 3; waiting > 0; ) {
            BudgetKeeper.Want want = (BudgetKeeper.Want) keeper.receiveMessage();
            // What is asked for before all three have come gets nothing.
            boolean due = want.count() == waiting;
            want.replyTo().tell(new BudgetKeeper.Grant(due ? 1 : 0));
            waiting -= due ? 1 : 0;
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
        assertThat(order).containsExactly(3L, 2L, 1L);
    }

    @Test
    void a_node_that_reaches_no_keeper_goes_on_slowly() {
        TestProbe<BudgetKeeper.Command> nobody = KIT.createTestProbe();
        ActorRef<BudgetDesk.Command> desk = KIT.spawn(BudgetDesk.create("node-1", nobody.getRef()));
        CompletableFuture<Done> permit = new CompletableFuture<>();
        desk.tell(new BudgetDesk.Dial(0, permit));
        assertThat(permit).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void a_node_that_reached_no_keeper_and_wanted_nothing_for_a_while_asks_again() {
        TestProbe<BudgetKeeper.Command> keeper = KIT.createTestProbe();
        ActorRef<BudgetDesk.Command> desk = KIT.spawn(BudgetDesk.create("node-1", keeper.getRef()));
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Done> permit = new CompletableFuture<>();
            desk.tell(new BudgetDesk.Dial(0, permit));
            keeper.expectMessageClass(BudgetKeeper.Want.class);
            // Nobody answers: the one that waited goes after a while, and none is left.
            permit.join();
        }
    }
}
