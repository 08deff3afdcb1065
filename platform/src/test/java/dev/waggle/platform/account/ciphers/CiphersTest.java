package dev.waggle.platform.account.ciphers;

import static dev.waggle.platform.account.ciphers.Side.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.Kind;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.storage.StoreException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Rule D3, at the actors that keep it.
class CiphersTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Jid GROUP = Jid.group("120363000000000001");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private final Side alice = new Side(KIT, "100000000000001");
    private final Side bob = new Side(KIT, "100000000000002");

    private void meet() {
        assertThat(get(alice.encryption.install(Map.of(bob.jid, bob.bundle())))).containsExactly(bob.jid);
        bob.encryption.settle(List.of(bob.reads(alice, alice.seal(bob, "hello"), "hello")));
        alice.encryption.settle(List.of(alice.reads(bob, bob.seal(alice, "hi"), "hi")));
    }

    @Test
    void a_device_without_session_is_named() {
        assertThat(get(alice.encryption.seal(List.of(bob.jid), Bytes.utf8("x"))))
                .containsExactly(new ForDevice.NoSession(bob.jid));
    }

    @Test
    void the_first_ciphertext_of_a_chain_leaves_only_when_its_record_is_stored() {
        get(alice.encryption.install(Map.of(bob.jid, bob.bundle())));
        assertThat(alice.storedSession(bob)).isNull();
        alice.seal(bob, "hello");
        Bytes stored = alice.storedSession(bob);
        assertThat(stored).isNotNull();
    }

    @Test
    void a_store_that_fails_keeps_the_ciphertext_and_the_counter() {
        get(alice.encryption.install(Map.of(bob.jid, bob.bundle())));
        alice.provider.faults().failWrites(StoreException.Code.STORAGE_UNAVAILABLE);
        assertThatThrownBy(() -> alice.seal(bob, "lost")).isInstanceOf(StoreException.class);
        alice.provider.faults().healWrites();
        bob.reads(alice, alice.seal(bob, "hello"), "hello");
    }

    @Test
    void what_a_message_consumed_is_not_stored_before_the_message_is_journaled() {
        get(alice.encryption.install(Map.of(bob.jid, bob.bundle())));
        long token = bob.reads(alice, alice.seal(bob, "hello"), "hello");
        CompletionStage<List<ForDevice>> reply = bob.encryption.seal(List.of(alice.jid), Bytes.utf8("hi"));
        // A question to the same cipher that is answered at once shows that the seal had its chance.
        get(bob.encryption.seal(List.of(Jid.lid("9")), Bytes.utf8("x")));
        assertThat(reply.toCompletableFuture()).isNotDone();
        assertThat(bob.storedSession(alice)).isNull();
        assertThat(get(bob.store.loadPreKey(7))).isPresent();

        bob.encryption.settle(List.of(token));
        get(reply);
        assertThat(bob.storedSession(alice)).isNotNull();
        assertThat(get(bob.store.loadPreKey(7))).isEmpty();
    }

    @Test
    void a_message_that_was_opened_but_not_journaled_opens_again_after_a_crash() {
        get(alice.encryption.install(Map.of(bob.jid, bob.bundle())));
        ForDevice.Ciphertext hello = alice.seal(bob, "hello");
        bob.reads(alice, hello, "hello");
        bob.die();
        bob.reads(alice, hello, "hello");
    }

    @Test
    void a_crash_of_the_sender_passes_over_counters_and_repeats_none() {
        meet();
        for (int i = 0; i < 5; i++) {
            bob.encryption.settle(List.of(bob.reads(alice, alice.seal(bob, "a" + i), "a" + i)));
        }
        var before = position(alice);
        alice.die();
        ForDevice.Ciphertext next = alice.seal(bob, "after");
        bob.reads(alice, next, "after");
        assertThat(position(alice)).isGreaterThan(before);
    }

    private int position(Side side) {
        Side other = side == alice ? bob : alice;
        Bytes stored = side.storedSession(other);
        return SessionRecord.parse(stored == null ? new byte[0] : stored.toArray())
                .resume()
                .sendingPosition()
                .orElseThrow()
                .counter();
    }

    @Test
    void in_a_new_incarnation_of_the_store_nothing_is_sealed_under_what_another_one_wrote() {
        meet();
        int before = get(alice.encryption.sealForGroup(GROUP, alice.jid, Bytes.utf8("1")))
                .keyId();
        ForDevice.Ciphertext late = bob.seal(alice, "late");
        alice.incarnation = 5;
        alice.die();
        assertThat(get(alice.encryption.seal(List.of(bob.jid), Bytes.utf8("x"))))
                .containsExactly(new ForDevice.NoSession(bob.jid));
        assertThat(get(alice.encryption.sealForGroup(GROUP, alice.jid, Bytes.utf8("2")))
                        .keyId())
                .isNotEqualTo(before);
        alice.encryption.settle(List.of(alice.reads(bob, late, "late")));
        // What this incarnation wrote is its own after a crash.
        int own = get(alice.encryption.sealForGroup(GROUP, alice.jid, Bytes.utf8("3")))
                .keyId();
        alice.die();
        assertThat(get(alice.encryption.sealForGroup(GROUP, alice.jid, Bytes.utf8("4")))
                        .keyId())
                .isEqualTo(own);
    }

    @Test
    void an_orderly_farewell_passes_over_nothing() {
        meet();
        var parked = new java.util.concurrent.CompletableFuture<org.apache.pekko.Done>();
        alice.ciphers.tell(new Ciphers.Park(parked));
        get(parked);
        assertThat(SessionRecord.parse(java.util.Objects.requireNonNull(alice.storedSession(bob))
                                .toArray())
                        .covered())
                .isFalse();
        alice.die();
        bob.reads(alice, alice.seal(bob, "after"), "after");
    }

    @Test
    void the_same_ciphertext_twice_is_a_duplicate() {
        meet();
        ForDevice.Ciphertext message = alice.seal(bob, "once");
        bob.reads(alice, message, "once");
        assertThat(bob.open(alice, message)).isInstanceOf(Opened.Duplicate.class);
    }

    @Test
    void a_group_message_is_read_with_the_distributed_key_and_not_without() {
        var sent = get(alice.encryption.sealForGroup(GROUP, alice.jid, Bytes.utf8("all")));
        Sealed sealed = new Sealed(alice.jid, Kind.SENDER_KEY, sent.bytes(), GROUP);
        assertThat(get(bob.encryption.open(sealed))).isInstanceOf(Opened.Failed.class);
        get(bob.encryption.learnSenderKey(GROUP, alice.jid, sent.distribution()));
        assertThat(get(bob.encryption.open(sealed)))
                .isInstanceOfSatisfying(
                        Opened.Plain.class,
                        plain -> assertThat(plain.plaintext()).isEqualTo(Bytes.utf8("all")));
    }

    @Test
    void a_rotated_sender_key_has_another_id() {
        int before = get(alice.encryption.sealForGroup(GROUP, alice.jid, Bytes.utf8("1")))
                .keyId();
        get(alice.encryption.rotateSenderKey(GROUP, alice.jid));
        assertThat(get(alice.encryption.sealForGroup(GROUP, alice.jid, Bytes.utf8("2")))
                        .keyId())
                .isNotEqualTo(before);
    }
}
