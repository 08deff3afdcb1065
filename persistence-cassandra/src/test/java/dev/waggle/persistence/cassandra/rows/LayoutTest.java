package dev.waggle.persistence.cassandra.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    private static Key key(String kind, String own) {
        return Key.parse("account:bot\0" + kind + "\0" + own);
    }

    /// Rows that are there would be lost to us if these moved: add, never edit.
    @ParameterizedTest
    @CsvSource({
        "session,1000_1:3,session/9",
        "session,1000_1:0,session/9",
        "identity,1000_1:3,identity/1",
        "sent,1203@g.us|3EB0,sent/13",
        "seen,1203@g.us,seen/10",
        "mac:regular,00ff,mac/6",
        "event,00000000000003ff,event/0000000000000000",
        "event,0000000000000400,event/0000000000000001",
        "open,0000000000001000~3EB0,open/0000000000000001",
        "applied,'',''",
        "pre-key,0000000000000001,''",
        "some-later-kind,x,''",
    })
    void rows_lie_where_they_always_lay(String kind, String own, String bucket) {
        assertThat(Layout.bucket(key(kind, own))).isEqualTo(bucket);
    }

    /// Rows of the busiest account that we reckon with, by kind: how many, and bytes of each with its key.
    @ParameterizedTest
    @CsvSource({
        "session,        100000, 5120",
        "identity,       100000, 200",
        "sender-key,      50000, 3072",
        "mark,          2000000, 100",
        "lid,            500000, 300",
        "pn,             500000, 300",
        "devices,        100000, 500",
        "group,            5000, 61440",
        "token,          500000, 200",
        "mac,            500000, 200",
        "base-key,       100000, 200",
        "sent,          1000000, 1024",
        "pending,        100000, 2048",
        "seen,          5000000, 150",
        "secret,        1000000, 200",
        "media,         1000000, 500",
        "outbound,      1000000, 1024",
        "key,           1000000, 300",
    })
    void no_partition_of_a_busy_account_grows_beyond_100_mb(String kind, long rows, long bytes) {
        int buckets = Layout.buckets(kind).size();
        // No hash is even: by a tenth at the most, see below.
        assertThat(rows * bytes / buckets * 11 / 10).isLessThan(100_000_000L);
    }

    /// Counted buckets end after so many rows: of the largest events that there are, and of all numbers of sends.
    @ParameterizedTest
    @CsvSource({"event, 65536", "open, 1024"})
    void a_counted_partition_is_full_before_it_is_too_large(String kind, long largest) {
        assertThat(Layout.form(kind))
                .isInstanceOfSatisfying(
                        Layout.Counted.class,
                        counted -> assertThat(counted.together() * largest).isLessThan(100_000_000L));
    }

    @Test
    void rows_of_one_kind_are_spread_evenly_over_all_their_buckets() {
        List<String> used = IntStream.range(0, 16_000)
                .mapToObj(number -> Layout.bucket(key("seen", "4915" + number + "@s.whatsapp.net\u00023EB0" + number)))
                .toList();
        assertThat(new TreeSet<>(used)).isEqualTo(new TreeSet<>(Layout.buckets("seen")));
        for (String bucket : Layout.buckets("seen")) {
            assertThat(used.stream().filter(bucket::equals).count()).isBetween(900L, 1_100L);
        }
    }

    @Test
    void a_question_about_one_user_or_group_looks_into_one_bucket() {
        Key after = key("mark", "1203@g.us|");
        assertThat(Layout.only(after, key("mark", "1203@g.us|\uffff")))
                .isEqualTo(Layout.bucket(key("mark", "1203@g.us|1:2@lid")));
        assertThat(Layout.only(key("mark", ""), Key.parse("account:bot\0mark\1")))
                .isEmpty();
        assertThat(Layout.only(key("seen", "a"), key("seen", "a\uffff"))).isEmpty();
    }

    @Test
    void keys_fall_apart_as_they_were_put_together() {
        assertThat(key("event", "01")).isEqualTo(new Key("account:bot", "event", "01"));
        assertThat(Key.parse("control\0document:WEBHOOK\1")).isEqualTo(new Key("control", "document:WEBHOOK", ""));
        assertThat(Key.name("account:bot\0event\00001")).isEqualTo("event\00001");
    }

    @Test
    void texts_are_ordered_as_cassandra_orders_their_bytes() {
        List<String> ordered = List.of("", "\0", "a", "a\0", "a\1", "aa", "b", "\u00e4", "\uffff", "\ud83d\ude00");
        assertThat(ordered.reversed().stream().sorted(Texts.ORDER)).containsExactlyElementsOf(ordered);
    }

    @Test
    void a_later_owner_stamps_later_whatever_was_counted_before() {
        assertThat(Stamps.of(2, 1)).isGreaterThan(Stamps.of(1, (1L << 41) - 1));
        assertThat(Stamps.of(1, 2)).isGreaterThan(Stamps.of(1, 1));
        assertThat(Stamps.of(1, 1)).isPositive();
    }
}
