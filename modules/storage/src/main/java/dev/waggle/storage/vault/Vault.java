package dev.waggle.storage.vault;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.DataKeyRow;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The accounts' data keys, kept wrapped under the master key in the control store.
///
/// A data key is drawn when an account is opened first, and again, with the next incarnation, after it was
/// destroyed. With another master key nothing opens and nothing is overwritten: `storage-sealed`.
public final class Vault {
    private static final int PAGE = 500;
    private static final int KEY_BYTES = 32;

    private final ControlStore control;
    private final MasterKey master;
    private final SecureRandom random;

    public Vault(ControlStore control, MasterKey master, SecureRandom random) {
        this.control = control;
        this.master = master;
        this.random = random;
    }

    public CompletionStage<DataKey> open(AccountId account) {
        return control.dataKey(account).thenCompose(stored -> opened(account, stored));
    }

    private CompletionStage<DataKey> opened(AccountId account, Optional<DataKeyRow> stored) {
        if (stored.isPresent() && !stored.get().destroyed()) {
            return CompletableFuture.completedFuture(unwrap(stored.get()));
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        DataKey drawn = new DataKey(stored.map(DataKeyRow::incarnation).orElse(0) + 1, Bytes.wrap(key));
        // Of two that open at once one draws the key, and the other reads it.
        return control.createDataKey(wrap(master, account, drawn))
                .thenCompose(created -> created ? CompletableFuture.completedFuture(drawn) : open(account));
    }

    /// Whether this is the master key of what is stored: of every live data key, for a rotation may have ended
    /// half-way.
    ///
    /// @return false when a data key is there that it does not open
    public CompletionStage<Boolean> fits() {
        return fits("");
    }

    private CompletionStage<Boolean> fits(String after) {
        return control.dataKeys(after, PAGE).thenCompose(page -> {
            boolean fit = page.stream().allMatch(row -> row.destroyed() || opens(master, row));
            return !fit || page.size() < PAGE ? CompletableFuture.completedFuture(fit) : fits(last(page));
        });
    }

    /// What was sealed under the account's key can never be read again, in this store or in a backup of its values.
    public CompletionStage<Void> destroy(AccountId account) {
        return control.destroyDataKey(account);
    }

    /// Wraps every data key under another master key; values stay as they are. Can be run again after it failed
    /// half-way: keys that are under the next one already are left alone. From then on the store opens with `next`
    /// only.
    ///
    /// @return how many keys were wrapped anew
    public CompletionStage<Integer> rotate(MasterKey next) {
        return rotate(next, "", 0);
    }

    private CompletionStage<Integer> rotate(MasterKey next, String after, int done) {
        return control.dataKeys(after, PAGE).thenCompose(page -> {
            CompletionStage<Integer> count = CompletableFuture.completedFuture(done);
            for (DataKeyRow row : page) {
                count = count.thenCompose(before -> rotate(next, row).thenApply(moved -> before + (moved ? 1 : 0)));
            }
            return page.size() < PAGE ? count : count.thenCompose(sum -> rotate(next, last(page), sum));
        });
    }

    private static String last(List<DataKeyRow> page) {
        return page.getLast().account().value();
    }

    private CompletionStage<Boolean> rotate(MasterKey next, DataKeyRow row) {
        if (row.destroyed() || opens(next, row)) {
            return CompletableFuture.completedFuture(false);
        }
        return control.rewrapDataKey(wrap(next, row.account(), unwrap(row)));
    }

    private static boolean opens(MasterKey key, DataKeyRow row) {
        try {
            unwrap(key, row);
            return true;
        } catch (CryptoException e) {
            return false;
        }
    }

    private DataKeyRow wrap(MasterKey under, AccountId account, DataKey key) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = AesGcm.seal(
                under.key().unsafeArray(),
                nonce,
                bound(account, key.incarnation()),
                key.key().unsafeArray());
        byte[] wrapped = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
        return new DataKeyRow(account, key.incarnation(), Bytes.wrap(wrapped));
    }

    private DataKey unwrap(DataKeyRow row) {
        try {
            return unwrap(master, row);
        } catch (CryptoException e) {
            throw new StoreException(
                    Code.STORAGE_SEALED,
                    "the data key of account " + row.account() + " was wrapped under another master key",
                    e);
        }
    }

    private static DataKey unwrap(MasterKey key, DataKeyRow row) {
        byte[] wrapped = row.wrapped().unsafeArray();
        byte[] nonce = Arrays.copyOf(wrapped, AesGcm.NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(wrapped, AesGcm.NONCE_BYTES, Math.max(wrapped.length, AesGcm.NONCE_BYTES));
        byte[] opened = AesGcm.open(key.key().unsafeArray(), nonce, bound(row.account(), row.incarnation()), sealed);
        return new DataKey(row.incarnation(), Bytes.wrap(opened));
    }

    private static byte[] bound(AccountId account, int incarnation) {
        return ("data-key\0" + account + "\0" + incarnation).getBytes(StandardCharsets.UTF_8);
    }
}
