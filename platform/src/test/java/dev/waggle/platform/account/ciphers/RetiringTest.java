package dev.waggle.platform.account.ciphers;

import static dev.waggle.platform.account.ciphers.Side.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.GroupCiphertext;
import dev.waggle.platform.port.Encryption.Kind;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// More remote users and groups than may be alive: who is asked longest ago retires, and nothing shows it.
class RetiringTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final int PEERS = 6;
    private final Side alice = new Side(KIT, "100000000000001");
    private final List<Side> peers = IntStream.range(0, PEERS)
            .mapToObj(i -> new Side(KIT, "20000000000000" + i))
            .toList();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private void begin(int users, int groups, Duration idle) {
        alice.limits = new Ciphers.Limits(users, groups, idle);
        alice.die();
        peers.forEach(peer -> {
            assertThat(get(alice.encryption.install(Map.of(peer.jid, peer.bundle()))))
                    .containsExactly(peer.jid);
            peer.encryption.settle(List.of(peer.reads(alice, alice.seal(peer, "hello"), "hello")));
            alice.encryption.settle(List.of(alice.reads(peer, peer.seal(alice, "hi"), "hi")));
        });
    }

    private boolean parked(Side peer) {
        Bytes stored = alice.storedSession(peer);
        return stored != null
                && !dev.waggle.signal.session.SessionRecord.parse(stored.toArray())
                        .covered();
    }

    private void eventually(Runnable assertion) {
        TestProbe<Object> probe = KIT.createTestProbe();
        probe.awaitAssert(Duration.ofSeconds(20), () -> {
            assertion.run();
            return 0;
        });
    }

    /// Seals and opens of all peers at once, each of them chasing the one before out of memory.
    @Test
    void what_is_sealed_and_opened_while_ciphers_come_and_go_is_whole_and_in_order() {
        begin(1, 1, Duration.ofHours(1));
        Random dice = new Random(7);
        List<List<CompletionStage<List<ForDevice>>>> out = new ArrayList<>();
        Map<Integer, List<CompletionStage<Opened>>> in = new HashMap<>();
        peers.forEach(peer -> out.add(new ArrayList<>()));
        int[] said = new int[PEERS];
        for (int i = 0; i < 600; i++) {
            int at = dice.nextInt(PEERS);
            Side peer = peers.get(at);
            int turn = out.get(at).size();
            out.get(at).add(alice.encryption.seal(List.of(peer.jid), Bytes.utf8("a" + turn)));
            if (dice.nextInt(4) == 0) {
                ForDevice.Ciphertext message = peer.seal(alice, "p" + said[at]++);
                in.computeIfAbsent(at, _ -> new ArrayList<>()).add(settled(peer, message));
            }
        }
        in.forEach((at, opened) -> {
            for (int i = 0; i < opened.size(); i++) {
                assertThat(((Opened.Plain) get(opened.get(i))).plaintext()).isEqualTo(Bytes.utf8("p" + i));
            }
        });
        for (int at = 0; at < PEERS; at++) {
            Side peer = peers.get(at);
            for (int i = 0; i < out.get(at).size(); i++) {
                var message = (ForDevice.Ciphertext) get(out.get(at).get(i)).getFirst();
                peer.encryption.settle(List.of(peer.reads(alice, message, "a" + i)));
            }
        }
    }

    private CompletionStage<Opened> settled(Side peer, ForDevice.Ciphertext message) {
        Kind kind = message.preKey() ? Kind.PRE_KEY : Kind.WHISPER;
        return alice.encryption
                .open(new Sealed(peer.jid, kind, message.bytes(), null))
                .whenComplete((opened, _) -> {
                    if (opened instanceof Opened.Plain(var token, var _)) {
                        alice.encryption.settle(List.of(token));
                    }
                });
    }

    @Test
    void the_one_asked_longest_ago_gives_its_counters_back() {
        begin(PEERS, 1, Duration.ofHours(1));
        assertThat(parked(peers.getFirst())).isFalse();
        get(alice.encryption.seal(List.of(Jid.lid("9")), Bytes.utf8("x")));
        eventually(() -> assertThat(parked(peers.getFirst())).isTrue());
        assertThat(peers.stream().skip(1)).noneMatch(this::parked);
        var _ = peers.getFirst().reads(alice, alice.seal(peers.getFirst(), "again"), "again");
    }

    @Test
    void whoever_is_not_asked_for_long_retires_too() {
        begin(PEERS, 1, Duration.ofMillis(50));
        eventually(() -> assertThat(peers).allMatch(this::parked));
        peers.forEach(peer -> peer.reads(alice, alice.seal(peer, "again"), "again"));
    }

    @Test
    void a_record_that_waits_for_the_journal_does_not_leave_memory_and_is_not_stored() {
        begin(2, 1, Duration.ofHours(1));
        Side bob = peers.getFirst();
        Bytes before = alice.storedSession(bob);
        ForDevice.Ciphertext message = bob.seal(alice, "unjournaled");
        long token = alice.reads(bob, message, "unjournaled");
        Bytes kept = alice.storedSession(bob);
        for (int i = 1; i < PEERS; i++) {
            peers.get(i).reads(alice, alice.seal(peers.get(i), "next"), "next");
        }
        // It was told to retire by now, and answers in turn.
        assertThat(alice.open(bob, message)).isInstanceOf(Opened.Duplicate.class);
        assertThat(alice.storedSession(bob)).isEqualTo(kept);
        assertThat(before).isNotNull();
        alice.encryption.settle(List.of(token));
        eventually(() -> assertThat(alice.storedSession(bob)).isNotEqualTo(kept));
    }

    @Test
    void a_store_that_fails_keeps_them_in_memory_and_the_next_seal_stores_first() {
        begin(1, 1, Duration.ofHours(1));
        Side bob = peers.getFirst();
        bob.reads(alice, alice.seal(bob, "one"), "one");
        alice.provider.faults().failWrites(StoreException.Code.STORAGE_UNAVAILABLE);
        get(alice.encryption.seal(List.of(Jid.lid("9")), Bytes.utf8("x")));
        CompletionStage<List<ForDevice>> refused = alice.encryption.seal(List.of(bob.jid), Bytes.utf8("two"));
        assertThat(failure(refused)).isInstanceOf(StoreException.class);
        alice.provider.faults().healWrites();
        bob.reads(alice, alice.seal(bob, "two"), "two");
        alice.die();
        bob.reads(alice, alice.seal(bob, "three"), "three");
    }

    private static Throwable failure(CompletionStage<?> stage) {
        CompletableFuture<Throwable> why = new CompletableFuture<>();
        var _ = stage.whenComplete(
                (_, failure) -> why.complete(failure == null ? new AssertionError("it did not fail") : failure));
        Throwable failure = get(why);
        return failure.getCause() == null ? failure : failure.getCause();
    }

    @Test
    void a_farewell_reaches_also_those_that_retire() {
        begin(1, 1, Duration.ofHours(1));
        peers.forEach(peer -> {
            var _ = alice.encryption.seal(List.of(peer.jid), Bytes.utf8("last"));
        });
        CompletableFuture<Done> farewell = new CompletableFuture<>();
        alice.ciphers.tell(new Ciphers.Park(farewell));
        get(farewell);
        assertThat(peers).allMatch(this::parked);
    }

    @Test
    void groups_come_and_go_as_users_do_and_what_was_learned_stays() {
        begin(1, 1, Duration.ofHours(1));
        Side bob = peers.getFirst();
        List<GroupCiphertext> said = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            for (int g = 0; g < 4; g++) {
                Jid group = Jid.group("12036300000000000" + g);
                GroupCiphertext sent = get(alice.encryption.sealForGroup(group, alice.jid, Bytes.utf8("g" + turn)));
                get(bob.encryption.learnSenderKey(group, alice.jid, sent.distribution()));
                said.add(sent);
                Opened opened = get(bob.encryption.open(new Sealed(alice.jid, Kind.SENDER_KEY, sent.bytes(), group)));
                assertThat(((Opened.Plain) opened).plaintext()).isEqualTo(Bytes.utf8("g" + turn));
                // And what others say in them, with a key that nobody has stored yet.
                GroupCiphertext theirs = get(bob.encryption.sealForGroup(group, bob.jid, Bytes.utf8("b" + turn)));
                get(alice.encryption.learnSenderKey(group, bob.jid, theirs.distribution()));
                get(alice.encryption.sealForGroup(Jid.group("120363000000000009"), alice.jid, Bytes.utf8("away")));
                Opened heard = get(alice.encryption.open(new Sealed(bob.jid, Kind.SENDER_KEY, theirs.bytes(), group)));
                assertThat(((Opened.Plain) heard).plaintext()).isEqualTo(Bytes.utf8("b" + turn));
                alice.encryption.settle(List.of(((Opened.Plain) heard).token()));
            }
        }
        assertThat(said).extracting(GroupCiphertext::bytes).doesNotHaveDuplicates();
    }
}
