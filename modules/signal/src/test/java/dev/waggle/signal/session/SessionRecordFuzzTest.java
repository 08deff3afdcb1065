package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.Mutations;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.SignedPreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever was stored, it is a record that can be used, or the one exception.
class SessionRecordFuzzTest {
    private final Party alice = new Party();
    private final Party bob = new Party();

    @FuzzTest
    void a_stored_session_or_the_named_fault(byte[] data) {
        try {
            var record = SessionRecord.parse(data);
            assertThat(SessionRecord.parse(record.encode().toArray())).isEqualTo(record);
        } catch (SignalException named) {
            assertThat(named).hasMessageContaining("expected");
        }
    }

    @FuzzTest
    void a_stored_pre_key_or_the_named_fault(byte[] data) {
        try {
            assertThat(PreKey.parse(PreKey.parse(data).encode().toArray())).isEqualTo(PreKey.parse(data));
        } catch (SignalException named) {
            assertThat(named).hasMessageContaining("expected");
        }
    }

    @FuzzTest
    void a_stored_signed_pre_key_or_the_named_fault(byte[] data) {
        try {
            assertThat(SignedPreKey.parse(data).encode()).isNotNull();
        } catch (SignalException named) {
            assertThat(named).hasMessageContaining("expected");
        }
    }

    @Test
    void records_of_every_kind_come_back_as_they_were() {
        for (var record : records()) {
            assertThat(SessionRecord.parse(record.encode().toArray())).isEqualTo(record);
        }
        assertThat(PreKey.parse(bob.oneTime.encode().toArray())).isEqualTo(bob.oneTime);
        assertThat(SignedPreKey.parse(bob.signed.encode().toArray())).isEqualTo(bob.signed);
    }

    @Test
    void a_damaged_record_is_refused_by_name_or_can_be_used_without_a_crash() {
        var dice = new Random(5);
        for (var record : records()) {
            for (int i = 0; i < 1_500; i++) {
                used(Mutations.of(record.encode().toArray(), dice));
            }
        }
    }

    private void used(byte[] stored) {
        try {
            alice.record = SessionRecord.parse(stored).resume();
            assertThat(SessionRecord.parse(alice.live().encode().toArray())).isEqualTo(alice.live());
            alice.live().parked();
            if (alice.live().hasSession()) {
                alice.send("text");
            }
        } catch (SignalException named) {
            assertThat(named).hasMessageContaining("expected");
        }
    }

    private List<SessionRecord> records() {
        var records = new ArrayList<SessionRecord>();
        alice.record = null;
        bob.record = null;
        alice.start(bob.bundle());
        records.add(alice.live());
        bob.reads(alice.send("hello"), "hello");
        records.add(alice.live());
        records.add(bob.live());
        alice.send("lost");
        bob.reads(alice.send("after a gap"), "after a gap");
        records.add(bob.live());
        records.add(bob.live().droppedSendingChains());
        records.add(bob.live().withCurrentArchived());
        bob.start(alice.bundle());
        records.add(bob.live());
        return records;
    }
}
