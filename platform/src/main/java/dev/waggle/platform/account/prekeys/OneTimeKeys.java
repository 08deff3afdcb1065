package dev.waggle.platform.account.prekeys;

import dev.waggle.platform.port.DeviceRecord;
import dev.waggle.platform.port.Line;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyIds;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.iq.UploadPreKeys;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Draws one-time keys and offers them. Ids only grow.
final class OneTimeKeys {
    /// More than an account draws between a backup and its restoring; of 2^24.
    private static final int SKIPPED_IDS = 1 << 19;
    /// Two restorings of one backup within half an hour still go on above each other.
    private static final int IDS_PER_SECOND = 1 << 10;

    private static final int SECONDS = 1 << 11;

    private final DeviceRecord device;
    private final LocalIdentity local;
    private final long incarnation;
    private final SecureRandom random;
    /// Offered, and not heard of since: the same keys are offered again, so that failures cost no ids. Touched by
    /// one round at a time.
    private volatile List<PreKey> unconfirmed = List.of();

    OneTimeKeys(DeviceRecord device, OwnKeys own, SecureRandom random) {
        this.device = device;
        this.local = own.local();
        this.incarnation = own.incarnation();
        this.random = random;
    }

    static OneTimeKey publicHalf(PreKey key) {
        return new OneTimeKey(key.id(), key.keyPair().publicKey());
    }

    /// Keys and watermark go in one write: either both are durable or neither is (rule D4).
    CompletionStage<List<PreKey>> draw(int count, boolean uploaded) {
        List<PreKey> drawn = new ArrayList<>(count);
        return device.change(row -> {
                    drawn.addAll(PreKey.generate(firstId(row), count, random));
                    List<StoreWrite> along = drawn.stream()
                            .<StoreWrite>map(
                                    key -> new SignalWrite.PutPreKey(new PreKeyRow(key.id(), key.encode(), uploaded)))
                            .toList();
                    return new DeviceRecord.Change(
                            row.toBuilder()
                                    .setNextPreKeyId(
                                            PreKeyIds.after(drawn.getLast().id()))
                                    .setIncarnation(incarnation)
                                    .build(),
                            along);
                })
                .thenApply(_ -> List.copyOf(drawn));
    }

    private int firstId(DeviceRow row) {
        int next = Math.max(1, row.getNextPreKeyId());
        return row.getIncarnation() == incarnation
                ? next
                : PreKeyIds.after(
                        (next + SKIPPED_IDS + (int) (incarnation % SECONDS) * IDS_PER_SECOND) % PreKeyIds.MAX);
    }

    /// False while the server was offered nothing that this incarnation of the store can open.
    CompletionStage<Boolean> offered() {
        return device.read().thenApply(row -> row.getOfferedIncarnation() == incarnation);
    }

    /// Offers a batch under this signed pre-key. What the server refuses is not offered again.
    CompletionStage<Void> upload(Line line, int batch, SignedKey signed) {
        List<PreKey> again = unconfirmed;
        CompletionStage<List<PreKey>> keys =
                again.isEmpty() ? draw(batch, false) : CompletableFuture.completedStage(again);
        return keys.thenCompose(offered -> {
            unconfirmed = offered;
            return line.ask(new UploadPreKeys(
                            local.registrationId(),
                            local.identity().publicKey(),
                            offered.stream().map(OneTimeKeys::publicHalf).toList(),
                            signed))
                    .handle((_, failure) -> {
                        Throwable why = Failures.cause(failure);
                        if (why == null || why instanceof IqException) {
                            unconfirmed = List.of();
                        }
                        if (why != null) {
                            throw new CompletionException(why);
                        }
                        return offered.stream().map(PreKey::id).toList();
                    })
                    .thenCompose(this::confirmed);
        });
    }

    private CompletionStage<Void> confirmed(List<Integer> ids) {
        List<StoreWrite> marks = ids.stream()
                .<StoreWrite>map(SignalWrite.MarkPreKeyUploaded::new)
                .toList();
        return device.change(row -> new DeviceRecord.Change(
                        row.toBuilder().setOfferedIncarnation(incarnation).build(), marks))
                .thenAccept(_ -> {});
    }
}
