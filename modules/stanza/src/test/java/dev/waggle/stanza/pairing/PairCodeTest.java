package dev.waggle.stanza.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.stanza.Samples;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairCodeTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void a_code_is_eight_characters_that_nobody_mistakes() {
        for (int i = 0; i < 200; i++) {
            assertThat(PairCode.draw(RANDOM).value()).matches("[1-9A-HJ-NP-TV-Z]{8}");
        }
        assertThat(PairCode.ALPHABET).hasSize(32).doesNotContain("0", "I", "O", "U");
    }

    @Test
    void people_may_type_it_as_they_like() {
        PairCode code = new PairCode("ABCD1234");

        assertThat(code.display()).isEqualTo("ABCD-1234");
        assertThat(PairCode.parse("abcd-1234")).isEqualTo(code);
        assertThat(PairCode.parse(" ABCD 1234 ")).isEqualTo(code);
        assertThat(code.toString()).doesNotContain("ABCD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ABCD123", "ABCD12345", "ABCD123O", "ABCD123I", "ABCDU123", "ABCD0123"})
    void what_is_no_code_is_refused(String typed) {
        assertThatThrownBy(() -> PairCode.parse(typed)).isInstanceOf(PairingException.class);
    }

    @Test
    void a_wrapped_key_is_salt_iv_and_aes_ctr_under_the_stretched_code() throws Exception {
        PairCode code = new PairCode("ABCD1234");
        Bytes key = Samples.bytes(32, 7);

        byte[] wrapped = code.wrap(key, RANDOM).toArray();

        PBEKeySpec spec = new PBEKeySpec("ABCD1234".toCharArray(), Arrays.copyOf(wrapped, 32), 131_072, 256);
        byte[] stretched = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
        aes.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(stretched, "AES"),
                new IvParameterSpec(Arrays.copyOfRange(wrapped, 32, 48)));
        assertThat(wrapped).hasSize(PairCode.WRAPPED_BYTES);
        assertThat(Bytes.wrap(aes.doFinal(Arrays.copyOfRange(wrapped, 48, 80)))).isEqualTo(key);
        assertThat(code.unwrap(Bytes.wrap(wrapped))).isEqualTo(key);
    }

    @Test
    void every_wrapping_is_fresh() {
        PairCode code = new PairCode("ABCD1234");
        Bytes key = Samples.bytes(32, 7);

        assertThat(code.wrap(key, RANDOM)).isNotEqualTo(code.wrap(key, RANDOM));
    }

    @Test
    void both_sides_end_with_the_same_secret() {
        KeyPair companionIdentity = KeyPair.generate(RANDOM);
        KeyPair phoneIdentity = KeyPair.generate(RANDOM);
        CodeCompanion companion = CodeCompanion.begin(RANDOM);
        CodePrimary phone = CodePrimary.begin(PairCode.parse(companion.code().display()), RANDOM);

        CodeCompanion.Finished finished =
                companion.finish(phone.wrappedEphemeral(), phoneIdentity.publicKey(), companionIdentity, RANDOM);
        CodePrimary.Finished answered = phone.finish(
                companion.wrappedEphemeral(),
                finished.wrappedKeyBundle(),
                companionIdentity.publicKey(),
                phoneIdentity);

        assertThat(finished.wrappedKeyBundle().size()).isEqualTo(PairCode.BUNDLE_BYTES);
        assertThat(finished.advSecret().size()).isEqualTo(32);
        assertThat(answered.advSecret()).isEqualTo(finished.advSecret());
        assertThat(answered.companionIdentity()).isEqualTo(companionIdentity.publicKey());
    }

    @Test
    void a_mistyped_code_shows_at_the_bundle() {
        KeyPair identity = KeyPair.generate(RANDOM);
        CodeCompanion companion = CodeCompanion.begin(RANDOM);
        String right = companion.code().value();
        PairCode wrong = new PairCode((right.charAt(0) == 'A' ? 'B' : 'A') + right.substring(1));
        CodePrimary phone = CodePrimary.begin(wrong, RANDOM);

        CodeCompanion.Finished finished =
                companion.finish(phone.wrappedEphemeral(), identity.publicKey(), identity, RANDOM);

        assertThatThrownBy(() -> phone.finish(
                        companion.wrappedEphemeral(), finished.wrappedKeyBundle(), identity.publicKey(), identity))
                .asInstanceOf(type(PairingException.class))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(PairingException.Reason.HMAC_MISMATCH));
    }

    @Test
    void a_bundle_that_names_another_companion_is_refused() {
        KeyPair companionIdentity = KeyPair.generate(RANDOM);
        KeyPair phoneIdentity = KeyPair.generate(RANDOM);
        KeyPair stranger = KeyPair.generate(RANDOM);
        CodeCompanion companion = CodeCompanion.begin(RANDOM);
        CodePrimary phone = CodePrimary.begin(companion.code(), RANDOM);
        CodeCompanion.Finished finished =
                companion.finish(phone.wrappedEphemeral(), phoneIdentity.publicKey(), companionIdentity, RANDOM);

        assertThatThrownBy(() -> phone.finish(
                        companion.wrappedEphemeral(), finished.wrappedKeyBundle(), stranger.publicKey(), phoneIdentity))
                .isInstanceOf(PairingException.class)
                .hasMessageContaining("other identities");
    }

    @Test
    void wrong_sizes_and_useless_keys_are_refused() {
        CodeCompanion companion = CodeCompanion.begin(RANDOM);
        KeyPair identity = KeyPair.generate(RANDOM);
        Bytes wrapped = companion.code().wrap(identity.publicKey(), RANDOM);

        assertThatThrownBy(() -> companion.code().unwrap(Samples.bytes(79, 1))).isInstanceOf(PairingException.class);
        assertThatThrownBy(() -> PairCode.openBundle(new byte[32], Samples.bytes(155, 1)))
                .isInstanceOf(PairingException.class);
        assertThatThrownBy(() -> companion.finish(wrapped, Samples.bytes(32, 0), identity, RANDOM))
                .isInstanceOf(PairingException.class)
                .hasMessageContaining("low order");
    }

    @Test
    void printing_a_side_does_not_tell_its_code() {
        CodeCompanion companion = CodeCompanion.begin(RANDOM);

        assertThat(companion.toString()).doesNotContain(companion.code().value());
    }
}
