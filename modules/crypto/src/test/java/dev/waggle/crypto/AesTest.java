package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// AES by NIST SP 800-38A (CBC, CTR) and by the test cases of the GCM submission.
class AesTest {
    private static final byte[] NONE = {};
    private static final String KEY_256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    private static final String BLOCKS = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    private static final byte[] COUNTING = bytes("000102030405060708090a0b0c0d0e0f");
    private static final String GCM_KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private static final String GCM_NONCE = "cafebabefacedbaddecaf888";
    private static final String GCM_TEXT = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private static final String GCM_AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2";

    @ParameterizedTest
    @CsvSource({
        "2b7e151628aed2a6abf7158809cf4f3c,7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                + "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
        KEY_256 + ",f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
                + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
    })
    void cbc_of_sp_800_38a_followed_by_one_block_of_padding(String key, String expected) {
        byte[] sealed = AesCbc.encrypt(bytes(key), COUNTING, bytes(BLOCKS));
        assertThat(sealed).hasSize(80);
        assertThat(hex(Arrays.copyOf(sealed, 64))).isEqualTo(expected);
        assertThat(hex(AesCbc.decrypt(bytes(key), COUNTING, sealed))).isEqualTo(BLOCKS);
    }

    @Test
    void cbc_gives_back_texts_of_every_size() {
        for (int size = 0; size < 70; size++) {
            byte[] text = Arrays.copyOf(bytes(BLOCKS), size);
            byte[] sealed = AesCbc.encrypt(bytes(KEY_256), COUNTING, text);
            assertThat(sealed).hasSize((size / 16 + 1) * 16);
            assertThat(AesCbc.decrypt(bytes(KEY_256), COUNTING, sealed)).isEqualTo(text);
        }
    }

    @Test
    void cbc_refuses_broken_padding_and_broken_sizes() {
        byte[] sealed = AesCbc.encrypt(bytes(KEY_256), COUNTING, new byte[16]);
        byte[] broken = sealed.clone();
        broken[15] ^= 1;
        assertThatThrownBy(() -> AesCbc.decrypt(bytes(KEY_256), COUNTING, broken))
                .isInstanceOf(CryptoException.class)
                .hasMessage("padding: broken (expected: PKCS#7)");
        assertThatThrownBy(() -> AesCbc.decrypt(bytes(KEY_256), COUNTING, new byte[17]))
                .isInstanceOf(CryptoException.class)
                .hasMessage("ciphertext: 17 bytes (expected: a multiple of 16 bytes, not none)");
        assertThatThrownBy(() -> AesCbc.decrypt(bytes(KEY_256), COUNTING, NONE)).isInstanceOf(CryptoException.class);
        assertThat(AesCbc.decrypt(bytes(KEY_256), COUNTING, sealed)).isEqualTo(new byte[16]);
    }

    @Test
    void ctr_of_sp_800_38a() {
        byte[] counter = bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        String expected = "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
                + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6";
        assertThat(hex(AesCtr.apply(bytes(KEY_256), counter, bytes(BLOCKS)))).isEqualTo(expected);
        assertThat(hex(AesCtr.apply(bytes(KEY_256), counter, bytes(expected)))).isEqualTo(BLOCKS);
        assertThat(hex(AesCtr.apply(bytes(KEY_256), counter, Arrays.copyOf(bytes(BLOCKS), 21))))
                .isEqualTo(expected.substring(0, 42));
    }

    @Test
    void gcm_of_the_submission_cases_13_and_14() {
        assertThat(hex(AesGcm.seal(new byte[32], new byte[12], NONE, NONE)))
                .isEqualTo("530f8afbc74536b9a963b4f1c4cb738b");
        assertThat(hex(AesGcm.seal(new byte[32], new byte[12], NONE, new byte[16])))
                .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    }

    @Test
    void gcm_of_the_submission_cases_15_and_16() {
        String text = GCM_TEXT + "1aafd255";
        String sealed = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
        assertThat(hex(AesGcm.seal(bytes(GCM_KEY), bytes(GCM_NONCE), NONE, bytes(text))))
                .isEqualTo(sealed + "b094dac5d93471bdec1a502270e3cc6c");
        String withAad = sealed.substring(0, 120) + "76fc6ece0f4e1768cddf8853bb2d551b";
        assertThat(hex(AesGcm.seal(bytes(GCM_KEY), bytes(GCM_NONCE), bytes(GCM_AAD), bytes(GCM_TEXT))))
                .isEqualTo(withAad);
        assertThat(hex(AesGcm.open(bytes(GCM_KEY), bytes(GCM_NONCE), bytes(GCM_AAD), bytes(withAad))))
                .isEqualTo(GCM_TEXT);
    }

    @Test
    void gcm_refuses_every_flipped_bit() {
        byte[] sealed = AesGcm.seal(bytes(GCM_KEY), bytes(GCM_NONCE), bytes(GCM_AAD), bytes(GCM_TEXT));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] broken = sealed.clone();
            broken[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertThatThrownBy(() -> AesGcm.open(bytes(GCM_KEY), bytes(GCM_NONCE), bytes(GCM_AAD), broken))
                    .isInstanceOf(CryptoException.class)
                    .hasMessageStartingWith("tag: ");
        }
        assertThatThrownBy(() -> AesGcm.open(bytes(GCM_KEY), bytes(GCM_NONCE), NONE, sealed))
                .isInstanceOf(CryptoException.class);
    }

    @Test
    void the_same_gcm_call_again_gives_the_same_result() {
        byte[] first = AesGcm.seal(new byte[32], new byte[12], NONE, new byte[5]);
        assertThat(AesGcm.seal(new byte[32], new byte[12], NONE, new byte[5])).isEqualTo(first);
    }

    @Test
    void a_keyed_gcm_works_on_parts_of_arrays_and_refuses_its_last_nonce() {
        AesGcm gcm = AesGcm.keyed(bytes(GCM_KEY));
        byte[] padded = new byte[100];
        System.arraycopy(bytes(GCM_TEXT), 0, padded, 7, 60);
        byte[] sealed = gcm.seal(bytes(GCM_NONCE), bytes(GCM_AAD), padded, 7, 60);
        assertThat(sealed).isEqualTo(AesGcm.seal(bytes(GCM_KEY), bytes(GCM_NONCE), bytes(GCM_AAD), bytes(GCM_TEXT)));
        byte[] shifted = new byte[90];
        System.arraycopy(sealed, 0, shifted, 3, sealed.length);
        assertThat(hex(gcm.open(bytes(GCM_NONCE), bytes(GCM_AAD), shifted, 3, sealed.length)))
                .isEqualTo(GCM_TEXT);
        AesGcm again = AesGcm.keyed(bytes(GCM_KEY));
        again.seal(bytes(GCM_NONCE), NONE);
        assertThatThrownBy(() -> again.seal(bytes(GCM_NONCE), NONE))
                .isInstanceOf(CryptoException.class)
                .hasMessageStartingWith("nonce: ");
        assertThat(again.seal(new byte[12], NONE)).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 31, 33, 64})
    void keys_that_are_none_are_refused_by_all(int size) {
        byte[] key = new byte[size];
        String text = "key: " + size + " bytes (expected: 16, 24 or 32 bytes)";
        assertThatThrownBy(() -> AesCbc.encrypt(key, COUNTING, NONE)).hasMessage(text);
        assertThatThrownBy(() -> AesCtr.apply(key, COUNTING, NONE)).hasMessage(text);
        assertThatThrownBy(() -> AesGcm.seal(key, new byte[12], NONE, NONE)).hasMessage(text);
        assertThatThrownBy(() -> AesGcm.keyed(key)).hasMessage(text);
    }

    @Test
    void wrong_sizes_of_iv_nonce_and_tag_are_refused() {
        byte[] key = bytes(KEY_256);
        assertThatThrownBy(() -> AesCbc.decrypt(key, new byte[12], new byte[16]))
                .hasMessage("iv: 12 bytes (expected: 16 bytes)");
        assertThatThrownBy(() -> AesCtr.apply(key, new byte[8], NONE)).hasMessage("iv: 8 bytes (expected: 16 bytes)");
        assertThatThrownBy(() -> AesGcm.seal(key, new byte[16], NONE, NONE))
                .hasMessage("nonce: 16 bytes (expected: 12 bytes)");
        assertThatThrownBy(() -> AesGcm.open(key, new byte[12], NONE, new byte[15]))
                .isInstanceOf(CryptoException.class)
                .hasMessage("ciphertext: 15 bytes (expected: 16 bytes of tag or more)");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
