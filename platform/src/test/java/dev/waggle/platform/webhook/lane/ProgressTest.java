package dev.waggle.platform.webhook.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.proto.journal.MessageBody;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.PublicEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Duration LATER = Duration.ofSeconds(1);

    private static Progress progress(int failuresMax, int parkedMax) {
        return new Progress(Ordering.CHAT, new Progress.Limits(16, parkedMax, 100, failuresMax, 500), Cursor.at(0));
    }

    private static Item item(long sequence, String chat) {
        return Item.of(
                Ordering.CHAT,
                PublicEvent.newBuilder()
                        .setSequence(sequence)
                        .setAtMillis(sequence)
                        .setMessage(MessageBody.newBuilder()
                                .setChat(Party.newBuilder().setJid(chat)))
                        .build());
    }

    private static void read(Progress progress, List<Item> page) {
        progress.ahead(page, page.getLast().sequence());
    }

    /// A page that ended the log.
    private static void readBehind(Progress progress, Progress.Need.Behind need, List<Item> page) {
        progress.behind(need, page, need.reach(page.getLast().sequence(), true));
    }

    private static List<Long> sendAll(Progress progress, long now) {
        List<Long> sent = new ArrayList<>();
        while (progress.ready(now)) {
            progress.next(now).ifPresent(item -> {
                sent.add(item.sequence());
                progress.delivered(item);
                progress.stored(progress.unstored());
            });
        }
        return sent;
    }

    @Test
    void a_chat_that_fails_is_parked_and_the_others_go_on() {
        Progress progress = progress(100, 10);
        List<Item> page = List.of(item(1, "a"), item(2, "b"), item(3, "a"), item(4, "b"));
        read(progress, page);
        Item first = progress.next(0).orElseThrow();
        assertThat(first.sequence()).isEqualTo(1);
        progress.failed(first, 0, LATER, Duration.ZERO, "status 500");
        assertThat(sendAll(progress, 0)).containsExactly(2L, 4L);
        assertThat(progress.cursor().after()).isZero();
        assertThat(progress.cursor().read()).isEqualTo(4);
        assertThat(progress.nextAt(0)).hasValue(1_000);
        // Its time has come: what it left behind is read again.
        Progress.Need.Behind need = progress.behind(1_000).orElseThrow();
        readBehind(progress, need, page);
        assertThat(sendAll(progress, 1_000)).containsExactly(1L, 3L);
        assertThat(progress.cursor().lanes()).isEmpty();
        assertThat(progress.cursor().after()).isEqualTo(4);
    }

    /// A page that was read before events came does not speak of them, even though it ended the log.
    @Test
    void a_late_page_that_ended_the_log_of_then_skips_nothing_that_came_since() {
        Progress progress = progress(100, 10);
        read(progress, List.of(item(1, "a")));
        progress.failed(progress.next(0).orElseThrow(), 0, LATER, Duration.ZERO, "status 500");
        Progress.Need.Behind need = progress.behind(1_000).orElseThrow();
        List<Item> old = List.of(item(1, "a"));
        read(progress, List.of(item(2, "a")));
        readBehind(progress, need, old);
        assertThat(sendAll(progress, 1_000)).containsExactly(1L);
        Progress.Need.Behind more = progress.behind(1_000).orElseThrow();
        readBehind(progress, more, List.of(item(2, "a")));
        assertThat(sendAll(progress, 1_000)).containsExactly(2L);
    }

    @Test
    void attempts_and_their_times_survive_a_restart() {
        Progress before = progress(100, 10);
        read(before, List.of(item(1, "a")));
        before.failed(before.next(7).orElseThrow(), 7, LATER, Duration.ZERO, "status 500");
        Progress after = new Progress(Ordering.CHAT, new Progress.Limits(16, 10, 100, 100, 500), before.cursor());
        assertThat(after.behind(1_006)).isEmpty();
        readBehind(after, after.behind(1_007).orElseThrow(), List.of(item(1, "a")));
        Item again = after.next(1_007).orElseThrow();
        assertThat(after.attempts(again)).isEqualTo(1);
        assertThat(after.age(again, 1_007)).isEqualTo(1_000);
    }

    @Test
    void a_receiver_that_is_away_is_probed_and_when_it_takes_again_everything_is_due() {
        Progress progress = progress(3, 10);
        List<Item> page = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            page.add(item(i, "chat" + i));
        }
        read(progress, page);
        for (int i = 0; i < 3; i++) {
            progress.failed(progress.next(0).orElseThrow(), 0, Duration.ofHours(1), Duration.ZERO, "timeout");
        }
        assertThat(progress.failing()).isTrue();
        assertThat(progress.held()).as("nothing is kept in memory for later").isZero();
        assertThat(progress.ready(499)).isFalse();
        assertThat(progress.behind(499)).isEmpty();
        assertThat(progress.ahead(499)).isEmpty();
        assertThat(progress.nextAt(0)).hasValue(500);
        readBehind(progress, progress.behind(500).orElseThrow(), page);
        progress.delivered(progress.next(500).orElseThrow());
        assertThat(progress.failing()).isFalse();
        readBehind(progress, progress.behind(500).orElseThrow(), page);
        assertThat(sendAll(progress, 500)).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void a_receiver_that_was_away_is_probed_after_a_restart_too() {
        Progress before = progress(2, 10);
        read(before, List.of(item(1, "a"), item(2, "b"), item(3, "c")));
        for (int i = 0; i < 2; i++) {
            before.failed(before.next(0).orElseThrow(), 0, LATER, Duration.ZERO, "timeout");
        }
        Progress after = new Progress(Ordering.CHAT, new Progress.Limits(16, 10, 100, 2, 500), before.cursor());
        assertThat(after.failing()).isTrue();
    }

    @Test
    void so_many_parked_chats_stop_the_reading() {
        Progress progress = progress(100, 2);
        read(progress, List.of(item(1, "a"), item(2, "b")));
        for (int i = 0; i < 2; i++) {
            progress.failed(progress.next(0).orElseThrow(), 0, LATER, Duration.ZERO, "status 500");
        }
        assertThat(progress.ahead(0)).isEmpty();
        assertThat(progress.nextAt(0)).hasValue(1_000);
    }

    @Test
    void who_asks_all_to_wait_is_left_alone_by_all() {
        Progress progress = progress(100, 10);
        read(progress, List.of(item(1, "a"), item(2, "b")));
        progress.failed(progress.next(0).orElseThrow(), 0, LATER, Duration.ofSeconds(3), "status 429");
        assertThat(progress.ready(2_999)).isFalse();
        assertThat(progress.nextAt(0)).hasValue(3_000);
        assertThat(progress.ready(3_000)).isTrue();
    }

    @Test
    void no_more_is_under_way_than_may_be_lost_to_a_crash() {
        Progress progress = new Progress(Ordering.CHAT, new Progress.Limits(2, 10, 100, 10, 500), Cursor.at(0));
        read(progress, List.of(item(1, "a"), item(2, "b"), item(3, "c")));
        progress.delivered(progress.next(0).orElseThrow());
        progress.delivered(progress.next(0).orElseThrow());
        assertThat(progress.ready(0)).as("taken, but not durable yet").isFalse();
        progress.stored(progress.unstored());
        assertThat(progress.ready(0)).isTrue();
    }
}
