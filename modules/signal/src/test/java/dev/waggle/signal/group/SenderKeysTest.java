package dev.waggle.signal.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SenderKeysTest {
    private final SecureRandom random = new SecureRandom();
    private SenderKeyRecord own = SenderKeys.create(random);
    private SenderKeyRecord theirs =
            SenderKeys.process(null, SenderKeys.distribution(own).toArray());

    private byte[] send(String text) {
        var sent = SenderKeys.encrypt(own, text.getBytes(StandardCharsets.UTF_8), random);
        own = sent.next();
        return sent.ciphertext().toArray();
    }

    private GroupOutcome receive(byte[] message) {
        GroupOutcome outcome = SenderKeys.decrypt(theirs, message);
        if (outcome instanceof GroupOutcome.Plaintext(var next, var _)) {
            theirs = SenderKeyRecord.parse(next.encode().toArray()).resume();
        }
        return outcome;
    }

    private void reads(byte[] message, String text) {
        assertThat(receive(message))
                .isInstanceOfSatisfying(
                        GroupOutcome.Plaintext.class,
                        read -> assertThat(read.plaintext()).isEqualTo(Bytes.utf8(text)));
    }

    @Test
    void messages_are_read_in_any_order_and_each_once() {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(send("m" + i));
        }
        for (int i : new int[] {3, 0, 19, 7, 1}) {
            reads(sent.get(i), "m" + i);
            assertThat(receive(sent.get(i))).isEqualTo(new GroupOutcome.Duplicate(i));
        }
    }

    @Test
    void who_gets_the_key_later_reads_from_there_on() {
        byte[] before = send("before");
        theirs = SenderKeys.process(null, SenderKeys.distribution(own).toArray());
        assertThat(receive(before)).isInstanceOf(GroupOutcome.Duplicate.class);
        reads(send("after"), "after");
    }

    @Test
    void an_older_distribution_does_not_turn_the_chain_back() {
        Bytes distribution = SenderKeys.distribution(own);
        byte[] first = send("first");
        reads(first, "first");
        theirs = SenderKeys.process(theirs, distribution.toArray());
        assertThat(receive(first)).isInstanceOf(GroupOutcome.Duplicate.class);
    }

    @Test
    void five_keys_are_kept_and_the_sixth_pushes_the_oldest_out() {
        byte[] first = send("first");
        for (int i = 0; i < 5; i++) {
            own = SenderKeys.create(random);
            theirs = SenderKeys.process(theirs, SenderKeys.distribution(own).toArray());
        }
        assertThat(receive(first)).isInstanceOf(GroupOutcome.NoSenderKey.class);
        reads(send("now"), "now");
    }

    @Test
    void a_changed_byte_anywhere_is_never_read() {
        byte[] message = send("text");
        for (int i = 0; i < message.length; i++) {
            byte[] changed = message.clone();
            changed[i] ^= 1;
            assertThat(SenderKeys.decrypt(theirs, changed)).isNotInstanceOf(GroupOutcome.Plaintext.class);
        }
    }

    @Test
    void too_far_ahead_is_refused_and_changes_nothing() {
        for (int i = 0; i < 2_001; i++) {
            send("lost");
        }
        assertThat(receive(send("far"))).isEqualTo(new GroupOutcome.TooFarAhead(2_001));
    }

    @Test
    void no_iteration_is_ever_used_twice_whenever_the_process_dies() {
        Random dice = new Random(7);
        Bytes stored = own.encode();
        Map<String, Bytes> used = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            if (dice.nextInt(40) == 0) {
                own = SenderKeyRecord.parse(stored.toArray()).resume();
            }
            int iteration = own.iteration();
            var sent = SenderKeys.encrypt(own, ("m" + i).getBytes(StandardCharsets.UTF_8), random);
            own = sent.next();
            if (sent.mustStoreFirst() || dice.nextInt(30) == 0) {
                stored = own.encode();
            }
            assertThat(used.put(own.keyId() + ":" + iteration, sent.ciphertext()))
                    .as("iteration %s", iteration)
                    .isNull();
        }
    }

    @Test
    void without_the_ceiling_the_check_above_would_catch_a_reuse() {
        Bytes stored = own.encode();
        int first = own.iteration();
        send("one");
        own = SenderKeyRecord.parse(stored.toArray());
        assertThat(own.iteration()).isEqualTo(first);
    }
}
