package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.account.connection.Belated;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.platform.cluster.lease.Warden;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestProbe<AllDeadLetters> seen = KIT.createTestProbe();

    /// Counts from here on: who has taken a first one has subscribed.
    private void begin() {
        KIT.spawn(Behaviors.monitor(
                        AllDeadLetters.class,
                        seen.ref(),
                        DeadLetters.create(
                                meters, letter -> false, path -> path.name().startsWith("fenced"))))
                .tell(dropped("the first"));
        seen.receiveMessage();
        counted(1, 0);
    }

    private static Dropped dropped(String message) {
        var nobody = Adapter.toClassic(KIT.system()).deadLetters();
        return new Dropped(message, "full", nobody, nobody);
    }

    private void counted(int lost, int late) {
        seen.awaitAssert(() -> {
            assertThat(meters.counter(DeadLetters.METER).count()).isEqualTo(lost);
            assertThat(meters.counter("waggle.late.answers").count()).isEqualTo(late);
            return true;
        });
    }

    @Test
    void what_reaches_nobody_is_counted_and_so_is_what_a_mailbox_dropped() {
        begin();
        ActorRef<String> gone = KIT.spawn(Behaviors.stopped());
        seen.expectTerminated(gone);
        gone.tell("to nobody");
        assertThat(seen.receiveMessage()).isInstanceOf(DeadLetter.class);
        Adapter.toClassic(KIT.system()).eventStream().publish(dropped("too many"));
        assertThat(seen.receiveMessage()).isInstanceOf(Dropped.class);
        counted(3, 0);
    }

    @Test
    void whoever_asked_what_was_moving_is_told_so_and_nothing_is_lost() {
        begin();
        TestProbe<Answer<AccountView>> asker = KIT.createTestProbe();
        var tell = new Accounts.Tell(new AccountId("bee"), new AccountCommand.Describe(asker.ref()));
        var nobody = Adapter.toClassic(KIT.system()).deadLetters();
        // As sharding does it: what was dropped is itself told to the dead letters.
        nobody.tell(new Dropped(tell, "hand off", nobody, nobody), nobody);
        var refused = (Answer.Refused<AccountView>) asker.receiveMessage();
        assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.JOURNAL_UNAVAILABLE);
        seen.receiveMessage();
        counted(1, 0);
    }

    @Test
    void news_for_a_node_that_ends_are_no_loss() {
        begin();
        ActorRef<Topic.Command<String>> topic = KIT.spawn(Topic.create(String.class, "ending"));
        KIT.stop(topic);
        topic.tell(Topic.publish("nobody here any more"));
        // With it, perhaps, what the topic was told of its subscribers.
        seen.awaitAssert(() -> {
            assertThat(meters.counter("waggle.far.letters").count()).isPositive();
            return true;
        });
        assertThat(meters.counter(DeadLetters.METER).count()).as("the first").isOne();
    }

    @Test
    void what_reaches_an_owner_whose_lease_is_over_is_counted_apart_and_who_asked_is_answered() {
        begin();
        ActorRef<Object> over = KIT.spawn(Behaviors.stopped(), "fenced");
        ActorRef<Object> ended = KIT.spawn(Behaviors.stopped(), "ended");
        seen.expectTerminated(over);
        seen.expectTerminated(ended);
        TestProbe<Answer<AccountView>> asker = KIT.createTestProbe();
        for (ActorRef<Object> one : List.of(over, ended)) {
            one.tell(new AccountCommand.Describe(asker.ref()));
            seen.receiveMessage();
            var refused = (Answer.Refused<AccountView>) asker.receiveMessage();
            assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.JOURNAL_UNAVAILABLE);
        }
        counted(2, 0);
        assertThat(meters.counter("waggle.fenced.letters").count()).isEqualTo(1);
    }

    private record Said() implements Belated {}

    @Test
    void word_to_one_that_ended_that_something_of_it_is_done_is_no_loss() {
        begin();
        ActorRef<Said> gone = KIT.spawn(Behaviors.stopped());
        seen.expectTerminated(gone);
        gone.tell(new Said());
        assertThat(seen.receiveMessage()).isInstanceOf(DeadLetter.class);
        counted(1, 1);
    }

    @Test
    void word_to_one_that_ended_that_its_lease_is_over_is_no_loss() {
        begin();
        ActorRef<Warden.Word> gone = KIT.spawn(Behaviors.stopped());
        seen.expectTerminated(gone);
        gone.tell(Warden.Word.LOST);
        assertThat(seen.receiveMessage()).isInstanceOf(DeadLetter.class);
        counted(1, 1);
    }

    @Test
    void an_answer_to_one_that_ended_is_no_loss() {
        begin();
        CompletableFuture<String> answer = new CompletableFuture<>();
        ActorRef<String> asking = KIT.spawn(Behaviors.setup(context -> {
            context.pipeToSelf(answer, (text, failure) -> text);
            return Behaviors.receiveMessage(stop -> Behaviors.stopped());
        }));
        asking.tell("stop");
        seen.expectTerminated(asking);
        answer.complete("too late");
        seen.receiveMessage();
        counted(1, 1);
    }

    @Test
    void an_answer_to_a_question_that_was_given_up_is_no_loss() {
        begin();
        ActorRef<Object> gone = KIT.spawn(Behaviors.stopped());
        seen.expectTerminated(gone);
        gone.tell(Answer.refuse(Refusal.Code.JOURNAL_UNAVAILABLE, "too late"));
        seen.receiveMessage();
        gone.tell(new DeleteMessagesSuccess(1));
        seen.receiveMessage();
        counted(1, 2);
    }

    @Test
    void a_timer_that_goes_off_while_its_actor_ends_is_no_loss() {
        begin();
        ActorRef<String> ending = KIT.spawn(Behaviors.withTimers(timers -> Behaviors.receive((context, stop) -> {
            timers.startSingleTimer("later", Duration.ZERO);
            // Timers go off in their order: when this one has, the other is in the mailbox.
            CountDownLatch gone = new CountDownLatch(1);
            context.getSystem()
                    .scheduler()
                    .scheduleOnce(
                            Duration.ofMillis(100),
                            gone::countDown,
                            context.getSystem().executionContext());
            gone.await();
            return Behaviors.stopped();
        })));
        ending.tell("stop");
        seen.expectTerminated(ending);
        assertThat(seen.receiveMessage()).isInstanceOf(DeadLetter.class);
        counted(1, 0);
    }
}
