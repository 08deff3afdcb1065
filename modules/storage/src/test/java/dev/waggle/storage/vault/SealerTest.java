package dev.waggle.storage.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final AccountId BOT = new AccountId("bot");
    private static final Bytes VALUE = Bytes.utf8("value");

    private final SecureRandom random = new SecureRandom();
    private final DataKey key = new DataKey(3, Bytes.wrap(new byte[32]));
    private final Sealer sealer = Sealer.of(BOT, key, random);

    private static void refuses(Sealer sealer, String kind, String name, Bytes hidden) {
        assertThatThrownBy(() -> sealer.open(kind, name, hidden))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(Code.STORAGE_SEALED));
    }

    @Test
    void a_value_opens_as_what_it_was_sealed_for() {
        Bytes hidden = sealer.seal("session", "1:0", VALUE);
        assertThat(hidden.size()).isEqualTo(VALUE.size() + Sealer.OVERHEAD);
        assertThat(sealer.open("session", "1:0", hidden)).isEqualTo(VALUE);
        assertThat(sealer.open("session", "1:0", sealer.seal("session", "1:0", Bytes.EMPTY)))
                .isEqualTo(Bytes.EMPTY);
    }

    @Test
    void the_same_value_never_looks_the_same() {
        assertThat(sealer.seal("session", "1:0", VALUE)).isNotEqualTo(sealer.seal("session", "1:0", VALUE));
    }

    @Test
    void it_opens_as_nothing_else() {
        Bytes hidden = sealer.seal("session", "1:0", VALUE);
        refuses(sealer, "identity", "1:0", hidden);
        refuses(sealer, "session", "2:0", hidden);
        refuses(Sealer.of(new AccountId("other"), key, random), "session", "1:0", hidden);
        refuses(Sealer.of(BOT, new DataKey(4, key.key()), random), "session", "1:0", hidden);
        refuses(Sealer.of(BOT, new DataKey(3, other()), random), "session", "1:0", hidden);
    }

    private static Bytes other() {
        byte[] bytes = new byte[32];
        bytes[31] = 1;
        return Bytes.wrap(bytes);
    }

    @Test
    void no_flipped_bit_and_no_cut_goes_unnoticed() {
        byte[] hidden = sealer.seal("session", "1:0", VALUE).toArray();
        for (int i = 0; i < hidden.length * 8; i++) {
            byte[] flipped = hidden.clone();
            flipped[i / 8] ^= (byte) (1 << (i % 8));
            refuses(sealer, "session", "1:0", Bytes.wrap(flipped));
        }
        for (int length = 0; length < hidden.length; length++) {
            refuses(sealer, "session", "1:0", Bytes.of(hidden).slice(0, length));
        }
    }

    @Test
    void random_bytes_are_refused() {
        Random seeded = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = new byte[seeded.nextInt(80)];
            seeded.nextBytes(bytes);
            refuses(sealer, "event", "1", Bytes.wrap(bytes));
        }
    }

    @Test
    void plain_and_sealed_do_not_open_each_other() {
        Bytes readable = Sealer.plain().seal("session", "1:0", VALUE);
        assertThat(Sealer.plain().open("session", "1:0", readable)).isEqualTo(VALUE);
        refuses(sealer, "session", "1:0", readable);
        refuses(Sealer.plain(), "session", "1:0", sealer.seal("session", "1:0", VALUE));
    }
}
