package dev.waggle.stanza.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Fixed bytes that code of others made: the device identities with the signatures of `curve25519` 3.0.1 (auties)
/// and the JDK's HMAC, the wrapped key with Python's PBKDF2 and OpenSSL's AES-CTR. Nobody published bytes for
/// either.
class PairingVectorsTest {
    private static final String PHONE = "7d34a4815fa6b982535e60af3bd9b49556816080f1641ff81d2b7c8ae8268a44";
    private static final String SIGNATURE = "34c5658bf47cacc4aae8922214cbcb066a2e0c400793ee5057d1250120a39d4f"
            + "db4b90d8218985c0c21090fe8798e347252910de8e7a8e341d4762166674b709";
    private static final String SIGNED = "0a0a084d1080e2cfaa0618031220" + PHONE + "1a40" + SIGNATURE;
    private static final Bytes CONTAINER =
            Bytes.hex("0a70" + SIGNED + "12201b39b98c364881a730c2c2a54ea814a2edeb285be3d9089f20da8232586c25c9");
    private static final Bytes DEVICE =
            Bytes.hex(SIGNED + "2240fb35fec8c031e6c412a7e9c68420f3d8a06b5a57625f483f48b51ee538c132ea"
                    + "60890325f9d4eff90c5129bdc76652ef3c5b49b16967031361c5a53a0fe7488c");
    private static final Bytes HOSTED = Bytes.hex("0a740a0e084d1080e2cfaa061803200128011220" + PHONE
            + "1a4087d50a909008047f0d82596cc9c269f6af0c8647732841078d55009496769d88"
            + "a357857548cee3004d58f66ddb04589b19cc80d9409b45762d9bef24411a750b"
            + "122070a68de6b4503f80d0a82bcf712ffe02611a801cd6963a40c99244cf8ff74dff1801");
    private static final Bytes SECRET = filled(0x65);
    private static final KeyPair COMPANION = KeyPair.of(filled(0x43));

    private static Bytes filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }

    @Test
    void a_container_that_another_implementation_signed_is_accepted() {
        Adv.Accepted accepted = Adv.accept(CONTAINER, SECRET, COMPANION, new SecureRandom());
        assertThat(accepted.keyIndex()).isEqualTo(3);
        assertThat(accepted.hosted()).isFalse();
        assertThat(accepted.accountIdentity().toHex()).isEqualTo(PHONE);
        // Ours differs from the other's only in the signature, which is drawn.
        assertThat(accepted.deviceIdentity().slice(0, DEVICE.size() - 64))
                .isEqualTo(DEVICE.slice(0, DEVICE.size() - 64));
    }

    @Test
    void a_hosted_container_that_another_implementation_signed_is_accepted() {
        Adv.Accepted accepted = Adv.accept(HOSTED, SECRET, COMPANION, new SecureRandom());
        assertThat(accepted.hosted()).isTrue();
        assertThat(accepted.keyIndex()).isEqualTo(3);
    }

    @Test
    void a_device_that_another_implementation_signed_is_verified() {
        assertThat(COMPANION.publicKey().toHex())
                .isEqualTo("cdefd8783a91b446640e2e1f95599db35e484a0071bd2182b3b60d0812c10c70");
        assertThat(Adv.verify(DEVICE, COMPANION.publicKey(), null)).isEqualTo(3);
    }

    @Test
    void a_key_that_openssl_wrapped_under_a_code_is_unwrapped() {
        Bytes wrapped = Bytes.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                + "202122232425262728292a2b2c2d2e2f"
                + "54bb21a6f9438f4b4c5fd82c1defbab7b359a082ee255a30ec6aa8bc0bc7a375");
        assertThat(new PairCode("ABCD1234").unwrap(wrapped).toHex())
                .isEqualTo("404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f");
    }
}
