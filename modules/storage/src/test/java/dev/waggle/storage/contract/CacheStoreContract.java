package dev.waggle.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.cache.CacheCounts.Outcome;
import dev.waggle.storage.cache.CacheKey;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.cache.CacheStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [CacheStore] does while it is well. What it does while it is not is each tenant's own test.
public abstract class CacheStoreContract {
    private static final AccountId FIRST = new AccountId("acc");
    private static final AccountId SECOND = new AccountId("acc-2");

    private CacheTenant tenant;
    private CacheStore cache;

    protected abstract CacheTenant tenant() throws Exception;

    @BeforeEach
    void open() throws Exception {
        tenant = tenant();
        cache = tenant.store();
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    private static CacheKey key(AccountId account, String name) {
        return new CacheKey(account, CacheNamespace.GROUP, name);
    }

    private static CacheKey key(String name) {
        return key(FIRST, name);
    }

    private static Bytes value(String text) {
        return Bytes.utf8("value of " + text);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Optional<Bytes> found(CacheKey key) {
        return get(cache.get(key));
    }

    private void put(CacheKey key, String text) {
        assertThat(get(cache.set(key, value(text), null))).isTrue();
    }

    @Test
    void what_was_set_is_found_and_nothing_else() {
        put(key("one"), "one");
        assertThat(found(key("one"))).contains(value("one"));
        assertThat(found(key("two"))).isEmpty();
    }

    @Test
    void a_later_value_replaces_the_earlier_one() {
        put(key("one"), "one");
        put(key("one"), "other");
        assertThat(found(key("one"))).contains(value("other"));
    }

    @Test
    void an_empty_value_is_not_an_absent_one() {
        assertThat(get(cache.set(key("one"), Bytes.EMPTY, null))).isTrue();
        assertThat(found(key("one"))).contains(Bytes.EMPTY);
    }

    @Test
    void all_bytes_come_back() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(get(cache.set(key("one"), Bytes.of(all), null))).isTrue();
        assertThat(found(key("one"))).contains(Bytes.of(all));
    }

    @Test
    void what_was_deleted_is_gone_also_when_it_never_was() {
        put(key("one"), "one");
        assertThat(get(cache.delete(key("one")))).isTrue();
        assertThat(get(cache.delete(key("one")))).isTrue();
        assertThat(found(key("one"))).isEmpty();
    }

    @Test
    void calls_take_effect_in_their_order_without_waiting() {
        List<CompletionStage<Optional<Bytes>>> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var _ = cache.set(key("one"), value("turn " + i), null);
            seen.add(cache.get(key("one")));
            var _ = cache.delete(key("one"));
            seen.add(cache.get(key("one")));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(get(seen.get(2 * i))).contains(value("turn " + i));
            assertThat(get(seen.get(2 * i + 1))).isEmpty();
        }
    }

    @Test
    void namespaces_are_apart() {
        for (CacheNamespace namespace : CacheNamespace.values()) {
            assertThat(get(cache.set(new CacheKey(FIRST, namespace, "same"), value(namespace.text()), null)))
                    .isTrue();
        }
        for (CacheNamespace namespace : CacheNamespace.values()) {
            assertThat(found(new CacheKey(FIRST, namespace, "same"))).contains(value(namespace.text()));
        }
        assertThat(get(cache.clear(FIRST, CacheNamespace.LID_PN_BY_LID))).isTrue();
        assertThat(found(new CacheKey(FIRST, CacheNamespace.LID_PN_BY_LID, "same")))
                .isEmpty();
        assertThat(found(new CacheKey(FIRST, CacheNamespace.LID_PN_BY_PN, "same")))
                .isPresent();
    }

    @Test
    void accounts_are_apart_also_when_one_name_begins_like_the_other() {
        put(key(FIRST, "one"), "first");
        put(key(SECOND, "one"), "second");
        assertThat(get(cache.clear(FIRST, CacheNamespace.GROUP))).isTrue();
        assertThat(found(key(FIRST, "one"))).isEmpty();
        assertThat(found(key(SECOND, "one"))).contains(value("second"));
    }

    @Test
    void a_name_may_hold_any_character() {
        List<String> names = List.of("a:b", "a*", "a?", "[ab]", "a b", "a\\b", "ä€😀", "a\nb", "x".repeat(255));
        names.forEach(name -> put(key(name), name));
        names.forEach(name -> assertThat(found(key(name))).as(name).contains(value(name)));
        assertThat(get(cache.delete(key("a*")))).isTrue();
        assertThat(found(key("a:b"))).isPresent();
    }

    @Test
    void many_are_asked_for_at_once() {
        put(key("one"), "one");
        put(key("three"), "three");
        assertThat(get(cache.getAll(List.of(key("one"), key("two"), key("three")))))
                .containsOnlyKeys(key("one"), key("three"))
                .containsEntry(key("three"), value("three"));
        assertThat(get(cache.getAll(List.of()))).isEmpty();
    }

    @Test
    void entries_are_counted_and_cleared_however_many_they_are() {
        var _ = cache.set(key(SECOND, "one"), value("one"), null);
        IntStream.range(0, 2_500).forEach(i -> {
            var _ = cache.set(key("entry " + i), value("one"), null);
        });
        assertThat(get(cache.entryCount(FIRST, CacheNamespace.GROUP))).isEqualTo(2_500);
        assertThat(get(cache.entryCount(FIRST, CacheNamespace.DEVICE_REGISTRY))).isZero();
        assertThat(get(cache.clear(FIRST, CacheNamespace.GROUP))).isTrue();
        assertThat(get(cache.entryCount(FIRST, CacheNamespace.GROUP))).isZero();
        assertThat(get(cache.entryCount(SECOND, CacheNamespace.GROUP))).isEqualTo(1);
    }

    @Test
    void a_value_ends_with_its_time_and_not_before() {
        Duration brief = Duration.ofMillis(300);
        assertThat(get(cache.set(key("long"), value("long"), Duration.ofHours(1))))
                .isTrue();
        assertThat(get(cache.set(key("brief"), value("brief"), brief))).isTrue();
        assertThat(get(cache.set(key("renewed"), value("renewed"), brief))).isTrue();
        put(key("renewed"), "renewed");
        tenant.elapse(brief.plusMillis(1));
        Instant end = Instant.now().plusSeconds(20);
        while (found(key("brief")).isPresent() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(found(key("brief"))).isEmpty();
        assertThat(found(key("long"))).isPresent();
        assertThat(found(key("renewed"))).isPresent();
    }

    @Test
    void a_value_over_the_limit_is_not_kept_and_what_was_there_is_not_believed() {
        put(key("one"), "one");
        assertThat(get(cache.set(key("one"), Bytes.wrap(new byte[CacheStore.VALUE_MAX + 1]), null)))
                .isFalse();
        assertThat(found(key("one"))).isEmpty();
        Bytes largest = Bytes.wrap(new byte[CacheStore.VALUE_MAX]);
        assertThat(get(cache.set(key("one"), largest, null))).isTrue();
        assertThat(found(key("one"))).contains(largest);
    }

    @Test
    void lookups_are_counted() {
        put(key("one"), "one");
        get(cache.get(key("one")));
        get(cache.get(key("two")));
        get(cache.getAll(List.of(key("one"), key("two"), key("three"))));
        assertThat(cache.counts().of(CacheNamespace.GROUP, Outcome.HIT)).isEqualTo(2);
        assertThat(cache.counts().of(CacheNamespace.GROUP, Outcome.MISS)).isEqualTo(3);
        assertThat(cache.counts().of(Outcome.ERROR)).isZero();
        assertThat(cache.counts().of(CacheNamespace.LID_PN_BY_LID, Outcome.HIT)).isZero();
    }

    @Test
    void nothing_fails_after_the_end() {
        put(key("one"), "one");
        cache.close();
        assertThat(found(key("one"))).isEmpty();
        assertThat(get(cache.getAll(List.of(key("one"))))).isEmpty();
        assertThat(get(cache.set(key("one"), value("one"), null))).isFalse();
        assertThat(get(cache.delete(key("one")))).isFalse();
        assertThat(get(cache.clear(FIRST, CacheNamespace.GROUP))).isFalse();
        assertThat(get(cache.entryCount(FIRST, CacheNamespace.GROUP))).isZero();
    }
}
