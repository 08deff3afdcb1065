package dev.waggle.platform.boot;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.account.AccountServices;
import dev.waggle.platform.boot.NodeSettings.VaultSettings;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.vault.MasterKeySource;
import dev.waggle.storage.vault.SealedProvider;
import dev.waggle.storage.vault.Sealer;
import dev.waggle.storage.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node keeps, behind its vault.
final class Stores implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Stores.class);
    private static final int OPEN_MAX = 20_000;
    private static final String JOURNAL = "journal";

    private final SealedProvider provider;
    private final NodeCache cache;
    private final @Nullable Vault vault;

    private final AsyncCache<AccountId, AccountServices.Stores> open =
            Caffeine.newBuilder().maximumSize(OPEN_MAX).buildAsync();

    private Stores(SealedProvider provider, @Nullable Vault vault, NodeCache cache) {
        this.provider = provider;
        this.cache = cache;
        this.vault = vault;
    }

    /// @throws StoreException when the store cannot be opened, or was sealed under another master key
    static Stores open(NodeSettings settings, BackendDriver driver, SecureRandom random) {
        VaultSettings sealed = settings.vault();
        BackendProvider plain = driver.start(settings.storage());
        try {
            if (sealed == null) {
                log.warn("values at rest are not sealed (waggle.storage.sealed = off)");
                return new Stores(SealedProvider.plainOver(plain), null, NodeCache.start(settings.config()));
            }
            Vault vault = vault(sealed, plain.control(), random);
            return new Stores(SealedProvider.over(plain, vault, random), vault, NodeCache.start(settings.config()));
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Vault vault(VaultSettings sealed, ControlStore control, SecureRandom random) {
        MasterKeySource master = MasterKeySource.find(sealed.masterKey(), sealed.masterKeyFile(), random);
        Vault vault = new Vault(control, master.key(), random);
        if (!vault.fits().toCompletableFuture().join()) {
            if (master.generated()) {
                forget(sealed.masterKeyFile());
            }
            throw new StoreException(
                    StoreException.Code.STORAGE_SEALED,
                    "the store was sealed under another master key than the one from "
                            + (master.generated() ? master.where() + ", which is missing" : master.where()));
        }
        if (master.generated()) {
            log.warn(
                    "a master key was made at {}: keep a copy, without it nothing of this store can be read",
                    master.where());
        }
        return vault;
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("a master key that fits nothing stays at {}: {}", file, e.toString());
        }
    }

    CompletionStage<AccountServices.Stores> account(AccountId account) {
        return open.get(account, (id, _) -> opened(id));
    }

    private CompletableFuture<AccountServices.Stores> opened(AccountId account) {
        return provider.open(account)
                .thenCombine(
                        provider.sealer(account),
                        (backend, sealer) -> new AccountServices.Stores(
                                backend, cache.account(account, sealer), sealing(sealer), sealer.incarnation()))
                .toCompletableFuture();
    }

    CompletionStage<Backend> backend(AccountId account) {
        return account(account).thenApply(AccountServices.Stores::backend);
    }

    NodeCache cache() {
        return cache;
    }

    ControlStore control() {
        return provider.control();
    }

    /// The key first: whatever is left when this is interrupted can no longer be read.
    CompletionStage<Void> erase(AccountId account) {
        Vault keys = vault;
        CompletionStage<Void> unreadable =
                keys == null ? CompletableFuture.completedFuture(null) : keys.destroy(account);
        return unreadable.thenCompose(done -> {
            open.synchronous().invalidate(account);
            return cache.erase(account).thenCompose(_ -> provider.erase(account));
        });
    }

    private static Sealing sealing(Sealer sealer) {
        return new Sealing() {
            @Override
            public Bytes seal(String kind, Bytes plaintext) {
                return sealer.seal(JOURNAL, kind, plaintext);
            }

            @Override
            public Bytes open(String kind, Bytes sealed) {
                return sealer.open(JOURNAL, kind, sealed);
            }
        };
    }

    @Override
    public void close() {
        cache.close();
        provider.close();
    }
}
