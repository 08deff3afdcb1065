package dev.waggle.platform.account.prekeys;

import dev.waggle.platform.port.DeviceRecord;
import dev.waggle.platform.port.DeviceRecord.Change;
import dev.waggle.platform.port.Line;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKeyIds;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.iq.RotateSignedPreKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.storage.SignalStore;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signed pre-key and its successors.
///
/// A new one is stored before it is shown (rule D4). Until the server confirms it both are usable, whichever of
/// them the server hands out; a process that ends in between goes on with the same key. A few former ones are kept:
/// a message that was made with one of them may come late.
final class SignedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SignedKeys.class);
    private static final int NOT_ACCEPTABLE = 406;
    private static final int CONFLICT = 409;

    private final SignalStore store;
    private final DeviceRecord device;
    private final LocalIdentity local;
    private final SecureRandom random;
    private final Clock clock;
    private final KeySettings settings;

    SignedKeys(
            SignalStore store,
            DeviceRecord device,
            LocalIdentity local,
            SecureRandom random,
            Clock clock,
            KeySettings settings) {
        this.store = store;
        this.device = device;
        this.local = local;
        this.random = random;
        this.clock = clock;
        this.settings = settings;
    }

    static SignedKey publicHalf(SignedPreKey key) {
        return new SignedKey(key.id(), key.keyPair().publicKey(), key.signature());
    }

    /// The one that the server confirmed last.
    CompletionStage<SignedPreKey> present() {
        return device.read().thenCompose(row -> stored(row.getSignedPreKeyId()));
    }

    private CompletionStage<SignedPreKey> stored(int id) {
        return store.loadSignedPreKey(id)
                .thenApply(found -> SignedPreKey.parse(
                        found.orElseThrow(() -> new IllegalStateException("signed pre-key " + id + " is not stored"))
                                .unsafeArray()));
    }

    /// When the next rotation is to be tried.
    CompletionStage<Instant> due() {
        return device.read().thenApply(this::due);
    }

    private Instant due(DeviceRow row) {
        Instant period = row.getStagedPreKeyId() != 0
                ? Instant.EPOCH
                : Instant.ofEpochMilli(row.getSignedSinceMillis()).plus(settings.rotation());
        Instant putOff = Instant.ofEpochMilli(row.getRotationNotBeforeMillis());
        return period.isAfter(putOff) ? period : putOff;
    }

    /// Rotates when it is time, or when a rotation was begun and nobody knows whether the server heard of it.
    CompletionStage<Void> rotateIfDue(Line line) {
        return device.read().thenCompose(row -> {
            if (due(row).isAfter(clock.instant())) {
                return CompletableFuture.completedStage(null);
            }
            return staged(row)
                    .thenCompose(key -> line.ask(new RotateSignedPreKey(publicHalf(key)))
                            .handle((_, failure) -> settle(key.id(), Failures.cause(failure)))
                            .thenCompose(settled -> settled));
        });
    }

    private CompletionStage<SignedPreKey> staged(DeviceRow row) {
        if (row.getStagedPreKeyId() != 0) {
            return stored(row.getStagedPreKeyId());
        }
        SignedPreKey fresh = SignedPreKey.generate(PreKeyIds.after(row.getSignedPreKeyId()), local.identity(), random);
        return device.change(before -> Change.of(
                        before.toBuilder().setStagedPreKeyId(fresh.id()),
                        new SignalWrite.PutSignedPreKey(fresh.id(), fresh.encode())))
                .thenApply(_ -> fresh);
    }

    private CompletionStage<Void> settle(int staged, @Nullable Throwable failure) {
        if (failure == null) {
            LOG.info("signed pre-key {} is in use", staged);
            return device.change(row -> promoted(row, staged)).thenAccept(_ -> {});
        }
        if (!(failure instanceof IqException refused)) {
            // It may have arrived: the same key is offered again with the next line.
            return CompletableFuture.failedStage(new CompletionException(failure));
        }
        LOG.warn("signed pre-key {} was refused: {}", staged, refused.getMessage());
        return device.change(row -> refused(row, staged, refused)).thenAccept(_ -> {});
    }

    private Change promoted(DeviceRow row, int staged) {
        List<Integer> former = new ArrayList<>();
        former.add(row.getSignedPreKeyId());
        former.addAll(row.getFormerSignedPreKeyIdsList());
        List<StoreWrite> along = new ArrayList<>();
        while (former.size() > settings.formerMax()) {
            along.add(new SignalWrite.RemoveSignedPreKey(former.removeLast()));
        }
        return new Change(
                row.toBuilder()
                        .setSignedPreKeyId(staged)
                        .setStagedPreKeyId(0)
                        .clearFormerSignedPreKeyIds()
                        .addAllFormerSignedPreKeyIds(former)
                        .setSignedSinceMillis(clock.millis())
                        .setRotationNotBeforeMillis(0)
                        .build(),
                along);
    }

    /// The server's own trouble puts the rotation off; anything else takes the whole period. A key that the server
    /// says is bad is not offered again.
    private Change refused(DeviceRow row, int staged, IqException why) {
        DeviceRow.Builder after = row.toBuilder();
        Instant now = clock.instant();
        after.setRotationNotBeforeMillis(now.plus(why.isTransient() ? settings.putOff() : settings.rotation())
                .toEpochMilli());
        return why.code() == NOT_ACCEPTABLE || why.code() == CONFLICT
                ? Change.of(after.setStagedPreKeyId(0), new SignalWrite.RemoveSignedPreKey(staged))
                : Change.of(after);
    }
}
