package dev.waggle.signal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.DistributionMessage;
import dev.waggle.signal.ratchet.SkippedKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SenderKeyLimitsTest {
    private final SecureRandom random = new SecureRandom();
    private SenderKeyRecord own = SenderKeys.create(random);
    private SenderKeyRecord theirs =
            SenderKeys.process(null, SenderKeys.distribution(own).toArray());

    private byte[] send() {
        var sent = SenderKeys.encrypt(own, new byte[] {1, 2, 3}, random);
        own = sent.next();
        return sent.ciphertext().toArray();
    }

    private void reads(byte[] message) {
        assertThat(SenderKeys.decrypt(theirs, message)).isInstanceOfSatisfying(GroupOutcome.Plaintext.class, read -> {
            assertThat(read.plaintext()).isEqualTo(Bytes.of(new byte[] {1, 2, 3}));
            theirs = read.next();
        });
    }

    @Test
    void a_later_distribution_of_the_same_key_does_not_give_up_what_is_still_on_its_way() {
        byte[] late = send();
        reads(send());
        byte[] alsoLate = send();
        theirs = SenderKeys.process(theirs, SenderKeys.distribution(own).toArray());
        reads(late);
        reads(alsoLate);
        reads(send());
    }

    @Test
    void a_distribution_out_of_reach_of_the_chain_is_followed_and_skipped_keys_stay() {
        byte[] late = send();
        reads(send());
        for (int i = 0; i < SkippedKeys.MAX + 1; i++) {
            send();
        }
        byte[] later = SenderKeys.distribution(own).toArray();
        assertThat(SenderKeys.decrypt(theirs, send())).isInstanceOf(GroupOutcome.TooFarAhead.class);
        theirs = SenderKeys.process(theirs, later);
        reads(send());
        reads(late);
    }

    @Test
    void a_key_of_our_own_is_not_changed_by_what_others_hand_out() {
        send();
        byte[] foreign = SenderKeys.distribution(SenderKeys.create(random)).toArray();
        assertThat(SenderKeys.process(own, foreign)).isEqualTo(own);
        byte[] ahead = new DistributionMessage(
                        own.keyId(), 500, Bytes.wrap(new byte[32]), own.newest().signingPublic())
                .encode()
                .toArray();
        assertThat(SenderKeys.process(own, ahead)).isEqualTo(own);
        reads(send());
    }

    @Test
    void an_iteration_at_the_end_of_the_numbers_is_refused_without_a_crash() {
        var signing = KeyPair.generate(random);
        int last = Integer.MAX_VALUE;
        assertThatThrownBy(() -> SenderKeys.process(null, distribution(signing, last)))
                .isInstanceOf(SignalException.class);
        theirs = SenderKeys.process(null, distribution(signing, last - 1));
        var sender = new SenderKeyRecord(List.of(new SenderKeyState(
                7,
                Bytes.wrap(new byte[32]),
                last - 1,
                signing.publicKey(),
                signing.privateKey(),
                last,
                SkippedKeys.NONE)));
        assertThatThrownBy(() -> SenderKeys.encrypt(sender, new byte[1], random))
                .isInstanceOf(SignalException.class);
        assertThat(SenderKeyRecord.parse(theirs.encode().toArray())).isEqualTo(theirs);
    }

    private static byte[] distribution(KeyPair signing, int iteration) {
        return new DistributionMessage(7, iteration, Bytes.wrap(new byte[32]), signing.publicKey())
                .encode()
                .toArray();
    }

    @Test
    void two_thousand_passed_over_are_kept_and_the_oldest_go_first() {
        List<byte[]> passed = new ArrayList<>();
        for (int i = 0; i < SkippedKeys.MAX; i++) {
            passed.add(send());
        }
        reads(send());
        byte[] one = send();
        reads(send());
        assertThat(SenderKeys.decrypt(theirs, passed.getFirst())).isEqualTo(new GroupOutcome.Duplicate(0));
        reads(passed.get(1));
        reads(passed.getLast());
        reads(one);
        assertThat(SenderKeyRecord.parse(theirs.encode().toArray())).isEqualTo(theirs);
    }

    @Test
    void a_parked_key_goes_on_without_a_gap_and_a_crashed_one_at_the_ceiling() {
        send();
        assertThat(own.covered()).isTrue();
        assertThat(SenderKeyRecord.parse(own.encode().toArray()).resume().iteration())
                .isEqualTo(64);
        var parked = SenderKeyRecord.parse(own.parked().encode().toArray()).resume();
        assertThat(parked.iteration()).isEqualTo(1);
        assertThat(parked.covered()).isFalse();
        assertThat(SenderKeys.encrypt(parked, new byte[1], random).mustStoreFirst())
                .isTrue();
    }

    @Test
    void out_of_a_backup_our_own_key_is_gone_and_those_of_others_stay() {
        assertThat(own.droppedSendingChains()).isEmpty();
        assertThat(theirs.droppedSendingChains()).contains(theirs);
        assertThat(SenderKeyRecord.load(own.encode(5).toArray(), 5)).contains(own.resume());
        assertThat(SenderKeyRecord.load(own.encode(5).toArray(), 6)).isEmpty();
        assertThat(SenderKeyRecord.load(own.encode().toArray(), 6)).isEmpty();
        assertThat(SenderKeyRecord.load(theirs.encode(5).toArray(), 6)).contains(theirs);
        assertThat(own.canSend()).isTrue();
        assertThat(theirs.canSend()).isFalse();
        assertThatThrownBy(() -> SenderKeys.encrypt(theirs, new byte[1], random))
                .isInstanceOf(SignalException.class);
    }
}
