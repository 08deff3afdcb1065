package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// X25519 by the vectors of RFC 7748 sections 5.2 and 6.1, and at the edges of the field.
class AgreementTest {
    private static final String ALICE = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    private static final String ALICE_PUBLIC = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    private static final String BOB = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    private static final String BOB_PUBLIC = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
    private static final String SHARED = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

    @ParameterizedTest
    @CsvSource({
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
                + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
                + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
                + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
                + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    })
    void single_steps_of_rfc_7748(String scalar, String u, String expected) {
        assertThat(hex(Curve25519.agree(bytes(scalar), bytes(u)))).isEqualTo(expected);
    }

    @Test
    void a_thousand_iterations_of_rfc_7748() {
        byte[] k = new byte[32];
        k[0] = 9;
        byte[] u = k.clone();
        for (int i = 1; i <= 1_000; i++) {
            byte[] next = Curve25519.agree(k, u);
            u = k;
            k = next;
            if (i == 1) {
                assertThat(hex(k)).isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
            }
        }
        assertThat(hex(k)).isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
    }

    @Test
    void alice_and_bob_of_rfc_7748_agree() {
        assertThat(hex(Curve25519.publicKey(bytes(ALICE)))).isEqualTo(ALICE_PUBLIC);
        assertThat(hex(Curve25519.publicKey(bytes(BOB)))).isEqualTo(BOB_PUBLIC);
        assertThat(hex(Curve25519.agree(bytes(ALICE), bytes(BOB_PUBLIC)))).isEqualTo(SHARED);
        assertThat(hex(Curve25519.agree(bytes(BOB), bytes(ALICE_PUBLIC)))).isEqualTo(SHARED);
    }

    /// 0, 1, the two points of order 8, p - 1, p and p + 1: all that exist, in every spelling below 2^255.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            })
    void points_of_low_order_are_refused(String u) {
        byte[] withTopBit = bytes(u);
        withTopBit[31] |= (byte) 0x80;
        for (byte[] point : List.of(bytes(u), withTopBit)) {
            assertThatThrownBy(() -> Curve25519.agree(bytes(ALICE), point))
                    .isInstanceOf(CryptoException.class)
                    .hasMessage("public key: a point of low order (expected: a point that gives a secret)");
        }
    }

    @Test
    void coordinates_from_the_prime_up_count_modulo_the_prime() {
        for (int excess = 2; excess < 19; excess++) {
            byte[] spelled = littleEndian(BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19 - excess)));
            byte[] canonical = littleEndian(BigInteger.valueOf(excess));
            byte[] expected = new byte[32];
            X25519.scalarMult(bytes(ALICE), 0, canonical, 0, expected, 0);
            assertThat(Curve25519.agree(bytes(ALICE), spelled)).isEqualTo(expected);
            assertThat(Curve25519.agree(bytes(ALICE), canonical)).isEqualTo(expected);
        }
    }

    @Test
    void the_bits_that_clamping_sets_do_not_matter() {
        byte[] other = bytes(ALICE);
        other[0] ^= 7;
        other[31] ^= (byte) 0xc0;
        assertThat(hex(Curve25519.agree(other, bytes(BOB_PUBLIC)))).isEqualTo(SHARED);
        assertThat(hex(Curve25519.publicKey(other))).isEqualTo(ALICE_PUBLIC);
    }

    @Test
    void scalars_at_the_edges_match_bouncy_castle() {
        for (int value : new int[] {0x00, 0xff, 0x88, 0x77, 0x80, 0x7f, 0x08, 0xf0}) {
            byte[] scalar = new byte[32];
            Arrays.fill(scalar, (byte) value);
            byte[] expected = new byte[32];
            X25519.scalarMultBase(scalar, 0, expected, 0);
            assertThat(Curve25519.publicKey(scalar)).isEqualTo(expected);
            X25519.scalarMult(scalar, 0, bytes(BOB_PUBLIC), 0, expected, 0);
            assertThat(Curve25519.agree(scalar, bytes(BOB_PUBLIC))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void keys_of_a_wrong_size_are_refused_without_showing_them(int size) {
        byte[] wrong = new byte[size];
        String tail = size + " bytes (expected: 32 bytes)";
        assertThatThrownBy(() -> Curve25519.agree(wrong, bytes(BOB_PUBLIC)))
                .isInstanceOf(CryptoException.class)
                .hasMessage("private key: " + tail);
        assertThatThrownBy(() -> Curve25519.agree(bytes(ALICE), wrong))
                .isInstanceOf(CryptoException.class)
                .hasMessage("public key: " + tail);
        assertThatThrownBy(() -> Curve25519.publicKey(wrong)).isInstanceOf(CryptoException.class);
    }

    @Test
    void arguments_are_left_as_they_were() {
        byte[] key = bytes(BOB);
        byte[] point = bytes(ALICE_PUBLIC);
        Curve25519.agree(key, point);
        Curve25519.publicKey(key);
        assertThat(hex(key)).isEqualTo(BOB);
        assertThat(hex(point)).isEqualTo(ALICE_PUBLIC);
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] out = new byte[32];
        for (int i = 0; i < 32; i++) {
            out[i] = value.shiftRight(8 * i).byteValue();
        }
        return out;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
