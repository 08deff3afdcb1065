package dev.waggle.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.platform.webhook.Receiver.Says;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.write.Purge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Receivers that refuse, hang and lead elsewhere; stores and logs that fail.
@Timeout(60)
class TroubleTest {
    private Rig rig;

    TroubleTest() throws Exception {
        rig = new Rig(Map.of());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void with(Map<String, String> keys) throws Exception {
        rig.close();
        rig = new Rig(keys);
    }

    private List<Long> taken(int count) throws InterruptedException {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(rig.receiver.taken().sequence());
        }
        return sequences;
    }

    @Test
    void an_event_that_is_never_taken_becomes_a_dead_letter_and_can_be_redelivered() throws Exception {
        AccountId bee = rig.account("bee");
        rig.receiver.mood(got -> got.sequence() == 1 ? new Says(500) : Receiver.TAKEN);
        String id = rig.made(Ordering.CHAT).webhook().id();
        rig.event(bee, "a");
        rig.event(bee, "a");
        assertThat(rig.receiver.taken().sequence()).isEqualTo(2);
        assertThat(rig.receiver.tried()).hasSize(5);
        assertThat(rig.settled(id, bee).deadLetters()).isEqualTo(1);
        DeadLetter letter = Rig.done(rig.webhooks.deadLetters(id, "", 10)).getFirst();
        assertThat(letter.attempts()).isEqualTo(4);
        assertThat(letter.reason()).isEqualTo("schedule-ended");
        assertThat(letter.problem()).isEqualTo("status 500");
        assertThat(Rig.done(rig.webhooks.redeliver(id, letter.ref())).taken()).isFalse();
        assertThat(Rig.done(rig.webhooks.deadLetters(id, "", 10))).hasSize(1);
        rig.receiver.mood(_ -> Receiver.TAKEN);
        assertThat(Rig.done(rig.webhooks.redeliver(id, letter.ref())).taken()).isTrue();
        assertThat(rig.receiver.taken().id())
                .isEqualTo(rig.receiver.tried().getFirst().id());
        assertThat(Rig.done(rig.webhooks.deadLetters(id, "", 10))).isEmpty();
        assertThatThrownBy(() -> Rig.done(rig.webhooks.redeliver(id, letter.ref())))
                .isInstanceOfSatisfying(
                        WebhookRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(WebhookRefused.Code.DEAD_LETTER_NOT_FOUND));
    }

    @Test
    void so_many_dead_letters_stop_the_next_one_until_some_are_gone() throws Exception {
        with(Map.of("waggle.webhook.dead-letters-max", "1"));
        AccountId bee = rig.account("bee");
        rig.receiver.mood(_ -> new Says(500));
        String id = rig.made(Ordering.ACCOUNT).webhook().id();
        rig.event(bee, "a");
        rig.event(bee, "a");
        Position full = rig.until(id, bee, one -> one.state() == Position.State.DEAD_LETTERS_FULL);
        assertThat(full.deadLetters()).isEqualTo(1);
        assertThat(full.after()).isEqualTo(1);
        Rig.done(rig.webhooks.drop(id, new DeadLetter.Ref(bee, 1)));
        assertThat(rig.settled(id, bee).deadLetters()).isEqualTo(1);
    }

    @Test
    void gone_stops_the_webhook_until_it_is_enabled_again() throws Exception {
        AccountId bee = rig.account("bee");
        rig.receiver.mood(_ -> new Says(410));
        String id = rig.made(Ordering.CHAT).webhook().id();
        rig.event(bee, "a");
        rig.until(id, bee, one -> one.state() == Position.State.PAUSED);
        rig.restart();
        assertThat(Rig.done(rig.webhooks.find(id)).stop()).isEqualTo("gone");
        rig.event(bee, "a");
        assertThat(rig.position(id, bee).state()).isEqualTo(Position.State.PAUSED);
        int tried = rig.receiver.tried().size();
        assertThat(tried).isBetween(1, 2);
        rig.receiver.mood(_ -> Receiver.TAKEN);
        Rig.done(rig.webhooks.change(id, new WebhookDraft(null, null, null, null, null, null, null, true, null)));
        assertThat(taken(2)).containsExactly(1L, 2L);
    }

    @Test
    void a_receiver_that_asks_for_time_gets_it() throws Exception {
        AccountId bee = rig.account("bee");
        AtomicInteger tried = new AtomicInteger();
        rig.receiver.mood(_ -> tried.incrementAndGet() == 1 ? new Says(429, "Retry-After", "1") : Receiver.TAKEN);
        String id = rig.made(Ordering.CHAT).webhook().id();
        Instant before = Instant.now();
        rig.event(bee, "a");
        Position waits = rig.until(id, bee, one -> one.waitingCount() == 1);
        assertThat(waits.waiting().getFirst().nextAt()).isAfterOrEqualTo(before.plusMillis(1_000));
        assertThat(rig.receiver.taken().sequence()).isEqualTo(1);
    }

    @Test
    void a_redirect_is_no_answer_that_is_followed() throws Exception {
        AccountId bee = rig.account("bee");
        try (Receiver other = new Receiver()) {
            rig.receiver.mood(_ -> new Says(307, "Location", other.url()));
            String id = rig.made(Ordering.CHAT).webhook().id();
            rig.event(bee, "a");
            assertThat(rig.settled(id, bee).deadLetters()).isEqualTo(1);
            assertThat(other.tried()).isEmpty();
        }
    }

    @Test
    void an_address_inside_is_not_called_whatever_its_name() throws Exception {
        with(Map.of("waggle.webhook.allow-private", "off"));
        AccountId bee = rig.account("bee");
        String url = rig.receiver.url().replace("127.0.0.1", "localhost");
        String id =
                Rig.done(rig.webhooks.create(Rig.draft(url, null))).webhook().id();
        assertThat(Rig.done(rig.webhooks.ping(id)).problem()).startsWith("address-refused");
        rig.event(bee, "a");
        assertThat(rig.settled(id, bee).deadLetters()).isEqualTo(1);
        assertThat(rig.receiver.tried()).isEmpty();
    }

    @Test
    void events_that_retention_took_stop_the_delivery_until_the_cursor_is_set() throws Exception {
        AccountId bee = rig.account("bee");
        rig.receiver.mood(_ -> new Says(500));
        String id = rig.made(Ordering.ACCOUNT).webhook().id();
        rig.event(bee, "a");
        rig.event(bee, "a");
        rig.until(id, bee, one -> one.waitingCount() == 1);
        Rig.done(Rig.done(rig.stores.open(bee))
                .purge(new Purge.Events(Set.of(), Instant.now().plusSeconds(60))));
        rig.event(bee, "a");
        Position expired = rig.until(id, bee, one -> one.state() == Position.State.EXPIRED);
        assertThat(expired.oldest()).isEqualTo(3);
        rig.receiver.mood(_ -> Receiver.TAKEN);
        Rig.done(rig.webhooks.seek(id, bee, Webhooks.EARLIEST));
        assertThat(taken(1)).containsExactly(3L);
    }

    @Test
    void while_the_store_does_not_take_the_cursor_no_more_than_may_be_repeated_is_sent() throws Exception {
        AccountId bee = rig.account("bee");
        CountDownLatch hold = new CountDownLatch(1);
        rig.receiver.mood(_ -> {
            hold.await();
            return Receiver.TAKEN;
        });
        String id = rig.made(Ordering.CHAT).webhook().id();
        for (int i = 0; i < 40; i++) {
            rig.event(bee, "chat" + i);
        }
        rig.until(id, bee, _ -> rig.receiver.tried().size() == 16);
        rig.memory.faults().failWrites(StoreException.Code.STORAGE_UNAVAILABLE);
        hold.countDown();
        taken(16);
        Position away = rig.until(id, bee, one -> one.state() == Position.State.STORE_AWAY && one.delivered() == 16);
        assertThat(away.problem()).contains("switched on by a test");
        assertThat(rig.receiver.tried()).hasSize(16);
        rig.memory.faults().healWrites();
        assertThat(rig.settled(id, bee).state()).isEqualTo(Position.State.RUNNING);
        assertThat(rig.receiver.tried()).hasSize(40);
    }

    @Test
    void a_hanging_receiver_is_left_after_its_time_and_counted() throws Exception {
        with(Map.of("waggle.webhook.answer-max", "100ms"));
        AccountId bee = rig.account("bee");
        CountDownLatch hang = new CountDownLatch(1);
        AtomicInteger tried = new AtomicInteger();
        rig.receiver.mood(_ -> {
            if (tried.incrementAndGet() == 1) {
                hang.await();
            }
            return Receiver.TAKEN;
        });
        String id = rig.made(Ordering.CHAT).webhook().id();
        rig.event(bee, "a");
        assertThat(rig.settled(id, bee).delivered()).isEqualTo(1);
        hang.countDown();
        assertThat(rig.meters
                        .get("waggle.webhook.attempts")
                        .tag("outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void retention_of_what_nobody_wants_stops_nothing() throws Exception {
        AccountId bee = rig.account("bee");
        rig.receiver.mood(_ -> new Says(503, "Retry-After", "1"));
        String id = Rig.done(rig.webhooks.create(new WebhookDraft(
                        rig.receiver.url(), null, null, List.of("account.state"), null, null, null, null, "earliest")))
                .webhook()
                .id();
        rig.event(bee, "", "account.state");
        rig.event(bee, "a");
        rig.until(id, bee, one -> one.waitingCount() == 1);
        Instant later = Instant.now().plusSeconds(60);
        Rig.done(Rig.done(rig.stores.open(bee)).purge(new Purge.Events(Set.of("message.received"), later)));
        rig.receiver.mood(_ -> Receiver.TAKEN);
        rig.event(bee, "", "account.state");
        assertThat(taken(2)).containsExactly(1L, 3L);
        assertThat(rig.settled(id, bee).state()).isEqualTo(Position.State.RUNNING);
    }

    @Test
    void an_event_that_is_given_up_twice_is_one_dead_letter() throws Exception {
        AccountId bee = rig.account("bee");
        rig.receiver.mood(_ -> new Says(500));
        String id = rig.made(Ordering.ACCOUNT).webhook().id();
        rig.event(bee, "a");
        assertThat(rig.settled(id, bee).deadLetters()).isEqualTo(1);
        Rig.done(rig.webhooks.seek(id, bee, 0));
        assertThat(rig.settled(id, bee).deadLetters()).isEqualTo(1);
        assertThat(Rig.done(rig.webhooks.deadLetters(id, "", 10))).hasSize(1);
    }

    @Test
    void many_accounts_share_the_few_calls_of_a_webhook_and_none_is_forgotten() throws Exception {
        with(Map.of("waggle.webhook.calls-max", "2"));
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Receiver.Mood refusing = Receiver.refusingOnce(7, 500);
        rig.receiver.mood(got -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            Says says = refusing.of(got);
            open.decrementAndGet();
            return says;
        });
        List<AccountId> accounts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            accounts.add(rig.account("bee" + i));
            rig.events(accounts.getLast(), 20, 4);
        }
        String id = rig.made(Ordering.CHAT).webhook().id();
        for (AccountId account : accounts) {
            assertThat(rig.settled(id, account).delivered()).isEqualTo(20);
        }
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }
}
