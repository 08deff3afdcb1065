package dev.waggle.platform.account.prekeys;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.platform.port.Line;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyIds;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.stanza.iq.CountPreKeys;
import dev.waggle.stanza.iq.UploadPreKeys;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.storage.Backend;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the server supplied. One thing at a time, in order of the calls; thread-safe.
///
/// A batch that the server did not confirm is not offered again: its ids are spent. A failed upload is tried again
/// with the next line or the next low-water notification, which the server repeats.
public final class PreKeys {
    /// How many keys a fresh link offers, and how few left at the server ask for more.
    public record Limits(int batch, int low) {
        public static final Limits DEFAULT = new Limits(812, 5);
    }

    /// More than an account draws between a backup and its restoring; of 2^24.
    private static final int SKIPPED_IDS = 1 << 19;
    /// Two restorings of one backup within half an hour still go on above each other.
    private static final int IDS_PER_SECOND = 1 << 10;

    private static final int SECONDS = 1 << 11;

    private static final Logger LOG = LoggerFactory.getLogger(PreKeys.class);

    private final Backend store;
    private final long incarnation;
    private final LocalIdentity local;
    private final SignedPreKey signed;
    private final Bytes deviceIdentity;
    private final SecureRandom random;
    private final Limits limits;
    private CompletionStage<?> last;
    private volatile @Nullable Line line;

    /// @param incarnation of the store: after a backup was restored, ids go on far above those that the server may
    /// have been given since, and the server is supplied whatever it still holds
    public PreKeys(
            Backend store,
            long incarnation,
            LocalIdentity local,
            SignedPreKey signed,
            Bytes deviceIdentity,
            SecureRandom random,
            Limits limits) {
        this.store = store;
        this.incarnation = incarnation;
        this.local = local;
        this.signed = signed;
        this.deviceIdentity = deviceIdentity;
        this.random = random;
        this.limits = limits;
        this.last = store.putSignedPreKey(signed.id(), signed.encode());
    }

    private synchronized <T> CompletionStage<T> inTurn(Supplier<CompletionStage<T>> work) {
        CompletionStage<T> mine = last.handle((_, _) -> 0).thenCompose(_ -> work.get());
        last = mine;
        return mine;
    }

    /// A new line: asks the server how many it has and supplies it when they are few.
    public void lineUp(Line up) {
        line = up;
        supply(row().thenCompose(row -> row.getOfferedIncarnation() == incarnation
                ? up.ask(new CountPreKeys())
                : CompletableFuture.completedStage(0)));
    }

    public void lineDown() {
        line = null;
    }

    /// The server says that it runs low.
    public void low() {
        supply(CompletableFuture.completedStage(0));
    }

    private void supply(CompletionStage<Integer> atServer) {
        var _ = inTurn(() -> atServer.thenCompose(count -> count < limits.low() ? upload() : done()))
                .exceptionally(failure -> {
                    LOG.warn("pre-keys not uploaded: {}", failure.toString());
                    return null;
                });
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> upload() {
        Line now = line;
        if (now == null) {
            return done();
        }
        return draw(limits.batch(), false)
                .thenCompose(keys -> now.ask(new UploadPreKeys(
                                local.registrationId(),
                                local.identity().publicKey(),
                                keys.stream().map(PreKeys::publicHalf).toList(),
                                signedKey()))
                        .thenCompose(_ -> row())
                        .thenCompose(row -> store.write(offered(keys, row))));
    }

    private List<StoreWrite> offered(List<PreKey> keys, DeviceRow row) {
        List<StoreWrite> writes = new ArrayList<>();
        keys.forEach(key -> writes.add(new SignalWrite.MarkPreKeyUploaded(key.id())));
        if (row.getOfferedIncarnation() != incarnation) {
            writes.add(put(row.toBuilder().setOfferedIncarnation(incarnation)));
        }
        return writes;
    }

    private static StoreWrite put(DeviceRow.Builder row) {
        return new LedgerWrite.PutDevice(Bytes.wrap(row.build().toByteArray()));
    }

    private static OneTimeKey publicHalf(PreKey key) {
        return new OneTimeKey(key.id(), key.keyPair().publicKey());
    }

    private SignedKey signedKey() {
        return new SignedKey(signed.id(), signed.keyPair().publicKey(), signed.signature());
    }

    /// One bundle for a retry receipt, its private key durable.
    public CompletionStage<KeyBundle> bundle() {
        return inTurn(() -> draw(1, true)
                .thenApply(keys -> new KeyBundle(
                        local.registrationId(),
                        local.identity().publicKey(),
                        signedKey(),
                        publicHalf(keys.getFirst()),
                        deviceIdentity)));
    }

    /// Keys and watermark go in one write: either both are durable or neither is.
    private CompletionStage<List<PreKey>> draw(int count, boolean uploaded) {
        return row().thenCompose(row -> {
            List<PreKey> keys = PreKey.generate(firstId(row), count, random);
            List<StoreWrite> writes = new ArrayList<>();
            keys.forEach(key -> writes.add(new SignalWrite.PutPreKey(new PreKeyRow(key.id(), key.encode(), uploaded))));
            writes.add(put(row.toBuilder()
                    .setNextPreKeyId(PreKeyIds.after(keys.getLast().id()))
                    .setIncarnation(incarnation)));
            return store.write(writes).thenApply(_ -> keys);
        });
    }

    private int firstId(DeviceRow row) {
        int next = Math.max(1, row.getNextPreKeyId());
        return row.getIncarnation() == incarnation
                ? next
                : PreKeyIds.after(
                        (next + SKIPPED_IDS + (int) (incarnation % SECONDS) * IDS_PER_SECOND) % PreKeyIds.MAX);
    }

    private CompletionStage<DeviceRow> row() {
        return store.loadDevice().thenApply(row -> {
            try {
                return row.isEmpty()
                        ? DeviceRow.getDefaultInstance()
                        : DeviceRow.parseFrom(row.get().unsafeArray());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("device row: not a device row", e);
            }
        });
    }
}
