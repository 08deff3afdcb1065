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
import dev.waggle.storage.Measure;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Incarnation;
import dev.waggle.storage.vault.SealedProvider;
import dev.waggle.storage.vault.Sealer;
import dev.waggle.storage.vault.Vault;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.security.SecureRandom;
import java.util.List;
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
    /// Has a data key like an account, for what belongs to none; no account can be made under this name.
    static final AccountId INSTALLATION = new AccountId("waggle.installation");

    private final SealedProvider provider;
    private final NodeCache cache;
    private final @Nullable Vault vault;
    private final long incarnation;

    private final AsyncCache<AccountId, AccountServices.Stores> open =
            Caffeine.newBuilder().maximumSize(OPEN_MAX).buildAsync();

    private Stores(SealedProvider provider, @Nullable Vault vault, NodeCache cache) {
        this.provider = provider;
        this.cache = cache;
        this.vault = vault;
        this.incarnation =
                Incarnation.of(provider.control()).toCompletableFuture().join().number();
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
            Vault vault = sealed.keys().vault(plain.control(), random);
            return new Stores(SealedProvider.over(plain, vault, random), vault, NodeCache.start(settings.config()));
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    CompletionStage<AccountServices.Stores> account(AccountId account) {
        return open.get(account, (id, _) -> opened(id));
    }

    /// Of an account that begins to run here: another node may have deleted it and made it again since it was
    /// opened.
    CompletionStage<AccountServices.Stores> begun(AccountId account) {
        forget(account);
        return account(account);
    }

    /// What was opened is opened again when it is asked for.
    void forget(AccountId account) {
        open.synchronous().invalidate(account);
    }

    private CompletableFuture<AccountServices.Stores> opened(AccountId account) {
        return provider.open(account)
                .thenCombine(
                        provider.sealer(account),
                        (backend, sealer) -> new AccountServices.Stores(
                                backend,
                                cache.account(account, sealer),
                                sealing(sealer),
                                sealer.incarnation(),
                                incarnation))
                .toCompletableFuture();
    }

    CompletionStage<Backend> backend(AccountId account) {
        return account(account).thenApply(AccountServices.Stores::backend);
    }

    /// Seals what is kept of an account outside of its backend.
    CompletionStage<Sealer> sealer(AccountId account) {
        return provider.sealer(account);
    }

    NodeCache cache() {
        return cache;
    }

    /// What the backend tells about itself.
    void bind(MeterRegistry meters) {
        for (Measure measure : provider.measures()) {
            List<Tag> tags = measure.tags().entrySet().stream()
                    .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                    .toList();
            switch (measure.kind()) {
                case COUNTER ->
                    FunctionCounter.builder(
                                    measure.name(), measure, one -> one.value().getAsDouble())
                            .tags(tags)
                            .description(measure.help())
                            .register(meters);
                case GAUGE ->
                    Gauge.builder(measure.name(), measure, one -> one.value().getAsDouble())
                            .tags(tags)
                            .description(measure.help())
                            .strongReference(true)
                            .register(meters);
            }
        }
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
            forget(account);
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
