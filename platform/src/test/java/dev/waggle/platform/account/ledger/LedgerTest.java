package dev.waggle.platform.account.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final TestProbe<Ledger.Notice> account = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static Recordable numbered(int number) {
        return new Recordable(
                List.of(),
                List.of(),
                List.of(Progress.newBuilder().setMessageId("m" + number).build()));
    }

    private static CompletableFuture<Long> enter(ActorRef<Ledger.Command> ledger, int number) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        ledger.tell(new Ledger.Enter(numbered(number), done));
        return done;
    }

    private Ledger.Write write() {
        return account.expectMessageClass(Ledger.Write.class);
    }

    @Test
    void what_comes_during_a_write_goes_into_the_next_one_in_order() {
        ActorRef<Ledger.Command> ledger = KIT.spawn(Ledger.create(account.ref(), Ledger.Limits.DEFAULT));
        List<CompletableFuture<Long>> done = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            done.add(enter(ledger, i));
        }
        Ledger.Write first = write();
        account.expectNoMessage();
        first.replyTo().tell(new Ledger.Written(1));
        Ledger.Write second = write();
        second.replyTo().tell(new Ledger.Written(2));
        assertThat(done.getLast())
                .succeedsWithin(java.time.Duration.ofSeconds(5))
                .isEqualTo(2L);

        List<Recordable> all = new ArrayList<>(first.batch());
        all.addAll(second.batch());
        for (int i = 0; i < 10; i++) {
            assertThat(all.get(i)).isEqualTo(numbered(i));
        }
    }

    @Test
    void a_refused_write_fails_everything_that_waits() {
        ActorRef<Ledger.Command> ledger = KIT.spawn(Ledger.create(account.ref(), Ledger.Limits.DEFAULT));
        CompletableFuture<Long> first = enter(ledger, 1);
        Ledger.Write write = write();
        CompletableFuture<Long> second = enter(ledger, 2);
        write.replyTo().tell(new Ledger.Refused("no journal"));
        assertThat(first).failsWithin(java.time.Duration.ofSeconds(5));
        assertThat(second).failsWithin(java.time.Duration.ofSeconds(5));
    }

    @Test
    void a_full_ledger_says_so_and_keeps_what_it_has() {
        ActorRef<Ledger.Command> ledger = KIT.spawn(Ledger.create(account.ref(), new Ledger.Limits(2, 1, 1 << 20)));
        CompletableFuture<Long> inFlight = enter(ledger, 0);
        CompletableFuture<Long> waiting = enter(ledger, 1);
        CompletableFuture<Long> last = enter(ledger, 2);
        CompletableFuture<Long> refused = enter(ledger, 3);
        assertThat(refused)
                .failsWithin(java.time.Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LedgerException.class);
        assertThat(last).isNotDone();
        write().replyTo().tell(new Ledger.Written(1));
        write().replyTo().tell(new Ledger.Written(2));
        assertThat(inFlight).succeedsWithin(java.time.Duration.ofSeconds(5)).isEqualTo(1L);
        assertThat(waiting).succeedsWithin(java.time.Duration.ofSeconds(5)).isEqualTo(2L);
    }

    @Test
    void a_stopped_ledger_fails_what_waits() {
        ActorRef<Ledger.Command> ledger = KIT.spawn(Ledger.create(account.ref(), Ledger.Limits.DEFAULT));
        CompletableFuture<Long> waiting = enter(ledger, 0);
        write();
        KIT.stop(ledger);
        assertThat(waiting).failsWithin(java.time.Duration.ofSeconds(5));
    }
}
