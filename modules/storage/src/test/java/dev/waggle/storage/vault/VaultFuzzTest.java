package dev.waggle.storage.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What operators type and what lies in a store: read, or refused by its one exception.
class VaultFuzzTest {
    private static final DataKey KEY = new DataKey(1, Bytes.wrap(new byte[32]));
    private static final Sealer SEALER = Sealer.of(new AccountId("bot"), KEY, new SecureRandom());

    @FuzzTest
    void a_master_key_is_read_or_refused(byte[] data) {
        masterKey(new String(data, StandardCharsets.UTF_8));
    }

    @FuzzTest
    void a_stored_value_opens_or_is_refused(byte[] data) {
        stored(Bytes.of(data));
    }

    @Test
    void thousands_of_spoilt_keys_and_values_are_read_or_refused() {
        Random random = new Random(29);
        byte[] key = new byte[32];
        for (int i = 0; i < 3_000; i++) {
            random.nextBytes(key);
            StringBuilder text = new StringBuilder(HexFormat.of().formatHex(key));
            text.setCharAt(random.nextInt(64), (char) random.nextInt(128));
            text.setLength(64 - random.nextInt(3));
            masterKey(text.toString());
            byte[] sealed = SEALER.seal("session", "1:0", Bytes.of(key)).toArray();
            sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
            stored(Bytes.wrap(sealed));
        }
        assertThat(MasterKey.parse(" " + "0a".repeat(32) + "\n").key().size()).isEqualTo(32);
    }

    private static void masterKey(String text) {
        try {
            assertThat(MasterKey.parse(text).key().size()).isEqualTo(MasterKey.BYTES);
        } catch (MasterKeyException e) {
            assertThat(e).hasMessageContaining("(expected: ");
            assertThat(text.isBlank() || !String.valueOf(e.getMessage()).contains(text.strip()))
                    .as("the key stays unsaid")
                    .isTrue();
        }
    }

    private static void stored(Bytes sealed) {
        for (Sealer sealer : new Sealer[] {SEALER, Sealer.plain()}) {
            try {
                sealer.open("session", "1:0", sealed);
                assertThat(sealed.get(0)).as("only the plain form opens").isZero();
            } catch (StoreException e) {
                assertThat(e.code()).isEqualTo(Code.STORAGE_SEALED);
            }
        }
    }
}
