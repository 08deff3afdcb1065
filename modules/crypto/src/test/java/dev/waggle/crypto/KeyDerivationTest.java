package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HKDF by RFC 5869 appendix A, PBKDF2 by RFC 7914 section 11 and the SHA-256 answers to the inputs of RFC 6070.
class KeyDerivationTest {
    private static final byte[] NONE = {};

    @Test
    void hkdf_of_rfc_5869_case_1() {
        byte[] secret = repeat(0x0b, 22);
        byte[] salt = range(0x00, 0x0c);
        assertThat(hex(Hkdf.extract(secret, salt)))
                .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        assertThat(hex(Hkdf.derive(secret, salt, range(0xf0, 0xf9), 42)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    @Test
    void hkdf_of_rfc_5869_case_2() {
        assertThat(hex(Hkdf.derive(range(0x00, 0x4f), range(0x60, 0xaf), range(0xb0, 0xff), 82)))
                .isEqualTo("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c6"
                        + "5e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
    }

    @Test
    void hkdf_of_rfc_5869_case_3_without_salt_and_info() {
        byte[] secret = repeat(0x0b, 22);
        String expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8";
        assertThat(hex(Hkdf.derive(secret, NONE, NONE, 42))).isEqualTo(expected);
        assertThat(hex(Hkdf.derive(secret, new byte[32], NONE, 42))).isEqualTo(expected);
    }

    @Test
    void shorter_outputs_are_beginnings_of_longer_ones() {
        byte[] longest = Hkdf.derive(repeat(1, 32), NONE, NONE, 8_160);
        for (int length : new int[] {0, 1, 31, 32, 33, 64, 80, 8_159}) {
            assertThat(Hkdf.derive(repeat(1, 32), NONE, NONE, length)).isEqualTo(Arrays.copyOf(longest, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8_161, Integer.MAX_VALUE})
    void hkdf_lengths_outside_the_rfc_are_refused(int length) {
        assertThatThrownBy(() -> Hkdf.derive(NONE, NONE, NONE, length))
                .isInstanceOf(CryptoException.class)
                .hasMessage("length: " + length + " (expected: 0..8160)");
    }

    @ParameterizedTest
    @CsvSource({
        "passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
        "password, salt, 1, 120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b",
        "password, salt, 2, ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43",
        "password, salt, 4096, c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a",
        "passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 4096,"
                + "348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1c635518c7dac47e9",
    })
    void pbkdf2_of_the_published_vectors(String password, String salt, int iterations, String expected) {
        int length = expected.length() / 2;
        assertThat(hex(Pbkdf2.sha256(password.toCharArray(), utf8(salt), iterations, length)))
                .isEqualTo(expected);
        assertThat(hex(Pbkdf2.sha256(utf8(password), utf8(salt), iterations, length)))
                .isEqualTo(expected);
    }

    @Test
    void pbkdf2_takes_zeros_inside_password_and_salt() {
        assertThat(hex(Pbkdf2.sha256(utf8("pass\0word"), utf8("sa\0lt"), 4096, 16)))
                .isEqualTo("89b69d0516f829893c696226650a8687");
    }

    @Test
    void pbkdf2_refuses_what_cannot_be_meant() {
        assertThatThrownBy(() -> Pbkdf2.sha256(NONE, NONE, 0, 32)).hasMessage("iterations: 0 (expected: 1..10000000)");
        assertThatThrownBy(() -> Pbkdf2.sha256(NONE, NONE, 10_000_001, 32)).isInstanceOf(CryptoException.class);
        assertThatThrownBy(() -> Pbkdf2.sha256(NONE, NONE, 1, 0)).hasMessage("length: 0 (expected: 1..4096)");
        assertThatThrownBy(() -> Pbkdf2.sha256(NONE, NONE, 1, 4_097)).isInstanceOf(CryptoException.class);
    }

    private static byte[] repeat(int value, int size) {
        byte[] out = new byte[size];
        Arrays.fill(out, (byte) value);
        return out;
    }

    private static byte[] range(int first, int last) {
        byte[] out = new byte[last - first + 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (first + i);
        }
        return out;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
