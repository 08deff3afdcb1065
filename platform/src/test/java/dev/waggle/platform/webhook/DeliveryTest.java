package dev.waggle.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.platform.webhook.Receiver.Says;
import dev.waggle.platform.webhook.call.Signature;
import dev.waggle.storage.control.Shelf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveryTest {
    private final Rig rig;

    DeliveryTest() throws Exception {
        rig = new Rig(Map.of());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Bytes key(String secret) {
        return Bytes.wrap(Base64.getDecoder().decode(secret.substring(Signature.SECRET_PREFIX.length())));
    }

    private static String account(Receiver.Got got) {
        return got.json().path("account").asText();
    }

    private List<Long> taken(int count) throws InterruptedException {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(rig.receiver.taken().sequence());
        }
        return sequences;
    }

    @Test
    void an_event_of_a_stopped_account_arrives_signed_under_a_stable_id() throws Exception {
        AccountId bee = rig.account("bee");
        Webhooks.Made made = rig.made(Ordering.CHAT);
        rig.event(bee, "a");
        Receiver.Got got = rig.receiver.taken();
        assertThat(got.sequence()).isEqualTo(1);
        assertThat(got.id()).startsWith("evt_bee_1_");
        byte[] body = got.body().getBytes(StandardCharsets.UTF_8);
        assertThat(got.signature())
                .isEqualTo(
                        Signature.header(List.of(key(made.secret())), got.id(), Long.parseLong(got.timestamp()), body));
        String id = got.id();
        assertThat(Rig.done(rig.webhooks.seek(made.webhook().id(), bee, Webhooks.EARLIEST))
                        .latest())
                .isEqualTo(1);
        assertThat(rig.receiver.taken().id()).isEqualTo(id);
    }

    @Test
    void two_secrets_sign_until_one_is_retired_and_the_last_one_stays() throws Exception {
        AccountId bee = rig.account("bee");
        Webhooks.Made first = rig.made(Ordering.CHAT);
        String id = first.webhook().id();
        Webhooks.Made second = Rig.done(rig.webhooks.rotate(id));
        rig.event(bee, "a");
        Receiver.Got got = rig.receiver.taken();
        byte[] body = got.body().getBytes(StandardCharsets.UTF_8);
        List<Bytes> both = List.of(key(second.secret()), key(first.secret()));
        assertThat(got.signature()).isEqualTo(Signature.header(both, got.id(), Long.parseLong(got.timestamp()), body));
        Webhook retired = Rig.done(
                rig.webhooks.retire(id, first.webhook().secrets().getFirst().id()));
        assertThat(retired.secrets()).hasSize(1);
        String last = retired.secrets().getFirst().id();
        assertThatThrownBy(() -> Rig.done(rig.webhooks.retire(id, last))).isInstanceOf(WebhookRefused.class);
        rig.event(bee, "a");
        assertThat(rig.receiver.taken().signature()).doesNotContain(" ");
    }

    @Test
    void what_is_stored_of_a_webhook_is_sealed() {
        Webhooks.Made made = Rig.done(rig.webhooks.create(new WebhookDraft(
                rig.receiver.url(), null, null, null, Map.of("X-Team", "the-password"), null, null, null, null)));
        Bytes stored = Rig.done(rig.stores
                        .control()
                        .document(Shelf.WEBHOOK, made.webhook().id()))
                .orElseThrow();
        String text = new String(stored.unsafeArray(), StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("the-password").doesNotContain("127.0.0.1");
        rig.restart();
        assertThat(Rig.done(rig.webhooks.find(made.webhook().id())).headers()).containsEntry("X-Team", "the-password");
    }

    @Test
    void a_chat_that_fails_waits_alone() throws Exception {
        AccountId bee = rig.account("bee");
        AtomicInteger left = new AtomicInteger(2);
        rig.receiver.mood(
                got -> got.body().contains("\"a\"") && left.getAndDecrement() > 0 ? new Says(500) : Receiver.TAKEN);
        String id = rig.made(Ordering.CHAT).webhook().id();
        rig.event(bee, "a");
        rig.event(bee, "b");
        rig.event(bee, "a");
        rig.event(bee, "b");
        List<Long> taken = taken(4);
        assertThat(taken).containsSubsequence(1L, 3L).containsSubsequence(2L, 4L);
        assertThat(taken.indexOf(2L)).isLessThan(taken.indexOf(1L));
        Position position = rig.settled(id, bee);
        assertThat(position.state()).isEqualTo(Position.State.RUNNING);
        assertThat(position.delivered()).isEqualTo(4);
    }

    @Test
    void with_one_lane_for_the_account_nothing_overtakes() throws Exception {
        AccountId bee = rig.account("bee");
        AtomicInteger tried = new AtomicInteger();
        rig.receiver.mood(_ -> tried.incrementAndGet() % 3 == 1 ? new Says(503) : Receiver.TAKEN);
        rig.made(Ordering.ACCOUNT);
        for (int i = 0; i < 6; i++) {
            rig.event(bee, i % 2 == 0 ? "a" : "b");
        }
        assertThat(taken(6)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void a_ping_is_one_delivery_and_tells_how_it_ended() throws Exception {
        String id = rig.made(Ordering.CHAT).webhook().id();
        assertThat(Rig.done(rig.webhooks.ping(id)).taken()).isTrue();
        assertThat(rig.receiver.taken().json().path("type").asText()).isEqualTo("webhook.ping");
        rig.receiver.mood(_ -> new Says(404));
        assertThat(Rig.done(rig.webhooks.ping(id)).status()).isEqualTo(404);
        assertThat(rig.receiver.tried()).hasSize(2);
    }

    @Test
    void a_restart_goes_on_where_it_was_and_repeats_no_more_than_was_under_way() throws Exception {
        AccountId bee = rig.account("bee");
        CountDownLatch hang = new CountDownLatch(1);
        rig.receiver.mood(got -> {
            if (got.sequence() > 50) {
                hang.await();
            }
            return Receiver.TAKEN;
        });
        String id = rig.made(Ordering.CHAT).webhook().id();
        for (int i = 0; i < 60; i++) {
            rig.event(bee, "chat" + i);
        }
        taken(50);
        rig.until(id, bee, one -> one.delivered() == 50);
        rig.restart();
        hang.countDown();
        rig.settled(id, bee);
        Set<Long> all = new TreeSet<>();
        rig.receiver.tried().forEach(got -> all.add(got.sequence()));
        assertThat(all).hasSize(60);
        assertThat(rig.receiver.tried()).hasSizeLessThanOrEqualTo(60 + 16);
    }

    @Test
    void the_cursor_goes_back_and_forward_and_never_beyond_the_end() throws Exception {
        AccountId bee = rig.account("bee");
        String id = rig.made(Ordering.CHAT).webhook().id();
        for (int i = 0; i < 5; i++) {
            rig.event(bee, "a");
        }
        taken(5);
        rig.settled(id, bee);
        assertThat(Rig.done(rig.webhooks.seek(id, bee, 2)).latest()).isEqualTo(5);
        assertThat(taken(3)).containsExactly(3L, 4L, 5L);
        assertThatThrownBy(() -> Rig.done(rig.webhooks.seek(id, bee, 6)))
                .isInstanceOf(WebhookRefused.class)
                .hasMessage("after: 6 (expected: at most 5, the last event)");
        Rig.done(rig.webhooks.seek(id, bee, Webhooks.LATEST));
        rig.event(bee, "a");
        assertThat(taken(1)).containsExactly(6L);
    }

    @Test
    void only_what_is_selected_arrives() throws Exception {
        AccountId bee = rig.account("bee", "garden");
        AccountId ant = rig.account("ant");
        AccountId wasp = rig.account("wasp");
        String id = Rig.done(rig.webhooks.create(new WebhookDraft(
                        rig.receiver.url(), List.of("ant"), List.of("garden"), null, null, null, null, null, null)))
                .webhook()
                .id();
        rig.event(wasp, "a");
        rig.event(bee, "a");
        rig.event(ant, "a");
        assertThat(List.of(account(rig.receiver.taken()), account(rig.receiver.taken())))
                .containsExactlyInAnyOrder("bee", "ant");
        assertThat(rig.receiver.idle()).isTrue();
        assertThatThrownBy(() -> rig.position(id, wasp))
                .isInstanceOfSatisfying(
                        WebhookRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(WebhookRefused.Code.ACCOUNT_NOT_SELECTED));
        rig.account("wasp", "garden");
        rig.event(wasp, "a");
        assertThat(rig.receiver.taken().json().path("account").asText()).isEqualTo("wasp");
        assertThat(Rig.done(rig.webhooks.positions(id, "", 10)))
                .extracting(position -> position.account().value())
                .containsExactly("ant", "bee", "wasp");
    }

    @Test
    void what_is_kept_of_a_webhook_goes_with_it() throws Exception {
        AccountId bee = rig.account("bee");
        rig.receiver.mood(_ -> new Says(500));
        String id = rig.made(Ordering.CHAT).webhook().id();
        rig.event(bee, "a");
        assertThat(rig.settled(id, bee).deadLetters()).isEqualTo(1);
        Rig.done(rig.webhooks.delete(id));
        assertThat(Rig.done(rig.stores.control().documents(Shelf.WEBHOOK_CURSOR, "", 10)))
                .isEmpty();
        assertThat(Rig.done(rig.stores.control().documents(Shelf.DEAD_LETTER, "", 10)))
                .isEmpty();
        assertThatThrownBy(() -> Rig.done(rig.webhooks.find(id))).isInstanceOf(WebhookRefused.class);
        assertThatThrownBy(() -> rig.position(id, bee)).isInstanceOf(WebhookRefused.class);
    }

    @Test
    void what_cannot_be_is_refused_by_a_failed_stage() {
        assertThat(rig.webhooks.create(Rig.draft(null, null))).isCompletedExceptionally();
        assertThat(rig.webhooks.create(Rig.draft("ftp://example.com/", null))).isCompletedExceptionally();
        assertThat(rig.webhooks.change("wh_none", Rig.draft(null, null))).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void what_nobody_wants_is_passed_over_once_and_counts_as_settled() throws Exception {
        AccountId bee = rig.account("bee");
        String id = Rig.done(rig.webhooks.create(new WebhookDraft(
                        rig.receiver.url(), null, null, List.of("account.state"), null, null, null, null, "earliest")))
                .webhook()
                .id();
        for (int i = 0; i < 300; i++) {
            rig.event(bee, "a");
        }
        rig.event(bee, "", "account.state");
        rig.event(bee, "a");
        assertThat(taken(1)).containsExactly(301L);
        assertThat(rig.settled(id, bee).after()).isEqualTo(302);
        assertThat(rig.receiver.tried()).hasSize(1);
    }

    @Test
    void what_is_kept_of_an_account_goes_with_it_and_its_next_life_begins_anew() throws Exception {
        AccountId bee = rig.account("bee");
        rig.made(Ordering.CHAT);
        rig.event(bee, "a");
        taken(1);
        Rig.done(((WebhookDesk) rig.webhooks).forget(bee));
        assertThat(Rig.done(rig.stores.control().documents(Shelf.WEBHOOK_CURSOR, "", 10)))
                .isEmpty();
        rig.account("bee");
        assertThat(taken(1)).containsExactly(1L);
    }
}
