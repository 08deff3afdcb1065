package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand.Accepted;
import dev.waggle.platform.account.AccountCommand.Cancelled;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Contacts.Heard;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sends that wait for their time, sends that are taken back, and how long a key is remembered: an account on a
/// simulated server, and a clock that is set forward.
class ScheduledSendsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private @Nullable LinkedAccount opened;

    private LinkedAccount linked(AccountServices.Limits limits) throws Exception {
        LinkedAccount bee = new LinkedAccount(limits);
        opened = bee;
        return bee;
    }

    private LinkedAccount linked() throws Exception {
        return linked(AccountServices.Limits.DEFAULT);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static AccountServices.Limits limits(int snapshotEvery, int scheduledMax) {
        return new AccountServices.Limits(
                10_000, 4_096, Duration.ofDays(3), snapshotEvery, scheduledMax, Duration.ofDays(30));
    }

    private static Answer<Accepted> ask(LinkedAccount bee, User to, String key, String text, @Nullable Instant sendAt) {
        return bee.answer(replyTo -> new AccountCommand.Send(
                to.pn(), "text", text, MessageContent.text(text), "", "", key, Bytes.utf8(text), sendAt, replyTo));
    }

    private static String accepted(LinkedAccount bee, User to, String text, @Nullable Instant sendAt) {
        Answer<Accepted> answer = ask(bee, to, "key of " + text.replace(' ', '-'), text, sendAt);
        assertThat(answer).isInstanceOf(Answer.Granted.class);
        return ((Answer.Granted<Accepted>) answer).value().messageId();
    }

    private static String later(LinkedAccount bee, User to, String text, Duration by) {
        return accepted(bee, to, text, bee.clock.instant().plus(by));
    }

    private static Answer<Cancelled> cancel(LinkedAccount bee, String id) {
        return bee.answer(replyTo -> new AccountCommand.CancelSend(new MessageId(id), replyTo));
    }

    private static <T> Refusal.Code code(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused<T>) answer).refusal().code();
    }

    /// As the timer does when the time has come.
    private static void due(LinkedAccount bee, Duration forward) {
        bee.clock.forward(forward);
        bee.tell(new AccountNotice.SendsDue());
    }

    private static List<String> heard(LinkedAccount bee, User contact) {
        return bee.ask(() -> bee.exchange.contacts().heard(contact, 0).stream()
                .map(Heard::text)
                .toList());
    }

    private static OutboundRow row(LinkedAccount bee, String id) {
        return bee.store()
                .outboundById(new MessageId(id))
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    private static PublicEvent told(LinkedAccount bee, String type, String id) throws Exception {
        return bee.event(0, type, event -> event.getProgress().getId().equals(id));
    }

    @Test
    void a_send_for_later_stands_as_accepted_until_its_time_and_then_leaves_once() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        String id = later(bee, carla, "good morning", HOUR);
        accepted(bee, carla, "now", null);
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("now")));
        assertThat(row(bee, id).state()).isEqualTo(OutboundState.ACCEPTED);
        due(bee, HOUR.minusSeconds(5));
        accepted(bee, carla, "almost", null);
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("now", "almost")));
        due(bee, Duration.ofSeconds(10));
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("now", "almost", "good morning")));
        told(bee, "message.sent", id);
    }

    @Test
    void the_clock_alone_sends_it() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        String id = later(bee, carla, "in a moment", Duration.ofMillis(300));
        told(bee, "message.sent", id);
        assertThat(heard(bee, carla)).containsExactly("in a moment");
    }

    @Test
    void what_comes_due_together_leaves_by_its_time_and_not_by_its_acceptance() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        later(bee, carla, "third", Duration.ofMinutes(30));
        later(bee, carla, "first", Duration.ofMinutes(10));
        later(bee, carla, "second", Duration.ofMinutes(20));
        due(bee, HOUR);
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("first", "second", "third")));
    }

    @Test
    void it_survives_a_restart_and_what_came_due_meanwhile_leaves_once() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        String id = later(bee, carla, "good morning", HOUR);
        bee.restart();
        bee.clock.forward(HOUR.plusSeconds(1));
        bee.restart();
        told(bee, "message.sent", id);
        bee.restart();
        accepted(bee, carla, "after", null);
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("good morning", "after")));
        assertThat(bee.report().reusedCounters()).isEmpty();
    }

    @Test
    void it_survives_in_a_snapshot_waiting_or_released() throws Exception {
        LinkedAccount bee = linked(limits(2, 10));
        User carla = bee.contact("Carla");
        String soon = later(bee, carla, "soon", HOUR);
        String late = later(bee, carla, "late", HOUR.multipliedBy(2));
        // Several snapshots, and with them the removal of the events that accepted the two.
        for (int i = 0; i < 6; i++) {
            accepted(bee, carla, "filler " + i, null);
        }
        bee.eventually(() -> heard(bee, carla), all -> all.size() == 6);
        bee.restart();
        assertThat(bee.view().running()).isTrue();
        // Released while nobody can send it: the snapshot has to say so.
        bee.run(false);
        due(bee, HOUR.plusSeconds(1));
        bee.granted((org.apache.pekko.actor.typed.ActorRef<Answer<AccountView>> to) ->
                new AccountCommand.Configure("Other", null, null, to));
        bee.granted((org.apache.pekko.actor.typed.ActorRef<Answer<AccountView>> to) ->
                new AccountCommand.Configure("Another", null, null, to));
        bee.restart();
        assertThat(code(cancel(bee, soon))).isEqualTo(Refusal.Code.SEND_NOT_CANCELLABLE);
        assertThat(cancel(bee, late)).isInstanceOf(Answer.Granted.class);
        bee.run(true);
        told(bee, "message.sent", soon);
        due(bee, HOUR);
        accepted(bee, carla, "end", null);
        List<String> all = bee.eventually(() -> heard(bee, carla), now -> now.contains("end"));
        assertThat(all).containsOnlyOnce("soon").doesNotContain("late").hasSize(8);
    }

    @Test
    void one_that_waits_is_taken_back_and_never_leaves() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        String id = later(bee, carla, "on second thoughts", HOUR);
        assertThat(cancel(bee, id)).isEqualTo(Answer.of(new Cancelled(new MessageId(id))));
        assertThat(cancel(bee, id)).as("again").isInstanceOf(Answer.Granted.class);
        PublicEvent failed = told(bee, "message.failed", id);
        assertThat(failed.getProgress().getProblem()).isEqualTo("cancelled");
        OutboundRow row = bee.eventually(() -> row(bee, id), now -> now.state() == OutboundState.FAILED);
        assertThat(row.problem()).isEqualTo("cancelled");
        assertThat(row.times().of(OutboundState.FAILED)).isPresent();
        due(bee, HOUR.plusSeconds(1));
        bee.restart();
        accepted(bee, carla, "after", null);
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("after")));
        Answer<Accepted> again =
                ask(bee, carla, "key-of-on-second-thoughts", "on second thoughts", bee.clock.instant());
        assertThat(again).as("another key").isInstanceOf(Answer.Granted.class);
        Answer<Accepted> same = ask(bee, carla, "key of on-second-thoughts", "on second thoughts", bee.clock.instant());
        assertThat(((Answer.Granted<Accepted>) same).value()).isEqualTo(new Accepted(id, "FAILED", true));
    }

    @Test
    void what_has_left_or_was_never_there_is_not_taken_back() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        String id = accepted(bee, carla, "gone", null);
        bee.eventually(() -> row(bee, id), row -> row.state().finished());
        assertThat(code(cancel(bee, id))).isEqualTo(Refusal.Code.SEND_NOT_CANCELLABLE);
        assertThat(code(cancel(bee, "3EB0DEADBEEF"))).isEqualTo(Refusal.Code.MESSAGE_NOT_FOUND);
    }

    @Test
    void what_a_stopped_account_accepted_is_taken_back_until_an_earlier_owner_may_have_had_it() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        bee.run(false);
        String first = accepted(bee, carla, "first", null);
        String second = accepted(bee, carla, "second", null);
        assertThat(cancel(bee, first)).isInstanceOf(Answer.Granted.class);
        bee.restart();
        assertThat(code(cancel(bee, second))).isEqualTo(Refusal.Code.SEND_NOT_CANCELLABLE);
        bee.run(true);
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("second")));
    }

    @Test
    void a_cancel_that_meets_the_firing_ends_one_way_or_the_other_and_never_both() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            String text = "race " + i;
            texts.put(later(bee, carla, text, HOUR), text);
        }
        bee.clock.forward(HOUR.plusSeconds(1));
        TestProbe<Answer<Cancelled>> answers = bee.kit.createTestProbe();
        List<String> asked = new ArrayList<>(texts.keySet());
        for (int i = 0; i < asked.size(); i++) {
            if (i == asked.size() / 4) {
                bee.tell(new AccountNotice.SendsDue());
            }
            MessageId id = new MessageId(asked.get(i));
            bee.tell(new AccountCommand.CancelSend(id, answers.ref()));
        }
        List<String> cancelled = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < asked.size(); i++) {
            switch (answers.receiveMessage(Duration.ofSeconds(20))) {
                case Answer.Granted<Cancelled>(var taken) ->
                    cancelled.add(texts.get(taken.message().value()));
                case Answer.Refused<Cancelled>(var refusal) -> {
                    assertThat(refusal.code()).isEqualTo(Refusal.Code.SEND_NOT_CANCELLABLE);
                    refused++;
                }
            }
        }
        assertThat(cancelled).hasSizeGreaterThanOrEqualTo(asked.size() / 4);
        accepted(bee, carla, "end", null);
        List<String> all = bee.eventually(() -> heard(bee, carla), now -> now.contains("end"));
        List<String> left = new ArrayList<>(texts.values());
        left.removeAll(cancelled);
        left.add("end");
        assertThat(all).containsExactlyInAnyOrderElementsOf(left);
        assertThat(left).hasSize(refused + 1);
    }

    @Test
    void only_so_many_may_wait_and_only_so_far_ahead() throws Exception {
        LinkedAccount bee = linked(limits(1_000, 2));
        User carla = bee.contact("Carla");
        Instant now = bee.clock.instant();
        assertThat(code(ask(bee, carla, "far", "far", now.plus(Duration.ofDays(31)))))
                .isEqualTo(Refusal.Code.INVALID_VALUE);
        assertThat(code(ask(bee, carla, "past", "past", now.minus(Duration.ofMinutes(6)))))
                .isEqualTo(Refusal.Code.INVALID_VALUE);
        String first = later(bee, carla, "first", HOUR);
        later(bee, carla, "second", HOUR);
        assertThat(code(ask(bee, carla, "third", "third", now.plus(HOUR)))).isEqualTo(Refusal.Code.TOO_MANY_SCHEDULED);
        Answer<Accepted> repeated = ask(bee, carla, "key of first", "first", now.plus(HOUR));
        assertThat(((Answer.Granted<Accepted>) repeated).value()).isEqualTo(new Accepted(first, "ACCEPTED", true));
        accepted(bee, carla, "at once", null);
        assertThat(cancel(bee, first)).isInstanceOf(Answer.Granted.class);
        assertThat(ask(bee, carla, "third", "third", now.plus(HOUR))).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void a_time_that_has_just_passed_is_now() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        accepted(bee, carla, "a little late", bee.clock.instant().minusSeconds(60));
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("a little late")));
    }

    @Test
    void a_logout_ends_what_waits_with_the_certainty_that_it_did_not_leave() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        String id = later(bee, carla, "too late", HOUR);
        var device = bee.device();
        bee.exchange.run(() -> bee.exchange.remove(device));
        bee.until(ObservedState.LOGGED_OUT);
        assertThat(told(bee, "message.failed", id).getProgress().getProblem()).isEqualTo("account-logged-out");
        OutboundRow row = bee.eventually(() -> row(bee, id), now -> now.state() == OutboundState.FAILED);
        assertThat(row.problem()).isEqualTo("account-logged-out");
    }

    @Test
    void a_key_finds_its_send_for_72_hours_and_is_free_afterwards() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        String first = accepted(bee, carla, "hello", null);
        bee.eventually(() -> row(bee, first), row -> row.state().finished());
        bee.clock.forward(Duration.ofHours(71));
        bee.restart();
        assertThat(code(ask(bee, carla, "key of hello", "other", null))).isEqualTo(Refusal.Code.IDEMPOTENCY_MISMATCH);
        assertThat(accepted(bee, carla, "hello", null)).isEqualTo(first);
        bee.clock.forward(Duration.ofHours(1).plusSeconds(1));
        Answer<Accepted> other = ask(bee, carla, "key of hello", "other", null);
        assertThat(((Answer.Granted<Accepted>) other).value().repeated()).isFalse();
        assertThat(code(ask(bee, carla, "key of hello", "hello", null))).isEqualTo(Refusal.Code.IDEMPOTENCY_MISMATCH);
        bee.eventually(() -> heard(bee, carla), all -> all.equals(List.of("hello", "other")));
    }

    @Test
    void every_state_that_a_send_reaches_has_its_time() throws Exception {
        LinkedAccount bee = linked();
        User carla = bee.contact("Carla");
        Instant before = bee.clock.instant().minusSeconds(2);
        String id = accepted(bee, carla, "hello", null);
        told(bee, "message.delivered", id);
        OutboundRow row = bee.eventually(() -> row(bee, id), now -> now.state() == OutboundState.DELIVERED);
        Instant after = bee.clock.instant().plusSeconds(2);
        assertThat(row.acceptedAt()).isBetween(before, after);
        assertThat(row.times().of(OutboundState.SENT).orElseThrow()).isBetween(before, after);
        assertThat(row.times().of(OutboundState.DELIVERED).orElseThrow()).isBetween(before, after);
        assertThat(row.times().of(OutboundState.READ)).isEmpty();
    }
}
