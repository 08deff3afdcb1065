package dev.waggle.platform.account.prekeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.account.SetClock;
import dev.waggle.platform.account.device.DeviceBook;
import dev.waggle.platform.account.prekeys.KeyServer.Way;
import dev.waggle.platform.port.LineException;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.storage.Backend;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.row.SignedPreKeyRow;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rule D4, and the server's memory of our keys, at every point where either side can be lost.
class UpkeepTest {
    private static final KeySettings FEW = new KeySettings(
            20,
            5,
            Duration.ofDays(27),
            Duration.ofDays(1),
            2,
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofSeconds(1));

    private final SecureRandom random = new SecureRandom();
    private final SetClock clock = new SetClock();
    private final MemoryProvider provider = new MemoryProvider();
    private final Backend store = get(provider.open(new AccountId("keys")));
    private final LocalIdentity local = LocalIdentity.generate(random);
    private final SignedPreKey first = SignedPreKey.generate(1, local.identity(), random);
    private final KeyServer server = new KeyServer(local.identity().publicKey());
    private long incarnation;
    private Upkeep upkeep = begin();

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /// As after kill -9: only the store is left.
    private Upkeep begin() {
        DeviceBook book = new DeviceBook(store, clock);
        get(book.linked(local.identity().publicKey(), first));
        return new Upkeep(
                store,
                book,
                local,
                new OneTimeKeys(book, new OwnKeys(local, Bytes.EMPTY, incarnation), random),
                new SignedKeys(store, book, local, random, clock, FEW),
                FEW,
                clock);
    }

    private void die() {
        server.way = Way.ANSWERED;
        provider.faults().healWrites();
        upkeep = begin();
    }

    private void round() {
        get(upkeep.round(server, false));
    }

    private DeviceRow row() {
        return get(new DeviceBook(store, clock).read());
    }

    private SignedKey atServer() {
        return Objects.requireNonNull(server.signed);
    }

    private List<Integer> signedIds() {
        return get(store.loadSignedPreKeys()).stream().map(SignedPreKeyRow::id).toList();
    }

    /// Whatever the server may hand out, its private half is stored.
    @AfterEach
    void every_key_that_was_shown_can_be_opened() {
        provider.faults().healWrites();
        for (OneTimeKey key : server.uploads.stream()
                .flatMap(upload -> upload.oneTimeKeys().stream())
                .toList()) {
            assertThat(get(store.loadPreKey(key.id())))
                    .as("one-time key %d", key.id())
                    .isPresent();
        }
        SignedKey held = server.signed;
        if (held != null) {
            Bytes stored = get(store.loadSignedPreKey(held.id())).orElseThrow();
            assertThat(SignedPreKey.parse(stored.unsafeArray()).keyPair().publicKey())
                    .isEqualTo(held.publicKey());
        }
    }

    @Test
    void a_new_link_supplies_the_server_and_both_hold_the_same() {
        round();
        assertThat(server.oneTime).hasSize(20);
        assertThat(atServer().id()).isEqualTo(1);
        assertThat(server.comparisons).isEqualTo(1);
        round();
        assertThat(server.uploads).hasSize(1);
        assertThat(server.comparisons).as("what was good an hour ago is good").isEqualTo(1);
    }

    @Test
    void a_server_that_runs_low_is_supplied_with_new_ids() {
        round();
        Set<Integer> before = new HashSet<>(server.oneTime.keySet());
        server.oneTime.keySet().removeIf(id -> id > 4);
        die();
        round();
        assertThat(server.uploads.get(1).oneTimeKeys()).hasSize(20).noneMatch(key -> before.contains(key.id()));
    }

    @Test
    void a_batch_that_was_not_confirmed_is_offered_again_as_it_was() {
        server.way = Way.ANSWER_LOST;
        assertThatThrownBy(() -> get(upkeep.round(server, true))).hasCauseInstanceOf(LineException.class);
        server.oneTime.clear();
        server.way = Way.ANSWERED;
        round();
        assertThat(server.oneTime.keySet())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void after_27_days_a_new_signed_key_is_in_use_and_the_last_two_are_kept() {
        round();
        clock.forward(Duration.ofDays(26));
        round();
        assertThat(server.rotations).isEmpty();
        for (int i = 0; i < 4; i++) {
            clock.forward(Duration.ofDays(27));
            round();
        }
        assertThat(server.rotations).extracting(SignedKey::id).containsExactly(2, 3, 4, 5);
        assertThat(signedIds()).containsExactly(3, 4, 5);
        assertThat(row().getSignedPreKeyId()).isEqualTo(5);
        assertThat(row().getFormerSignedPreKeyIdsList()).containsExactly(4, 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"QUESTION_LOST", "ANSWER_LOST"})
    void a_rotation_that_was_cut_goes_on_with_the_same_key_whoever_dies(Way way) {
        round();
        clock.forward(Duration.ofDays(28));
        server.way = way;
        assertThatThrownBy(this::round).isInstanceOf(CompletionException.class);
        // The count was lost; so go at the rotation itself.
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> get(signedKeys().rotateIfDue(server))).hasCauseInstanceOf(LineException.class);
            every_key_that_was_shown_can_be_opened();
        }
        Bytes staged = get(store.loadSignedPreKey(2)).orElseThrow();
        die();
        round();
        assertThat(get(store.loadSignedPreKey(2))).contains(staged);
        assertThat(atServer().id()).isEqualTo(2);
        assertThat(row().getSignedPreKeyId()).isEqualTo(2);
        assertThat(signedIds()).containsExactly(1, 2);
    }

    private SignedKeys signedKeys() {
        DeviceBook book = new DeviceBook(store, clock);
        return new SignedKeys(store, book, local, random, clock, FEW);
    }

    @Test
    void nothing_is_shown_that_could_not_be_stored() {
        round();
        clock.forward(Duration.ofDays(28));
        provider.faults().failWrites(StoreException.Code.STORAGE_FULL);
        assertThatThrownBy(this::round).hasCauseInstanceOf(StoreException.class);
        assertThat(server.rotations).isEmpty();
        server.oneTime.clear();
        assertThatThrownBy(this::round).hasCauseInstanceOf(StoreException.class);
        assertThat(server.uploads).hasSize(1);
        die();
        round();
        assertThat(server.rotations).hasSize(1);
        assertThat(server.uploads).hasSize(2);
    }

    @Test
    void a_rotation_that_the_server_took_and_we_could_not_note_is_noted_later() {
        round();
        clock.forward(Duration.ofDays(28));
        server.onRotation = () -> provider.faults().failWrites(StoreException.Code.STORAGE_FULL);
        assertThatThrownBy(this::round).hasCauseInstanceOf(StoreException.class);
        server.onRotation = () -> {};
        assertThat(atServer().id()).isEqualTo(2);
        assertThat(row().getSignedPreKeyId()).isEqualTo(1);
        die();
        round();
        assertThat(row().getSignedPreKeyId()).isEqualTo(2);
        assertThat(server.rotations).extracting(SignedKey::id).containsExactly(2, 2);
        assertThat(new HashSet<>(server.rotations)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429})
    void a_server_in_trouble_is_asked_again_after_a_day_with_the_same_key(int code) {
        round();
        clock.forward(Duration.ofDays(28));
        server.refusal = code;
        get(signedKeys().rotateIfDue(server));
        Bytes staged = get(store.loadSignedPreKey(2)).orElseThrow();
        server.refusal = 0;
        clock.forward(Duration.ofHours(23));
        get(signedKeys().rotateIfDue(server));
        assertThat(server.rotations).isEmpty();
        clock.forward(Duration.ofHours(2));
        get(signedKeys().rotateIfDue(server));
        assertThat(server.rotations).extracting(SignedKey::id).containsExactly(2);
        assertThat(get(store.loadSignedPreKey(2))).contains(staged);
    }

    @ParameterizedTest
    @ValueSource(ints = {406, 409})
    void a_key_that_the_server_calls_bad_is_thrown_away_and_the_period_is_spent(int code) {
        round();
        clock.forward(Duration.ofDays(28));
        server.refusal = code;
        get(signedKeys().rotateIfDue(server));
        assertThat(signedIds()).containsExactly(1);
        server.refusal = 0;
        clock.forward(Duration.ofDays(26));
        get(signedKeys().rotateIfDue(server));
        assertThat(server.rotations).isEmpty();
        clock.forward(Duration.ofDays(2));
        get(signedKeys().rotateIfDue(server));
        assertThat(server.rotations).hasSize(1);
    }

    @Test
    void a_server_that_lost_everything_is_supplied_again() {
        round();
        server.signed = null;
        server.oneTime.clear();
        for (int id = 1; id <= 10; id++) {
            server.oneTime.put(id, Bytes.EMPTY); // its count says otherwise
        }
        die();
        round();
        assertThat(server.uploads).hasSize(2);
        assertThat(atServer()).isEqualTo(SignedKeys.publicHalf(first));
    }

    @Test
    void a_server_that_lost_a_rotation_is_told_again() {
        round();
        SignedKey old = atServer();
        clock.forward(Duration.ofDays(28));
        round();
        server.signed = old;
        die();
        round();
        assertThat(atServer().id()).isEqualTo(2);
    }

    @Test
    void a_difference_that_an_upload_does_not_cure_costs_one_batch_a_day() {
        round();
        server.oneTime.put(9_999, first.keyPair().publicKey());
        for (int i = 0; i < 3; i++) {
            die();
            round();
        }
        assertThat(server.uploads).hasSize(2);
        clock.forward(Duration.ofHours(25));
        round();
        assertThat(server.uploads).hasSize(3);
        server.oneTime.remove(9_999);
    }

    @Test
    void a_key_that_is_used_up_while_we_compare_is_no_difference() {
        round();
        server.oneTime.put(9_999, first.keyPair().publicKey());
        die();
        server.onComparison = () -> server.oneTime.remove(9_999);
        round();
        assertThat(server.uploads).hasSize(1);
        assertThat(server.comparisons).isEqualTo(3);
    }

    @Test
    void a_new_link_begins_without_the_old_ones_keys_and_never_with_its_ids() {
        round();
        clock.forward(Duration.ofDays(28));
        round();
        LocalIdentity other = LocalIdentity.generate(random);
        SignedPreKey fresh = SignedPreKey.generate(1, other.identity(), random);
        DeviceBook book = new DeviceBook(store, clock);
        book.chain(Bytes.utf8("chain"));
        DeviceRow row = get(book.linked(other.identity().publicKey(), fresh));
        assertThat(row.getNextPreKeyId()).isEqualTo(21);
        assertThat(row.getServerChain()).isEmpty();
        assertThat(signedIds()).containsExactly(1);
        assertThat(get(store.loadSignedPreKey(1))).contains(fresh.encode());
        server.signed = null;
    }

    @Test
    void a_restored_store_supplies_the_server_at_once_and_goes_on_far_above_what_it_may_have_given() {
        round();
        Set<Integer> given = new HashSet<>(server.oneTime.keySet());
        // What the server was given after the backup was taken: nobody here can open it.
        incarnation = 28_500_000;
        die();
        round();
        assertThat(server.uploads).hasSize(2);
        assertThat(server.uploads.getLast().oneTimeKeys())
                .allMatch(key -> key.id() > 500_000 && !given.contains(key.id()));
        die();
        round();
        assertThat(server.uploads).as("supplied once").hasSize(2);
        incarnation++;
        Set<Integer> before = new HashSet<>(server.oneTime.keySet());
        die();
        round();
        assertThat(server.uploads).hasSize(3);
        int highest = before.stream().max(Integer::compare).orElseThrow();
        assertThat(server.uploads.getLast().oneTimeKeys()).allMatch(key -> key.id() > highest);
    }

    @Test
    void an_upload_of_a_restored_store_that_was_cut_is_made_up_for() {
        round();
        incarnation = 28_500_000;
        die();
        server.way = Way.QUESTION_LOST;
        assertThatThrownBy(this::round).hasCauseInstanceOf(LineException.class);
        die();
        round();
        assertThat(server.uploads).hasSize(2);
        assertThat(server.uploads.getLast().oneTimeKeys()).allMatch(key -> key.id() > 500_000);
    }
}
