package dev.waggle.storage.vault;

import static dev.waggle.storage.write.OpaqueValues.map;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SessionRow;
import dev.waggle.storage.row.SignedPreKeyRow;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.OpaqueValues;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.StoreWrite;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One account's stores with every opaque value sealed on its way in and opened on its way out. Sealing is done on
/// the caller's thread, opening on that of the store.
final class SealedBackend implements Backend {
    private final Backend inner;
    private final Sealer sealer;

    SealedBackend(Backend inner, Sealer sealer) {
        this.inner = inner;
        this.sealer = sealer;
    }

    @Override
    public AccountId account() {
        return inner.account();
    }

    @Override
    public CompletionStage<Boolean> write(List<? extends StoreWrite> writes, long appliedSequence) {
        return inner.write(
                writes.stream()
                        .map(write -> OpaqueValues.map(write, sealer::seal))
                        .toList(),
                appliedSequence);
    }

    @Override
    public CompletionStage<Integer> purge(Purge purge) {
        return inner.purge(purge);
    }

    private CompletionStage<Optional<Bytes>> opened(String kind, String key, CompletionStage<Optional<Bytes>> found) {
        return found.thenApply(value -> value.map(hidden -> sealer.open(kind, key, hidden)));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSession(DeviceAddress address) {
        return opened(OpaqueValues.SESSION, address.toString(), inner.loadSession(address));
    }

    @Override
    public CompletionStage<List<SessionRow>> loadSessions(Collection<DeviceAddress> addresses) {
        return inner.loadSessions(addresses)
                .thenApply(rows -> rows.stream()
                        .map(row -> new SessionRow(
                                row.address(),
                                sealer.open(OpaqueValues.SESSION, row.address().toString(), row.record())))
                        .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadIdentity(DeviceAddress address) {
        return opened(OpaqueValues.IDENTITY, address.toString(), inner.loadIdentity(address));
    }

    @Override
    public CompletionStage<Boolean> hasSignalStateForUser(String name) {
        return inner.hasSignalStateForUser(name);
    }

    @Override
    public CompletionStage<Boolean> hasSession(DeviceAddress address) {
        return inner.hasSession(address);
    }

    @Override
    public CompletionStage<Optional<PreKeyRow>> loadPreKey(int id) {
        return inner.loadPreKey(id).thenApply(row -> row.map(one -> map(one, sealer::open)));
    }

    @Override
    public CompletionStage<List<PreKeyRow>> loadPreKeys(Collection<Integer> ids) {
        return inner.loadPreKeys(ids)
                .thenApply(
                        rows -> rows.stream().map(row -> map(row, sealer::open)).toList());
    }

    @Override
    public CompletionStage<Integer> maxPreKeyId() {
        return inner.maxPreKeyId();
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSignedPreKey(int id) {
        return opened(OpaqueValues.SIGNED_PRE_KEY, Integer.toString(id), inner.loadSignedPreKey(id));
    }

    @Override
    public CompletionStage<List<SignedPreKeyRow>> loadSignedPreKeys() {
        return inner.loadSignedPreKeys()
                .thenApply(rows -> rows.stream()
                        .map(row -> new SignedPreKeyRow(
                                row.id(),
                                sealer.open(OpaqueValues.SIGNED_PRE_KEY, Integer.toString(row.id()), row.record())))
                        .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSenderKey(SenderKeyName name) {
        return opened(OpaqueValues.SENDER_KEY, name.toString(), inner.loadSenderKey(name));
    }

    @Override
    public CompletionStage<Optional<SyncKey>> loadSyncKey(Bytes id) {
        return inner.loadSyncKey(id).thenApply(row -> row.map(key -> map(key, sealer::open)));
    }

    @Override
    public CompletionStage<Optional<Bytes>> latestSyncKeyId() {
        return inner.latestSyncKeyId();
    }

    @Override
    public CompletionStage<HashState> loadVersion(String collection) {
        return inner.loadVersion(collection);
    }

    @Override
    public CompletionStage<Map<Bytes, Bytes>> loadMutationMacs(String collection, Collection<Bytes> indexMacs) {
        return inner.loadMutationMacs(collection, indexMacs);
    }

    @Override
    public CompletionStage<List<SenderKeyMark>> senderKeyMarks(Jid group) {
        return inner.senderKeyMarks(group);
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadLidMapping(Jid lid) {
        return inner.loadLidMapping(lid);
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadPnMapping(Jid pn) {
        return inner.loadPnMapping(pn);
    }

    @Override
    public CompletionStage<List<LidMapping>> lidMappings(@Nullable Jid after, int limit) {
        return inner.lidMappings(after, limit);
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadBaseKey(DeviceAddress address, MessageId id) {
        return inner.loadBaseKey(address, id);
    }

    @Override
    public CompletionStage<List<DeviceList>> loadDeviceLists(Collection<Jid> users) {
        return inner.loadDeviceLists(users);
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadGroupMetadata(Jid group) {
        return opened(OpaqueValues.GROUP, group.toString(), inner.loadGroupMetadata(group));
    }

    @Override
    public CompletionStage<Optional<TcToken>> loadTcToken(Jid user) {
        return inner.loadTcToken(user).thenApply(row -> row.map(token -> map(token, sealer::open)));
    }

    @Override
    public CompletionStage<List<Jid>> tcTokenUsers() {
        return inner.tcTokenUsers();
    }

    @Override
    public CompletionStage<Optional<Bytes>> takeSentMessage(Jid chat, MessageId id) {
        return opened(OpaqueValues.SENT_MESSAGE, chat + "|" + id, inner.takeSentMessage(chat, id));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadPendingInbound(MessageKey key) {
        return opened(OpaqueValues.PENDING_INBOUND, key.text(), inner.loadPendingInbound(key));
    }

    @Override
    public CompletionStage<Optional<MsgSecret>> loadMsgSecret(MessageKey key) {
        return inner.loadMsgSecret(key).thenApply(row -> row.map(secret -> map(secret, sealer::open)));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadDevice() {
        return opened(OpaqueValues.DEVICE, "", inner.loadDevice());
    }

    @Override
    public CompletionStage<Boolean> createDevice(Bytes device) {
        return inner.createDevice(sealer.seal(OpaqueValues.DEVICE, "", device));
    }

    @Override
    public CompletionStage<Boolean> deviceExists() {
        return inner.deviceExists();
    }

    @Override
    public CompletionStage<Optional<Path>> snapshotDb(String name) {
        return inner.snapshotDb(name);
    }

    @Override
    public CompletionStage<Long> appliedSequence() {
        return inner.appliedSequence();
    }

    @Override
    public CompletionStage<List<EventRow>> readEvents(long after, Set<String> types, int limit) {
        return inner.readEvents(after, types, limit)
                .thenApply(
                        rows -> rows.stream().map(row -> map(row, sealer::open)).toList());
    }

    @Override
    public CompletionStage<Long> latestEvent() {
        return inner.latestEvent();
    }

    @Override
    public CompletionStage<EventSpan> eventSpan(Set<String> types) {
        return inner.eventSpan(types);
    }

    @Override
    public CompletionStage<Set<MessageKey>> seenAmong(Collection<MessageKey> keys) {
        return inner.seenAmong(keys);
    }

    @Override
    public CompletionStage<List<MessageKey>> seenKeys(@Nullable MessageKey after, int limit) {
        return inner.seenKeys(after, limit);
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundById(MessageId id) {
        return inner.outboundById(id).thenApply(row -> row.map(send -> map(send, sealer::open)));
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundByIdempotencyKey(String key) {
        return inner.outboundByIdempotencyKey(key).thenApply(row -> row.map(send -> map(send, sealer::open)));
    }

    @Override
    public CompletionStage<List<OutboundRow>> unfinishedOutbound(long afterSequence, int limit) {
        return inner.unfinishedOutbound(afterSequence, limit)
                .thenApply(
                        rows -> rows.stream().map(row -> map(row, sealer::open)).toList());
    }

    @Override
    public CompletionStage<List<MediaRow>> media(MessageId id) {
        return inner.media(id)
                .thenApply(
                        rows -> rows.stream().map(row -> map(row, sealer::open)).toList());
    }
}
