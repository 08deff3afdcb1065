package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeyPairTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void a_generated_pair_belongs_together_and_is_clamped() {
        KeyPair pair = KeyPair.generate(random);
        assertThat(KeyPair.of(pair.privateKey())).isEqualTo(pair);
        assertThat(pair.privateKey().get(0) & 7).isZero();
        assertThat(pair.privateKey().get(31) & 0xc0).isEqualTo(0x40);
    }

    @Test
    void two_pairs_agree_and_verify_each_other() {
        KeyPair one = KeyPair.generate(random);
        KeyPair other = KeyPair.generate(random);
        assertThat(one.agree(other.publicKey())).isEqualTo(other.agree(one.publicKey()));
        byte[] text = {1, 2, 3};
        byte[] signature = one.sign(text, random);
        assertThat(XEdDsa.verify(one.publicKey().toArray(), text, signature)).isTrue();
        assertThat(XEdDsa.verify(other.publicKey().toArray(), text, signature)).isFalse();
    }

    @Test
    void keys_of_other_sizes_are_no_pair() {
        Bytes key = Bytes.wrap(new byte[32]);
        assertThatThrownBy(() -> new KeyPair(Bytes.EMPTY, key)).hasMessage("private key: 0 bytes (expected: 32 bytes)");
        assertThatThrownBy(() -> new KeyPair(key, Bytes.wrap(new byte[33])))
                .isInstanceOf(CryptoException.class)
                .hasMessage("public key: 33 bytes (expected: 32 bytes)");
    }

    @Test
    void its_text_shows_no_key() {
        KeyPair pair = KeyPair.generate(random);
        assertThat(pair.toString()).doesNotContain(pair.privateKey().toHex()).contains("Bytes[32]");
    }

    @Test
    void without_another_provider_declared_ours_is_installed() {
        assertThat(CryptoProvider.installed()).isSameAs(CryptoProvider.plain());
    }
}
