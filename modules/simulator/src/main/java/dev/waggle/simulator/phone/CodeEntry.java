package dev.waggle.simulator.phone;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesCtr;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Curve25519;
import dev.waggle.crypto.Hkdf;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Pbkdf2;
import dev.waggle.simulator.exchange.PhoneException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A person has typed a code into a phone: the phone's half of the exchange that follows. The code itself opens the
/// companion's ephemeral key and seals ours; whether it was right shows only when the key bundle opens.
final class CodeEntry {
    static final int WRAPPED_BYTES = 80;
    static final int BUNDLE_BYTES = 156;
    private static final int ROUNDS = 131_072;
    private static final Pattern CODE = Pattern.compile("[1-9A-HJ-NP-TV-Z]{8}");

    private final KeyPair identity;
    private final byte[] shared;
    private final Bytes wrappedEphemeral;

    private CodeEntry(KeyPair identity, byte[] shared, Bytes wrappedEphemeral) {
        this.identity = identity;
        this.shared = shared;
        this.wrappedEphemeral = wrappedEphemeral;
    }

    /// @param companionWrapped salt 32, IV 16, and the companion's ephemeral key under AES-CTR
    /// @throws PhoneException when the code is not eight characters of its alphabet, or the wrapped key not 80
    /// bytes
    static CodeEntry enter(String code, Bytes companionWrapped, KeyPair identity, SecureRandom random) {
        String plain = code.replace("-", "");
        if (!CODE.matcher(plain).matches()) {
            throw new PhoneException("code", plain.length() + " characters", "8 of 1-9 A-Z without I, O and U");
        }
        if (companionWrapped.size() != WRAPPED_BYTES) {
            throw new PhoneException("wrapped key", companionWrapped.size() + " bytes", WRAPPED_BYTES + " bytes");
        }
        byte[] theirs = under(
                plain,
                companionWrapped.unsafeArray(),
                companionWrapped.slice(48, 80).toArray());
        KeyPair ephemeral = KeyPair.generate(random);
        byte[] head = new byte[48];
        random.nextBytes(head);
        byte[] sealed = under(plain, head, ephemeral.publicKey().toArray());
        Bytes wrapped = Bytes.wrap(
                ByteBuffer.allocate(WRAPPED_BYTES).put(head).put(sealed).array());
        return new CodeEntry(identity, agree(ephemeral, theirs), wrapped);
    }

    /// Encrypts or decrypts `data` under the code with the salt and IV that `head` begins with.
    private static byte[] under(String code, byte[] head, byte[] data) {
        byte[] salt = Arrays.copyOf(head, 32);
        byte[] key = Pbkdf2.sha256(code.getBytes(StandardCharsets.US_ASCII), salt, ROUNDS, 32);
        return AesCtr.apply(key, Arrays.copyOfRange(head, 32, 48), data);
    }

    private static byte[] agree(KeyPair own, byte[] theirs) {
        try {
            return Curve25519.agree(own.privateKey().unsafeArray(), theirs);
        } catch (CryptoException e) {
            throw new PhoneException("companion key", "gives no agreement", "a public key");
        }
    }

    Bytes identityKey() {
        return identity.publicKey();
    }

    /// Salt 32, IV 16, and the phone's ephemeral key under AES-CTR.
    Bytes wrappedEphemeral() {
        return wrappedEphemeral;
    }

    /// Opens the companion's key bundle and computes the secret that `pair-success` is authenticated with.
    ///
    /// @param bundle salt 32, nonce 12, and sealed: companion identity, primary identity, 32 random bytes
    /// @throws PhoneException when it does not open (the code was wrong) or names other keys
    Bytes finish(Bytes bundle, Bytes companionIdentity) {
        if (bundle.size() != BUNDLE_BYTES) {
            throw new PhoneException("key bundle", bundle.size() + " bytes", BUNDLE_BYTES + " bytes");
        }
        Bytes opened = open(bundle);
        if (!opened.slice(0, 32).equals(companionIdentity)
                || !opened.slice(32, 64).equals(identity.publicKey())) {
            throw new PhoneException("key bundle", "other identities", "the companion's and the phone's");
        }
        byte[] identities = agree(identity, companionIdentity.toArray());
        byte[] secret = ByteBuffer.allocate(96)
                .put(shared)
                .put(identities)
                .put(opened.slice(64, 96).unsafeArray())
                .array();
        return Bytes.wrap(Hkdf.derive(secret, new byte[0], ascii("adv_secret"), 32));
    }

    private Bytes open(Bytes bundle) {
        byte[] salt = bundle.slice(0, 32).toArray();
        byte[] key = Hkdf.derive(shared, salt, ascii("link_code_pairing_key_bundle_encryption_key"), 32);
        byte[] nonce = bundle.slice(32, 44).toArray();
        try {
            return Bytes.wrap(AesGcm.open(
                    key, nonce, new byte[0], bundle.slice(44, BUNDLE_BYTES).toArray()));
        } catch (CryptoException e) {
            throw new PhoneException("key bundle", "does not open", "sealed under the code that was typed");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
