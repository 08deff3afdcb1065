package dev.waggle.platform.account.device;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.platform.port.DeviceRecord;
import dev.waggle.platform.port.ServerMemory;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.storage.Backend;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the row once, keeps it, and writes each change before it counts. What the server's side says is kept as
/// well as can be: a failure costs the next greeting a round trip and nothing else.
public final class DeviceBook implements DeviceRecord, ServerMemory {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceBook.class);

    private final Backend store;
    private final Clock clock;
    private CompletionStage<?> last = CompletableFuture.completedStage(null);
    /// Null: not read yet, or a write failed and nobody knows what is stored. Touched by one piece of work at a
    /// time.
    private volatile @Nullable DeviceRow row;

    public DeviceBook(Backend store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private synchronized <T> CompletionStage<T> inTurn(Supplier<CompletionStage<T>> work) {
        CompletionStage<T> mine = last.handle((_, _) -> 0).thenCompose(_ -> work.get());
        last = mine;
        return mine;
    }

    /// The row belongs to this link from now on. Of another link only the ids that must never come again stay.
    ///
    /// @param first the signed pre-key that the link was made with
    public CompletionStage<DeviceRow> linked(Bytes identityKey, SignedPreKey first) {
        ByteString identity = ByteString.copyFrom(identityKey.unsafeArray());
        return inTurn(() -> load().thenCompose(before -> before.getIdentityKey().equals(identity)
                ? CompletableFuture.completedStage(before)
                : store.loadSignedPreKeys().thenCompose(kept -> {
                    List<StoreWrite> along = new ArrayList<>();
                    kept.stream()
                            .filter(old -> old.id() != first.id())
                            .forEach(old -> along.add(new SignalWrite.RemoveSignedPreKey(old.id())));
                    along.add(new SignalWrite.PutSignedPreKey(first.id(), first.encode()));
                    DeviceRow.Builder fresh = DeviceRow.newBuilder()
                            .setNextPreKeyId(before.getNextPreKeyId())
                            .setIncarnation(before.getIncarnation())
                            .setOfferedIncarnation(before.getOfferedIncarnation())
                            .setIdentityKey(identity)
                            .setSignedPreKeyId(first.id())
                            .setSignedSinceMillis(clock.millis());
                    return write(new Change(fresh.build(), along));
                })));
    }

    @Override
    public CompletionStage<DeviceRow> read() {
        return inTurn(this::load);
    }

    @Override
    public CompletionStage<DeviceRow> change(Function<DeviceRow, Change> next) {
        return inTurn(() -> load().thenCompose(before -> {
            Change change = next.apply(before);
            return change.along().isEmpty() && change.row().equals(before)
                    ? CompletableFuture.completedStage(before)
                    : write(change);
        }));
    }

    private CompletionStage<DeviceRow> load() {
        DeviceRow known = row;
        if (known != null) {
            return CompletableFuture.completedStage(known);
        }
        return store.loadDevice().thenApply(stored -> {
            try {
                DeviceRow read = stored.isEmpty()
                        ? DeviceRow.getDefaultInstance()
                        : DeviceRow.parseFrom(stored.get().unsafeArray());
                row = read;
                return read;
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("device row: not a device row", e);
            }
        });
    }

    private CompletionStage<DeviceRow> write(Change change) {
        List<StoreWrite> writes = new ArrayList<>(change.along());
        writes.add(new LedgerWrite.PutDevice(Bytes.wrap(change.row().toByteArray())));
        return store.write(writes).handle((_, failure) -> {
            row = failure == null ? change.row() : null;
            if (failure != null) {
                throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
            }
            return change.row();
        });
    }

    @Override
    public CompletionStage<Known> recall() {
        return read().thenApply(known -> new Known(
                Bytes.wrap(known.getServerChain().toByteArray()),
                Bytes.wrap(known.getRoutingInfo().toByteArray())));
    }

    @Override
    public void chain(Bytes chain) {
        learn(known -> known.setServerChain(ByteString.copyFrom(chain.unsafeArray())));
    }

    @Override
    public void routing(Bytes routingInfo) {
        learn(known -> known.setRoutingInfo(ByteString.copyFrom(routingInfo.unsafeArray())));
    }

    private void learn(UnaryOperator<DeviceRow.Builder> learned) {
        var _ = change(before -> Change.of(learned.apply(before.toBuilder()))).exceptionally(failure -> {
            LOG.warn("what the server told is not kept: {}", failure.toString());
            return DeviceRow.getDefaultInstance();
        });
    }
}
