package dev.waggle.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.simulator.exchange.PhoneException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// The companion's half is written with the JDK's ciphers only.
final class CodeEntryTest {
    private static final String CODE = "ABCD1234";

    private final SecureRandom random = new SecureRandom();
    private final KeyPair identity = KeyPair.generate(random);
    private final KeyPair companionIdentity = KeyPair.generate(random);
    private final KeyPair ephemeral = KeyPair.generate(random);

    private static byte[] underCode(byte[] salt, byte[] iv, byte[] data) throws GeneralSecurityException {
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(CODE.toCharArray(), salt, 2 << 16, 256))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(data);
    }

    private static byte[] hkdf32(byte[] secret, byte[] salt, String info) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt.length == 0 ? new byte[32] : salt, "HmacSHA256"));
        mac.init(new SecretKeySpec(mac.doFinal(secret), "HmacSHA256"));
        mac.update(Bytes.utf8(info).toArray());
        mac.update((byte) 1);
        return mac.doFinal();
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            int at = all.length;
            all = Arrays.copyOf(all, at + part.length);
            System.arraycopy(part, 0, all, at, part.length);
        }
        return all;
    }

    private byte[] drawn(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private Bytes wrapped() throws GeneralSecurityException {
        byte[] salt = drawn(32);
        byte[] iv = drawn(16);
        return Bytes.wrap(
                join(salt, iv, underCode(salt, iv, ephemeral.publicKey().toArray())));
    }

    private byte[] sharedWith(CodeEntry entry) throws GeneralSecurityException {
        byte[] answer = entry.wrappedEphemeral().toArray();
        byte[] phone = underCode(
                Arrays.copyOf(answer, 32), Arrays.copyOfRange(answer, 32, 48), Arrays.copyOfRange(answer, 48, 80));
        return ephemeral.agree(Bytes.wrap(phone));
    }

    private Bytes bundle(byte[] shared, byte[] plaintext) throws GeneralSecurityException {
        byte[] salt = drawn(32);
        byte[] nonce = drawn(12);
        byte[] key = hkdf32(shared, salt, "link_code_pairing_key_bundle_encryption_key");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        return Bytes.wrap(join(salt, nonce, cipher.doFinal(plaintext)));
    }

    @Test
    void both_sides_reach_the_same_secret() throws GeneralSecurityException {
        CodeEntry entry = CodeEntry.enter("ABCD-1234", wrapped(), identity, random);
        byte[] shared = sharedWith(entry);
        byte[] drawn = drawn(32);
        byte[] keys = join(
                companionIdentity.publicKey().toArray(), identity.publicKey().toArray(), drawn);

        Bytes secret = entry.finish(bundle(shared, keys), companionIdentity.publicKey());

        byte[] agreed = companionIdentity.agree(identity.publicKey());
        assertThat(secret).isEqualTo(Bytes.wrap(hkdf32(join(shared, agreed, drawn), new byte[0], "adv_secret")));
    }

    @Test
    void a_wrong_code_shows_when_the_bundle_does_not_open() throws GeneralSecurityException {
        CodeEntry entry = CodeEntry.enter("ABCD1235", wrapped(), identity, random);

        assertThatThrownBy(() -> entry.finish(bundle(drawn(32), drawn(96)), companionIdentity.publicKey()))
                .isInstanceOf(PhoneException.class)
                .hasMessage("key bundle: does not open (expected: sealed under the code that was typed)");
    }

    @Test
    void a_bundle_with_other_identities_or_another_length_is_refused() throws GeneralSecurityException {
        CodeEntry entry = CodeEntry.enter(CODE, wrapped(), identity, random);
        byte[] shared = sharedWith(entry);

        assertThatThrownBy(() -> entry.finish(bundle(shared, drawn(96)), companionIdentity.publicKey()))
                .hasMessageStartingWith("key bundle: other identities");
        assertThatThrownBy(() -> entry.finish(Bytes.wrap(drawn(155)), companionIdentity.publicKey()))
                .hasMessageStartingWith("key bundle: 155 bytes");
    }

    @Test
    void codes_outside_the_alphabet_and_short_keys_are_refused() throws GeneralSecurityException {
        Bytes wrapped = wrapped();

        for (String code :
                new String[] {"", "ABCD123", "ABCD12345", "ABCD0123", "ABCDI123", "ABCDO123", "ABCDU123", "abcd1234"}) {
            assertThatThrownBy(() -> CodeEntry.enter(code, wrapped, identity, random))
                    .isInstanceOf(PhoneException.class)
                    .hasMessageStartingWith("code: ");
        }
        assertThatThrownBy(() -> CodeEntry.enter(CODE, Bytes.wrap(drawn(79)), identity, random))
                .hasMessageStartingWith("wrapped key: 79 bytes");
    }
}
