package dev.waggle.signal.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.golden.GoldenFile;
import dev.waggle.signal.ratchet.SkippedKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was ever stored of a sender key can be read, and means the same.
class SenderKeyGoldenTest {
    @Test
    void an_own_key_and_one_of_another_with_a_gap() {
        KeyPair signing = KeyPair.of(GoldenFile.key(0x61));
        Bytes chain = GoldenFile.key(0x62);
        SkippedKeys gap = SkippedKeys.NONE.plus(GoldenFile.key(0x63).toArray(), 2, 4);
        var record = new SenderKeyRecord(List.of(
                new SenderKeyState(
                        Integer.MAX_VALUE, chain, 5, signing.publicKey(), signing.privateKey(), 64, SkippedKeys.NONE),
                new SenderKeyState(77, chain, 1_000, GoldenFile.key(0x64), null, 0, gap)));
        byte[] stored = GoldenFile.read("sender-key");
        assertThat(SenderKeyRecord.parse(stored))
                .as("written today: %s", record.encode().toHex())
                .isEqualTo(record);
        assertThat(record.encode().toArray()).isEqualTo(stored);
        assertThat(SenderKeyRecord.parse(stored).encode().toArray()).isEqualTo(stored);
        byte[] restored = GoldenFile.read("sender-key-restored");
        assertThat(record.encode(28_500_000).toArray()).isEqualTo(restored);
        assertThat(SenderKeyRecord.load(restored, 28_500_000)).contains(record.resume());
    }
}
