package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.AccountCommand.Accepted;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Contacts.Heard;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An account whose journal cannot be written: everybody who asks is answered by the account itself, once, and it
/// comes back by itself with all that it had accepted.
@Timeout(120)
class JournalAwayTest {
    private final RuntimeException broken = new IllegalStateException("switched on by a test");

    private LinkedAccount bee;
    private PersistenceTestKit journal;
    private final List<Object> dead = new CopyOnWriteArrayList<>();
    private User carla;

    @BeforeEach
    void link() throws Exception {
        bee = new LinkedAccount();
        bee.eventually(() -> bee.count("digests"), count -> count == 1);
        journal = PersistenceTestKit.create(bee.kit.system());
        carla = bee.contact("Carla");
        ActorRef<DeadLetter> collector = bee.kit.spawn(Behaviors.receiveMessage(letter -> {
            dead.add(letter.message());
            return Behaviors.same();
        }));
        bee.kit.system().eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, collector));
    }

    @AfterEach
    void close() {
        assertThat(bee.report().violations()).isEmpty();
        // What the parts of an account that ends say to each other is no loss; a question or an answer would be.
        assertThat(dead).noneMatch(letter -> letter instanceof AccountCommand || letter instanceof Answer);
        bee.close();
    }

    private void away(RuntimeException why) {
        journal.failNextNPersisted("account|" + bee.id, 1_000_000, why);
    }

    private List<Heard> heard() {
        return bee.ask(() -> bee.exchange.contacts().heard(carla, 0));
    }

    private List<String> received() {
        return bee.events.page(bee.id, 0, Set.of("message.received"), 1_000).toCompletableFuture().join().stream()
                .map(event -> event.getMessage().getText())
                .toList();
    }

    /// Until the account is there again; it may be refused a few times more.
    private void back(String text) {
        bee.eventually(() -> bee.refused(carla.pn(), text), java.util.Optional::isEmpty);
    }

    @Test
    void a_send_that_cannot_be_journaled_is_refused_and_taken_under_the_same_key_later() {
        away(broken);
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        journal.resetPolicy();
        back("hello");
        assertThat(bee.eventually(this::heard, all -> !all.isEmpty()))
                .extracting(Heard::text)
                .containsExactly("hello");
    }

    @Test
    void an_account_without_its_journal_shows_as_waiting_for_it_until_it_is_back() {
        AccountView before = bee.eventually(bee::view, view -> view.observed() == ObservedState.ONLINE);
        away(broken);
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        AccountView waiting = bee.view();
        assertThat(waiting.observed()).isEqualTo(ObservedState.WAITING);
        assertThat(waiting.reason()).isEqualTo("journal-unavailable");
        assertThat(waiting.jid()).isEqualTo(before.jid());
        assertThat(waiting.running()).isTrue();
        assertThat(bee.listed()).last().isEqualTo("WAITING");
        journal.resetPolicy();
        bee.eventually(bee::view, view -> view.observed() == ObservedState.ONLINE);
        bee.eventually(() -> bee.listed().getLast(), "ONLINE"::equals);
        back("hello");
    }

    /// As when Cassandra stands still: the lives that try to begin end while they read.
    @Test
    void an_account_whose_journal_cannot_be_read_either_goes_on_saying_so() {
        journal.failNextNReads("account|" + bee.id, 3, broken);
        away(broken);
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        for (int round = 0; round < 50; round++) {
            assertThat(bee.view().observed()).isEqualTo(ObservedState.WAITING);
        }
        journal.resetPolicy();
        bee.eventually(bee::view, view -> view.observed() == ObservedState.ONLINE);
        back("hello");
    }

    @Test
    void an_account_that_is_stopped_stays_so_while_its_journal_is_away() {
        TestProbe<Answer<AccountView>> stopped = bee.kit.createTestProbe();
        bee.tell(new AccountCommand.SetDesiredState(false, stopped.ref()));
        stopped.receiveMessage(LinkedAccount.WAIT);
        away(broken);
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        assertThat(bee.view().observed()).isEqualTo(ObservedState.STOPPED);
        journal.resetPolicy();
        back("hello");
        assertThat(bee.view().observed()).isEqualTo(ObservedState.STOPPED);
    }

    @Test
    void a_store_without_room_is_told_as_such() {
        away(new StoreException(StoreException.Code.STORAGE_FULL, "switched on by a test"));
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.STORAGE_FULL);
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.STORAGE_FULL);
        journal.resetPolicy();
        back("hello");
    }

    /// The first one fails in the journal; those behind it wait in the actor, and those after them find it gone.
    @Test
    void everybody_who_waits_is_answered_once() {
        away(broken);
        for (int round = 0; round < 20; round++) {
            List<TestProbe<Answer<Accepted>>> sends = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                TestProbe<Answer<Accepted>> send = bee.kit.createTestProbe();
                String text = "text " + round + " " + i;
                bee.tell(new AccountCommand.Send(
                        carla.pn(),
                        "text",
                        text,
                        MessageContent.text(text),
                        "key-" + text,
                        Bytes.utf8(text),
                        send.ref()));
                sends.add(send);
            }
            TestProbe<Answer<AccountView>> view = bee.kit.createTestProbe();
            bee.tell(new AccountCommand.SetDesiredState(round % 2 == 0, view.ref()));
            sends.forEach(send -> assertThat(refusal(send.receiveMessage(LinkedAccount.WAIT)))
                    .isEqualTo(Refusal.Code.JOURNAL_UNAVAILABLE));
            view.receiveMessage(LinkedAccount.WAIT);
        }
        journal.resetPolicy();
        back("after all");
        assertThat(bee.eventually(this::heard, all -> !all.isEmpty()))
                .extracting(Heard::text)
                .containsExactly("after all");
    }

    private static Refusal.Code refusal(Answer<Accepted> answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused<Accepted>) answer).refusal().code();
    }

    @Test
    void what_was_accepted_before_arrives_and_what_comes_in_meanwhile_shows_once() throws Exception {
        List<String> before =
                IntStream.range(0, 20).mapToObj(i -> "before " + i).toList();
        before.forEach(text -> bee.send(carla.pn(), text));
        Jid self = bee.device().user().pn();
        away(broken);
        bee.ask(() -> bee.exchange.contacts().say(carla, self, "are you there"));
        assertThat(bee.refused(carla.pn(), "later")).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        assertThat(received()).isEmpty();
        journal.resetPolicy();
        back("later");
        PublicEvent heard = bee.message("are you there");
        assertThat(heard.getType()).isEqualTo("message.received");
        assertThat(bee.eventually(this::heardFromBee, all -> all.size() == before.size() + 1))
                .startsWith(before.toArray(String[]::new))
                .endsWith("later");
        assertThat(received()).containsExactly("are you there");
        assertThat(bee.report().reusedCounters()).isEmpty();
    }

    private List<String> heardFromBee() {
        return heard().stream().filter(one -> !one.fromMe()).map(Heard::text).toList();
    }

    /// The node goes down while the disk is full: there is nothing that could be stored first.
    @Test
    void an_account_without_its_journal_leaves_when_it_is_told_to() {
        away(broken);
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        TestProbe<org.apache.pekko.Done> left = bee.kit.createTestProbe();
        bee.tell(new AccountCommand.Leave(left.ref()));
        left.receiveMessage(LinkedAccount.WAIT);
        bee.expectEnd();
    }
}
