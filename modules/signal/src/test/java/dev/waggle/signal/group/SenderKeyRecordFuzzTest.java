package dev.waggle.signal.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.Mutations;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever was stored or sent, it can be used, or there is the one exception or an outcome.
class SenderKeyRecordFuzzTest {
    private final SecureRandom random = new SecureRandom();

    @FuzzTest
    void a_stored_sender_key_or_the_named_fault(byte[] data) {
        used(data);
    }

    @FuzzTest
    void a_group_message_always_has_an_outcome(byte[] data) {
        var own = SenderKeys.create(random);
        var theirs = SenderKeys.process(null, SenderKeys.distribution(own).toArray());
        assertThat(SenderKeys.decrypt(theirs, data)).isNotInstanceOf(GroupOutcome.Plaintext.class);
    }

    @Test
    void a_damaged_record_is_refused_by_name_or_can_be_used_without_a_crash() {
        var own = SenderKeys.create(random);
        var theirs = SenderKeys.process(null, SenderKeys.distribution(own).toArray());
        own = SenderKeys.encrypt(own, new byte[4], random).next();
        var sent = SenderKeys.encrypt(own, new byte[4], random);
        theirs = ((GroupOutcome.Plaintext)
                        SenderKeys.decrypt(theirs, sent.ciphertext().toArray()))
                .next();
        assertThat(SenderKeyRecord.parse(own.encode().toArray())).isEqualTo(own);
        assertThat(SenderKeyRecord.parse(theirs.encode().toArray())).isEqualTo(theirs);
        var dice = new Random(9);
        for (int i = 0; i < 2_000; i++) {
            used(Mutations.of(own.encode().toArray(), dice));
            used(Mutations.of(theirs.encode().toArray(), dice));
            assertThat(SenderKeys.decrypt(theirs, Mutations.of(sent.ciphertext().toArray(), dice)))
                    .isNotInstanceOf(GroupOutcome.Plaintext.class);
        }
    }

    private void used(byte[] stored) {
        try {
            var record = SenderKeyRecord.parse(stored).resume();
            assertThat(SenderKeyRecord.parse(record.encode().toArray())).isEqualTo(record);
            assertThat(record.parked().keyId()).isEqualTo(record.keyId());
            if (record.canSend()) {
                SenderKeys.encrypt(record, new byte[4], random);
            }
        } catch (SignalException named) {
            assertThat(named).hasMessageContaining("expected");
        }
    }
}
