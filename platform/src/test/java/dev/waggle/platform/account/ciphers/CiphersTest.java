package dev.waggle.platform.account.ciphers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.Kind;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.storage.Backend;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.transport.runtime.ThreadRuntime;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Rule D3, at the actors that keep it.
class CiphersTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Jid GROUP = Jid.group("120363000000000001");
    private final SecureRandom random = new SecureRandom();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /// One account with its ciphers over a memory store.
    private final class Side {
        final Jid jid;
        final LocalIdentity local = LocalIdentity.generate(random);
        final SignedPreKey signed = SignedPreKey.generate(1, local.identity(), random);
        final PreKey oneTime = PreKey.generate(7, random);
        final MemoryProvider provider = new MemoryProvider();
        final Backend store = get(provider.open(new AccountId("side")));
        ActorRef<Ciphers.Command> ciphers;
        long incarnation;
        Encryption encryption;

        Side(String lid) {
            jid = Jid.lid(lid).withDevice(3);
            get(store.putSignedPreKey(signed.id(), signed.encode()));
            get(store.putPreKeys(List.of(new PreKeyRow(oneTime.id(), oneTime.encode(), true))));
            ciphers = KIT.spawn(Ciphers.create(local, store, incarnation, random, point -> {}));
            encryption = Ciphers.port(ciphers, new ThreadRuntime(1_000));
        }

        /// As after kill -9: only the store is left.
        void die() {
            KIT.stop(ciphers);
            ciphers = KIT.spawn(Ciphers.create(local, store, incarnation, random, point -> {}));
            encryption = Ciphers.port(ciphers, new ThreadRuntime(1_000));
        }

        PreKeyBundle bundle() {
            return new PreKeyBundle(
                    local.registrationId(),
                    local.identity().publicKey(),
                    signed.id(),
                    signed.keyPair().publicKey(),
                    signed.signature(),
                    OptionalInt.of(oneTime.id()),
                    oneTime.keyPair().publicKey());
        }

        ForDevice.Ciphertext seal(Side to, String text) {
            return (ForDevice.Ciphertext)
                    get(encryption.seal(List.of(to.jid), Bytes.utf8(text))).getFirst();
        }

        Opened open(Side from, ForDevice.Ciphertext message) {
            Kind kind = message.preKey() ? Kind.PRE_KEY : Kind.WHISPER;
            return get(encryption.open(new Sealed(from.jid, kind, message.bytes(), null)));
        }

        long reads(Side from, ForDevice.Ciphertext message, String text) {
            Opened.Plain plain = (Opened.Plain) open(from, message);
            assertThat(plain.plaintext()).isEqualTo(Bytes.utf8(text));
            return plain.token();
        }

        @Nullable
        Bytes storedSession(Side with) {
            return get(store.loadSession(DeviceAddress.of(with.jid))).orElse(null);
        }
    }

    private final Side alice = new Side("100000000000001");
    private final Side bob = new Side("100000000000002");

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

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
