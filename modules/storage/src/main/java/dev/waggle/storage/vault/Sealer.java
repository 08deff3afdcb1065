package dev.waggle.storage.vault;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Mac;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// Seals the values of one account. A sealed value opens only as what it was sealed for: the same account, kind and
/// key, under the same incarnation of the data key. Thread-safe.
///
/// The form is one byte of version, then for version 1 (AES-256-GCM) the incarnation in 4 bytes, a random nonce in
/// 12, the ciphertext and its tag in 16; for version 0 (plain, by explicit choice) the value itself. Neither opens
/// the other: a store that was plain does not become trusted by switching sealing on.
public sealed interface Sealer {
    /// Bytes that sealing adds.
    int OVERHEAD = 1 + Integer.BYTES + AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES;

    Bytes seal(String kind, String key, Bytes value);

    /// @throws StoreException `storage-sealed` when it is not this account's, kind's and key's value under this
    /// data key
    Bytes open(String kind, String key, Bytes sealed);

    /// A name for a key that says nothing about it to whoever does not have the data key: the same each time, 43
    /// characters of base64url. Left as it is where values are left readable.
    String blind(String kind, String key);

    /// Of the data key; 1 when values are left readable.
    int incarnation();

    static Sealer of(AccountId account, DataKey key, SecureRandom random) {
        return new Aes(account, key, random);
    }

    /// Marks values and leaves them readable.
    static Sealer plain() {
        return new Plain();
    }

    /// AES-256-GCM.
    final class Aes implements Sealer {
        private static final byte VERSION = 1;
        private static final int HEAD = 1 + Integer.BYTES + AesGcm.NONCE_BYTES;

        private final AccountId account;
        private final int incarnation;
        private final byte[] key;
        private final SecureRandom random;

        private Aes(AccountId account, DataKey key, SecureRandom random) {
            this.account = account;
            this.incarnation = key.incarnation();
            this.key = key.key().toArray();
            this.random = random;
        }

        @Override
        public int incarnation() {
            return incarnation;
        }

        @Override
        public Bytes seal(String kind, String name, Bytes value) {
            byte[] nonce = new byte[AesGcm.NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] text = AesGcm.seal(key, nonce, bound(kind, name), value.unsafeArray());
            byte[] sealed = ByteBuffer.allocate(HEAD + text.length)
                    .put(VERSION)
                    .putInt(incarnation)
                    .put(nonce)
                    .put(text)
                    .array();
            return Bytes.wrap(sealed);
        }

        @Override
        public Bytes open(String kind, String name, Bytes sealed) {
            ByteBuffer from = ByteBuffer.wrap(sealed.unsafeArray());
            if (from.remaining() < OVERHEAD || from.get() != VERSION) {
                throw refused(kind, "not a sealed value");
            }
            int sealedUnder = from.getInt();
            if (sealedUnder != incarnation) {
                throw refused(kind, "sealed under data key " + sealedUnder + ", this is " + incarnation);
            }
            byte[] nonce = new byte[AesGcm.NONCE_BYTES];
            from.get(nonce);
            byte[] text = new byte[from.remaining()];
            from.get(text);
            try {
                return Bytes.wrap(AesGcm.open(key, nonce, bound(kind, name), text));
            } catch (CryptoException e) {
                throw new StoreException(Code.STORAGE_SEALED, named(kind) + "does not open", e);
            }
        }

        @Override
        public String blind(String kind, String name) {
            byte[] own = Mac.sha256(key, "names".getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Mac.sha256(own, bound(kind, name)));
        }

        private byte[] bound(String kind, String name) {
            return (account + "\0" + kind + "\0" + name).getBytes(StandardCharsets.UTF_8);
        }

        private StoreException refused(String kind, String why) {
            return Sealer.refused(named(kind) + why);
        }

        private String named(String kind) {
            return "a " + kind + " of account " + account + ": ";
        }
    }

    /// No sealing.
    final class Plain implements Sealer {
        private static final byte VERSION = 0;

        private Plain() {}

        @Override
        public int incarnation() {
            return 1;
        }

        @Override
        public String blind(String kind, String key) {
            return key;
        }

        @Override
        public Bytes seal(String kind, String key, Bytes value) {
            byte[] marked = new byte[value.size() + 1];
            marked[0] = VERSION;
            System.arraycopy(value.unsafeArray(), 0, marked, 1, value.size());
            return Bytes.wrap(marked);
        }

        @Override
        public Bytes open(String kind, String key, Bytes sealed) {
            if (sealed.isEmpty() || sealed.get(0) != VERSION) {
                throw refused("a " + kind + " is sealed, and sealing is switched off");
            }
            return sealed.slice(1, sealed.size());
        }
    }

    private static StoreException refused(String what) {
        return new StoreException(Code.STORAGE_SEALED, what);
    }
}
