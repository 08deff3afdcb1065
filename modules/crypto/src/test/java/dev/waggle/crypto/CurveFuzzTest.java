package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.crypto.curve.Edwards;
import dev.waggle.crypto.curve.PublicPoint;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Whatever comes in as keys and signatures, ours and BouncyCastle say the same.
class CurveFuzzTest {
    @FuzzTest
    void agreement_equals_that_of_bouncy_castle(FuzzedDataProvider data) {
        byte[] key = Arrays.copyOf(data.consumeBytes(32), 32);
        byte[] point = Arrays.copyOf(data.consumeBytes(32), 32);
        byte[] expected = new byte[32];
        X25519.scalarMult(key, 0, point, 0, expected, 0);
        assertThat(CryptoProvider.plain().agree(key, point)).isEqualTo(expected);
    }

    @FuzzTest
    void what_we_verify_bouncy_castle_verifies(FuzzedDataProvider data) {
        byte[] key = Arrays.copyOf(data.consumeBytes(32), 32);
        byte[] signature = Arrays.copyOf(data.consumeBytes(64), 64);
        byte[] message = data.consumeRemainingAsBytes();
        boolean ours = XEdDsa.verify(key, message, signature);
        assertThat(XEdDsa.verifier(key).verify(message, signature)).isEqualTo(ours);
        PublicPoint point = Edwards.liftVartime(key, (signature[63] >> 7) & 1);
        if (point == null) {
            assertThat(ours).isFalse();
            return;
        }
        signature[63] &= 0x7f;
        assertThat(ours).isEqualTo(Ed25519.verify(signature, 0, point.encoded(), 0, message, 0, message.length));
    }
}
