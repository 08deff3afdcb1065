package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// XEdDSA by Signal's published vector, and everything that must be refused.
class SignatureTest {
    private static final byte[] KEY = bytes("c097248412e58bf05df487968205132794178e367637f5818f81e0e6ce73e865");
    private static final byte[] PUBLIC = bytes("ab7e717d4a163b7d9a1d8071dfe9dcf8cdcd1cea3339b6356be84d887e322c64");
    private static final byte[] MESSAGE = bytes("05edce9d9c415ca78cb7252e72c2c4a554d3eb29485a0e1d503118d1a82d99fb4a");
    private static final byte[] SIGNATURE = bytes("5de88ca9a89b4a115da79109c67c9c7464a3e4180274f1cb8c63c2984e286dfb"
            + "ede82deb9dcd9fae0bfbb821569b3d9001bd8130cd11d486cef047bd60b86e88");
    private static final XEdDsa.Verifier VERIFIER = XEdDsa.verifier(PUBLIC);
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @Test
    void the_published_vector_holds() {
        assertThat(Curve25519.publicKey(KEY)).isEqualTo(PUBLIC);
        assertThat(XEdDsa.verify(PUBLIC, MESSAGE, SIGNATURE)).isTrue();
        assertThat(VERIFIER.verify(MESSAGE, SIGNATURE)).isTrue();
    }

    @Test
    void with_zeros_for_randomness_the_signature_is_the_known_one() {
        assertThat(XEdDsa.sign(KEY, MESSAGE, new byte[64]))
                .isEqualTo(bytes("dc9f199e11e17e3a042feabf424bba17459786a669306ed52d3e8cebc80b6246"
                        + "72aad89212c67d478881dffdf0eb543b99265dd7cc595faf660be5d27c5a4887"));
    }

    @Test
    void any_flipped_bit_of_key_text_or_signature_is_refused() {
        for (int bit = 0; bit < 256; bit++) {
            assertThat(XEdDsa.verify(flip(PUBLIC, bit), MESSAGE, SIGNATURE))
                    .as("key bit %d", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
            assertThat(XEdDsa.verify(PUBLIC, flip(MESSAGE, bit), SIGNATURE))
                    .as("text bit %d", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 512; bit++) {
            assertThat(XEdDsa.verify(PUBLIC, MESSAGE, flip(SIGNATURE, bit)))
                    .as("signature bit %d", bit)
                    .isFalse();
            assertThat(VERIFIER.verify(MESSAGE, flip(SIGNATURE, bit)))
                    .as("signature bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void a_scalar_from_the_group_order_up_is_refused() {
        BigInteger s = scalar(SIGNATURE);
        for (int times = 1; times <= 7; times++) {
            BigInteger larger = s.add(ORDER.multiply(BigInteger.valueOf(times)));
            assertThat(larger.bitLength()).isLessThanOrEqualTo(255);
            assertThat(XEdDsa.verify(PUBLIC, MESSAGE, withScalar(larger)))
                    .as("s + %d L", times)
                    .isFalse();
            assertThat(VERIFIER.verify(MESSAGE, withScalar(larger))).isFalse();
        }
        assertThat(XEdDsa.verify(PUBLIC, MESSAGE, withScalar(s))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            })
    void keys_that_are_no_point_of_the_large_group_verify_nothing(String key) {
        byte[] forged = new byte[64];
        forged[0] = 1;
        for (int text = 0; text < 16; text++) {
            byte[] message = {(byte) text};
            assertThat(XEdDsa.verify(bytes(key), message, forged)).isFalse();
            assertThat(XEdDsa.verifier(bytes(key)).verify(message, forged)).isFalse();
            assertThat(XEdDsa.verify(bytes(key), message, flip(forged, 511))).isFalse();
        }
    }

    @Test
    void a_key_on_the_twist_verifies_nothing() {
        int twist = 0;
        for (int u = 2; u < 40; u++) {
            byte[] key = new byte[32];
            key[0] = (byte) u;
            twist += dev.waggle.crypto.curve.Edwards.liftVartime(key, 0) == null ? 1 : 0;
            assertThat(XEdDsa.verify(key, MESSAGE, SIGNATURE)).isFalse();
        }
        assertThat(twist).isBetween(10, 28);
    }

    @Test
    void the_top_bit_of_the_signature_carries_the_sign_of_the_key() {
        Random random = new Random(63);
        boolean[] seen = new boolean[2];
        for (int i = 0; i < 64; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            byte[] signature = XEdDsa.sign(key, MESSAGE, new byte[64]);
            seen[(signature[63] >> 7) & 1] = true;
            assertThat(signature[63] & 0x60).isZero();
            assertThat(XEdDsa.verify(Curve25519.publicKey(key), MESSAGE, signature))
                    .isTrue();
            assertThat(XEdDsa.verify(Curve25519.publicKey(key), MESSAGE, flip(signature, 511)))
                    .isFalse();
        }
        assertThat(seen).containsExactly(true, true);
    }

    @Test
    void texts_of_any_size_can_be_signed() {
        for (int size : new int[] {0, 1, 63, 64, 127, 128, 129, 1_000, 1_048_576}) {
            byte[] message = new byte[size];
            Arrays.fill(message, (byte) size);
            byte[] signature = XEdDsa.sign(KEY, message, new byte[64]);
            assertThat(XEdDsa.verify(PUBLIC, message, signature)).isTrue();
            assertThat(XEdDsa.verify(PUBLIC, Arrays.copyOf(message, size + 1), signature))
                    .isFalse();
        }
    }

    @Test
    void other_randomness_gives_another_signature_of_the_same_worth() {
        byte[] random =
                "sixty-four bytes, of which nobody may know a single one: a test!".getBytes(StandardCharsets.UTF_8);
        byte[] signature = XEdDsa.sign(KEY, MESSAGE, random);
        assertThat(signature).isNotEqualTo(XEdDsa.sign(KEY, MESSAGE, new byte[64]));
        assertThat(signature).isEqualTo(XEdDsa.sign(KEY, MESSAGE, random));
        assertThat(XEdDsa.verify(PUBLIC, MESSAGE, signature)).isTrue();
    }

    @Test
    void wrong_sizes_are_refused() {
        assertThat(XEdDsa.verify(Arrays.copyOf(PUBLIC, 33), MESSAGE, SIGNATURE)).isFalse();
        assertThat(XEdDsa.verify(PUBLIC, MESSAGE, Arrays.copyOf(SIGNATURE, 63))).isFalse();
        assertThat(XEdDsa.verify(PUBLIC, MESSAGE, new byte[0])).isFalse();
        assertThat(VERIFIER.verify(MESSAGE, new byte[65])).isFalse();
        assertThat(XEdDsa.verifier(new byte[31]).verify(MESSAGE, SIGNATURE)).isFalse();
        assertThatThrownBy(() -> XEdDsa.signer(KEY).sign(MESSAGE, new byte[63])).isInstanceOf(CryptoException.class);
        assertThatThrownBy(() -> XEdDsa.signer(new byte[31])).isInstanceOf(CryptoException.class);
        assertThatThrownBy(() -> XEdDsa.sign(KEY, MESSAGE, new byte[32]))
                .isInstanceOf(CryptoException.class)
                .hasMessage("random: 32 bytes (expected: 64 bytes)");
        assertThatThrownBy(() -> XEdDsa.sign(new byte[33], MESSAGE, new byte[64]))
                .isInstanceOf(CryptoException.class);
    }

    private static BigInteger scalar(byte[] signature) {
        byte[] big = new byte[33];
        for (int i = 0; i < 32; i++) {
            big[32 - i] = signature[32 + i];
        }
        big[1] &= 0x7f;
        return new BigInteger(big);
    }

    private static byte[] withScalar(BigInteger s) {
        byte[] out = SIGNATURE.clone();
        for (int i = 0; i < 32; i++) {
            out[32 + i] = s.shiftRight(8 * i).byteValue();
        }
        out[63] |= (byte) (SIGNATURE[63] & 0x80);
        return out;
    }

    private static byte[] flip(byte[] bytes, int bit) {
        byte[] out = bytes.clone();
        out[bit >> 3] ^= (byte) (1 << (bit & 7));
        return out;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
