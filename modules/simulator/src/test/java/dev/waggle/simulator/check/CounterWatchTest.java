package dev.waggle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.check.CounterWatch.Sighting;
import dev.waggle.wire.node.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CounterWatchTest {
    private final Town town = new Town();
    private final Bytes chain = town.random(32);

    private CipherHeader.Ratchet ratchet(Bytes bytes) {
        return (CipherHeader.Ratchet) CipherHeader.read("msg", bytes);
    }

    @Test
    void the_same_counter_with_other_bytes_is_a_reuse() {
        CounterWatch watch = new CounterWatch(100);
        Jid ann = town.annWeb.pn();
        Jid bob = town.bobPhone.pn();
        CipherHeader.Ratchet first = ratchet(town.ratchet(chain, 5));

        assertThat(watch.ratchet(ann, bob, first)).isEqualTo(Sighting.FIRST);
        assertThat(watch.ratchet(ann, bob, first)).isEqualTo(Sighting.COPY);
        assertThat(watch.ratchet(ann, bob, ratchet(town.ratchet(chain, 6)))).isEqualTo(Sighting.FIRST);
        assertThat(watch.ratchet(ann, bob, ratchet(town.ratchet(chain, 5)))).isEqualTo(Sighting.REUSED);
        assertThat(watch.ratchet(bob, ann, ratchet(town.ratchet(chain, 5)))).isEqualTo(Sighting.FIRST);
    }

    @Test
    void a_sender_key_iteration_with_other_bytes_is_a_reuse_but_not_with_another_signature() {
        CounterWatch watch = new CounterWatch(100);
        Jid group = town.group.id();
        var first = (CipherHeader.Group) CipherHeader.read("skmsg", town.grouped(9, 3));
        var other = (CipherHeader.Group) CipherHeader.read("skmsg", town.grouped(9, 3));

        assertThat(watch.group(town.annWeb.pn(), group, first)).isEqualTo(Sighting.FIRST);
        assertThat(watch.group(town.annWeb.pn(), group, first)).isEqualTo(Sighting.COPY);
        assertThat(watch.group(town.annWeb.pn(), group, other)).isEqualTo(Sighting.REUSED);
    }

    @Test
    void a_reused_counter_of_a_client_stands_in_the_report() {
        Bytes one = town.ratchet(chain, 1);
        send(one);
        send(one);
        assertThat(town.report.snapshot().reusedCounters()).isEmpty();
        assertThat(town.report.snapshot().counters()).containsEntry("ciphertextCopies", 1L);

        send(town.ratchet(chain, 1));
        assertThat(town.report.snapshot().reusedCounters()).singleElement().satisfies(reuse -> {
            assertThat(reuse.counter()).isEqualTo(1);
            assertThat(reuse.device()).isEqualTo(town.annWeb.pn().toString());
        });
    }

    private void send(Bytes ratchet) {
        Node copy = Town.copy(town.bob.lid(), Town.enc("msg", ratchet));
        assertThat(town.broken(town.annWeb, Town.message(town.bob.lid(), Town.participants(copy))))
                .isEmpty();
    }

    @Test
    void the_inner_message_of_a_pkmsg_counts_like_a_msg() {
        Bytes inner = town.ratchet(chain, 2);
        Node opening = Town.copy(town.bob.lid(), Town.enc("pkmsg", town.opening(town.annWeb, inner)));
        town.inspector.stanza(
                town.annWeb, Town.message(town.bob.lid(), Town.participants(opening), town.identityNode()));

        send(town.ratchet(chain, 2));

        assertThat(town.report.snapshot().reusedCounters()).hasSize(1);
    }

    @Test
    void counters_that_were_forgotten_stand_in_the_report() {
        for (int counter = 0; counter < 1_600; counter++) {
            send(town.ratchet(chain, counter));
        }

        assertThat(town.inspector.countersForgotten()).isPositive();
        assertThat(town.report.snapshot().counters())
                .containsEntry("countersForgotten", town.inspector.countersForgotten());
    }

    @Test
    void memory_is_bounded_and_says_so() {
        LongTable table = new LongTable(1_000);
        for (long key = 1; key <= 10_000; key++) {
            table.putIfAbsent(key, key);
        }

        assertThat(table.has(10_000)).isTrue();
        assertThat(table.has(9_600)).isTrue();
        assertThat(table.has(1)).isFalse();
        assertThat(table.forgotten()).isEqualTo(9_000);
    }

    @Test
    void the_table_agrees_with_a_map() {
        LongTable table = new LongTable(100_000);
        Map<Long, Long> map = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextLong(15_000) + 1;
            long value = random.nextLong(1_000) + 1;
            Long known = map.putIfAbsent(key, value);
            assertThat(table.putIfAbsent(key, value)).isEqualTo(known == null ? 0 : known);
        }
        assertThat(table.forgotten()).isZero();
    }
}
