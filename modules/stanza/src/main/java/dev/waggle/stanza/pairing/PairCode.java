package dev.waggle.stanza.pairing;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesCtr;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Curve25519;
import dev.waggle.crypto.Hkdf;
import dev.waggle.crypto.Mac;
import dev.waggle.crypto.Pbkdf2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/// The eight characters that a person types on the phone, and what both sides make of them.
///
/// ```
/// wrapped ephemeral (80)   salt 32 | iv 16 | AES-256-CTR(PBKDF2-HMAC-SHA256(code, salt, 131072), ephemeral public
/// key) key bundle (156)         salt 32 | nonce 12 | AES-256-GCM(companion identity 32 | primary identity 32 |
/// random 32) + tag 16
/// ```
///
/// @param value 8 characters of [#ALPHABET]
public record PairCode(String value) {
    /// Without the characters that people mistake: 0, I, O, U.
    public static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
    public static final int WRAPPED_BYTES = 80;
    public static final int BUNDLE_BYTES = 156;
    static final int ITERATIONS = 131_072;
    private static final int LENGTH = 8;
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 32;
    private static final int IV_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final byte[] BUNDLE_INFO = ascii("link_code_pairing_key_bundle_encryption_key");
    private static final byte[] SECRET_INFO = ascii("adv_secret");
    private static final byte[] NONE = new byte[0];

    public PairCode {
        if (value.length() != LENGTH || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            throw PairingException.malformed(
                    "pairing code", value.length() + " characters", LENGTH + " of " + ALPHABET);
        }
    }

    /// 40 random bits as 8 characters.
    public static PairCode draw(SecureRandom random) {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new PairCode(code.toString());
    }

    /// Reads what a person typed: with or without dash or blanks, in either case.
    ///
    /// @throws PairingException when it is no code
    public static PairCode parse(String typed) {
        if (typed.length() > 64) {
            throw PairingException.malformed("pairing code", typed.length() + " characters", LENGTH + " characters");
        }
        return new PairCode(typed.replaceAll("[-\\s]", "").toUpperCase(Locale.ROOT));
    }

    /// As people read it: `XXXX-XXXX`.
    public String display() {
        return value.substring(0, 4) + '-' + value.substring(4);
    }

    /// Hides an ephemeral public key from whoever does not know the code. Takes some 50 ms of CPU.
    public Bytes wrap(Bytes ephemeralKey, SecureRandom random) {
        byte[] salt = bytes(random, SALT_BYTES);
        byte[] iv = bytes(random, IV_BYTES);
        byte[] hidden = AesCtr.apply(key(salt), iv, ephemeralKey.unsafeArray());
        return Bytes.wrap(AdvParts.join(salt, iv, hidden));
    }

    /// The other side's ephemeral public key. With a wrong code it is a wrong key, which shows only later.
    ///
    /// @throws PairingException when it is not 80 bytes
    public Bytes unwrap(Bytes wrapped) {
        checkSize("wrapped ephemeral", wrapped, WRAPPED_BYTES);
        byte[] bytes = wrapped.unsafeArray();
        byte[] salt = Arrays.copyOfRange(bytes, 0, SALT_BYTES);
        byte[] iv = Arrays.copyOfRange(bytes, SALT_BYTES, SALT_BYTES + IV_BYTES);
        byte[] hidden = Arrays.copyOfRange(bytes, SALT_BYTES + IV_BYTES, WRAPPED_BYTES);
        return Bytes.wrap(AesCtr.apply(key(salt), iv, hidden));
    }

    private byte[] key(byte[] salt) {
        return Pbkdf2.sha256(ascii(value), salt, ITERATIONS, KEY_BYTES);
    }

    /// What the key bundle holds.
    record Bundle(Bytes companionIdentity, Bytes primaryIdentity, Bytes random) {}

    static Bytes sealBundle(byte[] ephemeralShared, Bundle bundle, SecureRandom random) {
        byte[] salt = bytes(random, SALT_BYTES);
        byte[] nonce = bytes(random, NONCE_BYTES);
        byte[] key = Hkdf.derive(ephemeralShared, salt, BUNDLE_INFO, KEY_BYTES);
        byte[] plain = AdvParts.join(
                bundle.companionIdentity().unsafeArray(),
                bundle.primaryIdentity().unsafeArray(),
                bundle.random().unsafeArray());
        return Bytes.wrap(AdvParts.join(salt, nonce, AesGcm.seal(key, nonce, NONE, plain)));
    }

    static Bundle openBundle(byte[] ephemeralShared, Bytes wrapped) {
        checkSize("key bundle", wrapped, BUNDLE_BYTES);
        byte[] bytes = wrapped.unsafeArray();
        byte[] salt = Arrays.copyOfRange(bytes, 0, SALT_BYTES);
        byte[] nonce = Arrays.copyOfRange(bytes, SALT_BYTES, SALT_BYTES + NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(bytes, SALT_BYTES + NONCE_BYTES, BUNDLE_BYTES);
        byte[] key = Hkdf.derive(ephemeralShared, salt, BUNDLE_INFO, KEY_BYTES);
        try {
            Bytes plain = Bytes.wrap(AesGcm.open(key, nonce, NONE, sealed));
            return new Bundle(plain.slice(0, 32), plain.slice(32, 64), plain.slice(64, 96));
        } catch (CryptoException _) {
            throw new PairingException(
                    PairingException.Reason.HMAC_MISMATCH, "key bundle", "sealed otherwise", "sealed with our code");
        }
    }

    static Bytes advSecret(byte[] ephemeralShared, byte[] identityShared, Bytes random) {
        byte[] input = AdvParts.join(ephemeralShared, identityShared, random.unsafeArray());
        return Bytes.wrap(Hkdf.derive(input, NONE, SECRET_INFO, KEY_BYTES));
    }

    static byte[] agree(String name, Bytes privateKey, Bytes publicKey) {
        checkSize(name, publicKey, KEY_BYTES);
        try {
            return Curve25519.agree(privateKey.unsafeArray(), publicKey.unsafeArray());
        } catch (CryptoException _) {
            throw PairingException.malformed(name, "a point of low order", "a usable public key");
        }
    }

    static byte[] bytes(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void checkSize(String name, Bytes bytes, int size) {
        if (bytes.size() != size) {
            throw PairingException.malformed(name, bytes.size() + " bytes", size + " bytes");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Without the code: it is a secret while it is good.
    @Override
    public String toString() {
        return "PairCode[" + LENGTH + " characters]";
    }
}
