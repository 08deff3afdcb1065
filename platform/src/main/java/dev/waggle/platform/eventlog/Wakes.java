package dev.waggle.platform.eventlog;

import dev.waggle.address.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Wakes those who wait for an account's next event. A wake says only "look again": the store is the truth.
final class Wakes {
    private static final class Bell {
        private long rung;
        private final List<CompletableFuture<Long>> waiting = new ArrayList<>();
    }

    private final ConcurrentHashMap<AccountId, Bell> bells = new ConcurrentHashMap<>();

    private Bell bell(AccountId account) {
        return bells.computeIfAbsent(account, _ -> new Bell());
    }

    /// How often it has rung; taken before a read, it makes [#after] miss nothing that comes during the read.
    long rung(AccountId account) {
        Bell bell = bell(account);
        synchronized (bell) {
            return bell.rung;
        }
    }

    CompletionStage<Long> after(AccountId account, long rung) {
        Bell bell = bell(account);
        synchronized (bell) {
            if (bell.rung > rung) {
                return CompletableFuture.completedFuture(bell.rung);
            }
            CompletableFuture<Long> wait = new CompletableFuture<>();
            bell.waiting.removeIf(CompletableFuture::isDone);
            bell.waiting.add(wait);
            return wait;
        }
    }

    void ring(AccountId account) {
        Bell bell = bell(account);
        List<CompletableFuture<Long>> woken;
        long rung;
        synchronized (bell) {
            rung = ++bell.rung;
            woken = List.copyOf(bell.waiting);
            bell.waiting.clear();
        }
        woken.forEach(wait -> wait.complete(rung));
    }
}
