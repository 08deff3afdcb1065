package dev.waggle.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a client says of itself is a login, a registration, or refused with the value and the rule.
class LoginPayloadFuzzTest {
    private static final Bytes NOISE_KEY = Bytes.wrap(new byte[32]);
    /// Username 4915100000002, passive, device 7; then pairing data.
    private static final byte[] LOGIN = Bytes.hex(
                    "08c2d1e3d485" + "8f01" + "1801" + "9001 07".replace(" ", "") + "9a0104" + "0a020102")
            .toArray();

    @FuzzTest
    void a_login_is_read_or_refused(byte[] payload) {
        check(payload);
    }

    @Test
    void thousands_of_spoilt_logins_are_read_or_refused() {
        Random dice = new Random(41);
        for (int i = 0; i < 5_000; i++) {
            byte[] spoilt = LOGIN.clone();
            spoilt[dice.nextInt(spoilt.length)] = (byte) dice.nextInt();
            spoilt[dice.nextInt(spoilt.length)] = (byte) dice.nextInt();
            check(spoilt);
        }
    }

    private static void check(byte[] payload) {
        try {
            assertThat(LoginPayload.read(NOISE_KEY, Bytes.of(payload))).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
    }
}
