package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.golden.GoldenFile;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.signal.ratchet.SkippedKeys;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What was ever stored of a session can be read, and means the same.
class SessionGoldenTest {
    private static final KeyPair RATCHET = KeyPair.of(GoldenFile.key(0x11));

    @Test
    void a_session_in_use_with_three_kinds_of_earlier_ones() {
        var open = new Sending.Open(RATCHET, key(0x12), 70, 128, 6);
        var unanswered = new SessionState.Unanswered(OptionalInt.of(16_777_215), 3);
        var current = state(open, List.of(chain(0x21, SkippedKeys.NONE), chain(0x23, gap())), unanswered);
        var bare = new SessionState.Unanswered(OptionalInt.empty(), 4);
        var archived = List.of(
                state(new Sending.Due(key(0x31), key(0x32), 2_147_483_647), List.of(), null),
                state(new Sending.Closed(key(0x33), 9), List.of(chain(0x24, SkippedKeys.NONE)), null),
                state(new Sending.Open(RATCHET, key(0x34), 0, 0, 0), List.of(), bare));
        same("session", new SessionRecord(key(0x01), 16_380, current, archived));
    }

    @Test
    void a_record_without_a_session_in_use() {
        var closed = state(new Sending.Closed(key(0x33), 0), List.of(), null);
        same("session-without-current", new SessionRecord(key(0x01), 1, null, List.of(closed)));
    }

    @Test
    void a_record_of_a_store_that_was_restored() {
        byte[] stored = GoldenFile.read("session-restored");
        var expected = new SessionRecord(
                key(0x01), 1, null, List.of(state(new Sending.Closed(key(0x33), 0), List.of(), null)));
        assertThat(SessionRecord.load(stored, 28_500_000)).isEqualTo(expected);
        assertThat(expected.encode(28_500_000).toArray()).isEqualTo(stored);
    }

    @Test
    void pre_keys() {
        var oneTime = new PreKey(16_777_214, KeyPair.of(key(0x41)));
        assertThat(PreKey.parse(GoldenFile.read("pre-key")))
                .as("written today: %s", oneTime.encode().toHex())
                .isEqualTo(oneTime);
        assertThat(oneTime.encode().toArray()).isEqualTo(GoldenFile.read("pre-key"));
        var signed = new SignedPreKey(7, KeyPair.of(key(0x42)), Bytes.utf8("S".repeat(64)));
        assertThat(SignedPreKey.parse(GoldenFile.read("signed-pre-key"))).isEqualTo(signed);
        assertThat(signed.encode().toArray()).isEqualTo(GoldenFile.read("signed-pre-key"));
    }

    private static void same(String file, SessionRecord expected) {
        byte[] stored = GoldenFile.read(file);
        assertThat(SessionRecord.parse(stored))
                .as("written today: %s", expected.encode().toHex())
                .isEqualTo(expected);
        assertThat(expected.encode().toArray()).isEqualTo(stored);
        assertThat(SessionRecord.parse(stored).encode().toArray()).isEqualTo(stored);
    }

    private static SessionState state(
            Sending sending, List<ReceivingChain> receiving, SessionState.@Nullable Unanswered unanswered) {
        return new SessionState(key(0x02), 9_001, key(0x03), key(0x04), sending, receiving, unanswered);
    }

    private static ReceivingChain chain(int key, SkippedKeys skipped) {
        return new ReceivingChain(key(key), key(key + 0x40), 12, skipped);
    }

    /// Counters 5 to 7 of a chain that stands at 12.
    private static SkippedKeys gap() {
        return SkippedKeys.NONE.plus(key(0x51).toArray(), 5, 8);
    }

    private static Bytes key(int value) {
        return GoldenFile.key(value);
    }
}
