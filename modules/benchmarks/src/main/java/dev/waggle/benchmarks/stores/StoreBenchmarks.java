package dev.waggle.benchmarks.stores;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.Batch;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.vault.MasterKey;
import dev.waggle.storage.vault.SealedProvider;
import dev.waggle.storage.vault.Vault;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/// Store calls per second of wall-clock time, each account waiting for its answer before the next call: so few
/// accounts show the time of one durable call, many show what commits in groups give.
///
/// A session is 1,000 bytes, an event 500. What an account does for an inbound message is one batch of three
/// writes: event, seen id, session.
public final class StoreBenchmarks {
    private static final int SESSION_BYTES = 1_000;
    private static final int EVENT_BYTES = 500;
    private static final DeviceAddress PEER = new DeviceAddress("1001_1", 3);
    private static final Jid CHAT = Jid.lid("1001");

    private interface Call {
        CompletionStage<?> on(Backend backend, long n);
    }

    private final Duration span;
    private final BiConsumer<String, Double> told;

    /// @param span how long each row is measured, after a fifth of it to warm up
    /// @param told the name of a row and its calls per second
    public StoreBenchmarks(Duration span, BiConsumer<String, Double> told) {
        this.span = span;
        this.told = told;
    }

    /// @param directory empty, for the backend alone
    public void run(String backend, boolean sealed, Path directory, List<Integer> accounts) {
        SecureRandom random = new SecureRandom();
        BackendProvider inner = BackendDriver.named(backend).start(StorageSettings.in(directory));
        MasterKey master = new MasterKey(Bytes.wrap(new byte[MasterKey.BYTES]));
        try (BackendProvider provider = sealed
                ? SealedProvider.over(inner, new Vault(inner.control(), master, random), random)
                : SealedProvider.plainOver(inner)) {
            String name = "stores." + backend + (sealed ? ".sealed" : ".plain");
            for (int count : accounts) {
                List<Backend> opened = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    opened.add(provider.open(new AccountId("a" + count + "-" + i))
                            .toCompletableFuture()
                            .join());
                }
                String at = "." + count;
                measure(name + ".put-session" + at, opened, (store, n) -> store.putSession(PEER, session(n)));
                measure(name + ".load-session" + at, opened, (store, n) -> store.loadSession(PEER));
                measure(name + ".inbound-batch" + at, opened, (store, n) -> store.apply(inbound(n)));
            }
        }
    }

    private static Bytes session(long n) {
        return filled(SESSION_BYTES, n);
    }

    private static Bytes filled(int size, long n) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (n >> (i * Byte.SIZE));
        }
        return Bytes.wrap(bytes);
    }

    private static Batch inbound(long n) {
        List<StoreWrite> writes = List.of(
                new LedgerWrite.AppendEvent(
                        new EventRow(n, "message.received", Instant.ofEpochMilli(n), filled(EVENT_BYTES, n))),
                new LedgerWrite.PutSeen(new MessageKey(CHAT, CHAT, new MessageId("3EB0" + n)), Instant.ofEpochMilli(n)),
                new SignalWrite.PutSession(PEER, session(n)));
        return new Batch(n, writes);
    }

    private void measure(String name, List<Backend> accounts, Call call) {
        long[] next = new long[accounts.size()];
        forSpan(accounts, call, span.dividedBy(5), next);
        told.accept(name, forSpan(accounts, call, span, next));
    }

    /// @return calls per second
    private static double forSpan(List<Backend> accounts, Call call, Duration span, long[] next) {
        LongAdder done = new LongAdder();
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i++) {
            int account = i;
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() - began < span.toNanos()) {
                    call.on(accounts.get(account), ++next[account])
                            .toCompletableFuture()
                            .join();
                    done.increment();
                }
            }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
        return done.sum() * 1e9 / (System.nanoTime() - began);
    }
}
