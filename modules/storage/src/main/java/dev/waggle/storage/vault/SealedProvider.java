package dev.waggle.storage.vault;

import dev.waggle.address.AccountId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.Measure;
import dev.waggle.storage.control.ControlStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Any provider, seen through sealing: its backends only get ciphertext.
public final class SealedProvider implements BackendProvider {
    private final BackendProvider inner;
    private final Function<AccountId, CompletionStage<Sealer>> sealers;

    private SealedProvider(BackendProvider inner, Function<AccountId, CompletionStage<Sealer>> sealers) {
        this.inner = inner;
        this.sealers = sealers;
    }

    public static SealedProvider over(BackendProvider inner, Vault vault, SecureRandom random) {
        return new SealedProvider(
                inner, account -> vault.open(account).thenApply(key -> Sealer.of(account, key, random)));
    }

    /// Values stay readable for whoever has the files: only by explicit setting.
    public static SealedProvider plainOver(BackendProvider inner) {
        return new SealedProvider(inner, account -> CompletableFuture.completedFuture(Sealer.plain()));
    }

    /// For what an account keeps elsewhere, such as its journal: the same key, another kind.
    public CompletionStage<Sealer> sealer(AccountId account) {
        return sealers.apply(account);
    }

    @Override
    public CompletionStage<Backend> open(AccountId account) {
        return sealer(account)
                .thenCombine(inner.open(account), (sealer, backend) -> new SealedBackend(backend, sealer));
    }

    @Override
    public ControlStore control() {
        return inner.control();
    }

    @Override
    public CompletionStage<Void> erase(AccountId account) {
        return inner.erase(account);
    }

    @Override
    public List<Measure> measures() {
        return inner.measures();
    }

    @Override
    public void close() {
        inner.close();
    }
}
