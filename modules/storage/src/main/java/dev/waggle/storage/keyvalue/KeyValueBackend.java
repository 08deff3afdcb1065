package dev.waggle.storage.keyvalue;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.WriteLimits;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SessionRow;
import dev.waggle.storage.row.SignedPreKeyRow;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.LedgerWrite.PutSeen;
import dev.waggle.storage.write.ProtocolWrite.PutBaseKey;
import dev.waggle.storage.write.ProtocolWrite.PutPendingInbound;
import dev.waggle.storage.write.ProtocolWrite.PutSenderKeyMark;
import dev.waggle.storage.write.ProtocolWrite.PutSentMessage;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.SignalWrite.PutIdentity;
import dev.waggle.storage.write.SignalWrite.PutSenderKey;
import dev.waggle.storage.write.SignalWrite.PutSession;
import dev.waggle.storage.write.SignalWrite.PutSignedPreKey;
import dev.waggle.storage.write.StoreWrite;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One account's stores over [Rows].
final class KeyValueBackend implements Backend {
    private final AccountId account;
    private final KeyValues values;
    private final String room;

    KeyValueBackend(AccountId account, KeyValues values, String room) {
        this.account = account;
        this.values = values;
        this.room = room;
    }

    @Override
    public AccountId account() {
        return account;
    }

    private <T> CompletionStage<T> step(Function<Rows, T> change) {
        return values.change(Rows.about(room), changing -> change.apply(new Rows(changing, room)));
    }

    private <T> CompletionStage<T> read(Function<Rows, T> question) {
        return values.read(Rows.about(room), reading -> question.apply(new Rows(reading, room)));
    }

    private <R, T> CompletionStage<Optional<T>> find(String kind, Object key, Class<R> type, Function<R, T> part) {
        return read(there -> there.find(kind, key, type).map(part));
    }

    @Override
    public CompletionStage<Boolean> write(List<? extends StoreWrite> writes, long appliedSequence) {
        List<StoreWrite> batch = List.copyOf(writes);
        return step(next -> {
            WriteLimits.check(batch);
            if (appliedSequence != UNMARKED) {
                if (appliedSequence <= next.find("applied", "", Long.class).orElse(0L)) {
                    return false;
                }
                next.put("applied", "", appliedSequence);
            }
            KeyValueWrites.apply(next, batch);
            return true;
        });
    }

    @Override
    public CompletionStage<Integer> purge(Purge purge) {
        return step(next -> KeyValueWrites.purge(next, purge));
    }

    @Override
    public CompletionStage<Optional<Bytes>> takeSentMessage(Jid chat, MessageId id) {
        return step(next -> {
            var sent = next.find("sent", chat + "|" + id, PutSentMessage.class);
            next.remove("sent", chat + "|" + id);
            return sent.map(PutSentMessage::payload);
        });
    }

    @Override
    public CompletionStage<Boolean> createDevice(Bytes device) {
        return step(next -> {
            boolean first = next.find("device", "", Bytes.class).isEmpty();
            next.putIfAbsent("device", "", device);
            return first;
        });
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadDevice() {
        return find("device", "", Bytes.class, device -> device);
    }

    @Override
    public CompletionStage<Long> appliedSequence() {
        return read(there -> there.find("applied", "", Long.class).orElse(0L));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSession(DeviceAddress address) {
        return find("session", address, PutSession.class, PutSession::record);
    }

    @Override
    public CompletionStage<List<SessionRow>> loadSessions(Collection<DeviceAddress> addresses) {
        return read(there -> addresses.stream()
                .flatMap(address -> there.find("session", address, PutSession.class).stream())
                .map(put -> new SessionRow(put.address(), put.record()))
                .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadIdentity(DeviceAddress address) {
        return find("identity", address, PutIdentity.class, PutIdentity::key);
    }

    @Override
    public CompletionStage<Boolean> hasSignalStateForUser(String name) {
        return read(there ->
                there.below("session", name + ":", PutSession.class).findAny().isPresent()
                        || there.below("identity", name + ":", PutIdentity.class)
                                .findAny()
                                .isPresent());
    }

    @Override
    public CompletionStage<Optional<PreKeyRow>> loadPreKey(int id) {
        return find("pre-key", id, PreKeyRow.class, row -> row);
    }

    @Override
    public CompletionStage<List<PreKeyRow>> loadPreKeys(Collection<Integer> ids) {
        return read(there -> there.some("pre-key", Set.copyOf(ids), PreKeyRow.class));
    }

    @Override
    public CompletionStage<Integer> maxPreKeyId() {
        return read(there -> there.all("pre-key", PreKeyRow.class)
                .mapToInt(PreKeyRow::id)
                .max()
                .orElse(0));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSignedPreKey(int id) {
        return find("signed-pre-key", id, PutSignedPreKey.class, PutSignedPreKey::record);
    }

    @Override
    public CompletionStage<List<SignedPreKeyRow>> loadSignedPreKeys() {
        return read(there -> there.all("signed-pre-key", PutSignedPreKey.class)
                .map(put -> new SignedPreKeyRow(put.id(), put.record()))
                .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSenderKey(SenderKeyName name) {
        return find("sender-key", name, PutSenderKey.class, PutSenderKey::record);
    }

    @Override
    public CompletionStage<Optional<SyncKey>> loadSyncKey(Bytes id) {
        return find("sync-key", id.toHex(), SyncKey.class, row -> row);
    }

    @Override
    public CompletionStage<Optional<Bytes>> latestSyncKeyId() {
        return read(there ->
                there.all("sync-key", SyncKey.class).reduce((a, b) -> b).map(SyncKey::id));
    }

    @Override
    public CompletionStage<HashState> loadVersion(String collection) {
        return read(there -> there.find("version", collection, HashState.class).orElse(HashState.INITIAL));
    }

    @Override
    public CompletionStage<Map<Bytes, Bytes>> loadMutationMacs(String collection, Collection<Bytes> indexMacs) {
        return read(there -> indexMacs.stream()
                .flatMap(mac -> there.find("mac:" + collection, mac.toHex(), MutationMac.class).stream())
                .collect(Collectors.toUnmodifiableMap(MutationMac::indexMac, MutationMac::valueMac)));
    }

    @Override
    public CompletionStage<List<SenderKeyMark>> senderKeyMarks(Jid group) {
        return read(there -> there.below("mark", group + "|", PutSenderKeyMark.class)
                .map(PutSenderKeyMark::mark)
                .toList());
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadLidMapping(Jid lid) {
        return find("lid", lid.bare(), LidMapping.class, row -> row);
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadPnMapping(Jid pn) {
        return read(there ->
                there.below("pn", pn.bare() + "|", LidMapping.class).max(Comparator.comparing(LidMapping::updatedAt)));
    }

    @Override
    public CompletionStage<List<LidMapping>> lidMappings(@Nullable Jid after, int limit) {
        return read(there -> there.after("lid", after == null ? "" : after.bare(), LidMapping.class)
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadBaseKey(DeviceAddress address, MessageId id) {
        return find("base-key", address + "|" + id, PutBaseKey.class, PutBaseKey::baseKey);
    }

    @Override
    public CompletionStage<List<DeviceList>> loadDeviceLists(Collection<Jid> users) {
        return read(there -> users.stream()
                .map(Jid::bare)
                .distinct()
                .flatMap(user -> there.find("devices", user, DeviceList.class).stream())
                .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadGroupMetadata(Jid group) {
        return find("group", group, Bytes.class, row -> row);
    }

    @Override
    public CompletionStage<Optional<TcToken>> loadTcToken(Jid user) {
        return find("token", user.bare(), TcToken.class, row -> row);
    }

    @Override
    public CompletionStage<List<Jid>> tcTokenUsers() {
        return read(
                there -> there.all("token", TcToken.class).map(TcToken::user).toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadPendingInbound(MessageKey key) {
        return find("pending", key.text(), PutPendingInbound.class, PutPendingInbound::payload);
    }

    @Override
    public CompletionStage<Optional<MsgSecret>> loadMsgSecret(MessageKey key) {
        return find("secret", key.text(), MsgSecret.class, row -> row);
    }

    @Override
    public CompletionStage<List<EventRow>> readEvents(long after, Set<String> types, int limit) {
        return read(there -> there.after("event", after, EventRow.class)
                .filter(row -> types.isEmpty() || types.contains(row.type()))
                .limit(Math.clamp(limit, 1, PAGE_MAX))
                .toList());
    }

    @Override
    public CompletionStage<Long> latestEvent() {
        return read(there -> there.find("latest", "", Long.class).orElse(0L));
    }

    @Override
    public CompletionStage<EventSpan> eventSpan(Set<String> types) {
        return read(there -> {
            long latest = there.find("latest", "", Long.class).orElse(0L);
            return new EventSpan(
                    floor(there, types),
                    there.all("event", EventRow.class)
                            .filter(row -> types.isEmpty() || types.contains(row.type()))
                            .findFirst()
                            .map(EventRow::sequence)
                            .orElse(latest + 1),
                    latest);
        });
    }

    private static long floor(Rows there, Set<String> types) {
        return there.all("floor", EventRow.class)
                .filter(row -> types.isEmpty() || types.contains(row.type()))
                .mapToLong(EventRow::sequence)
                .max()
                .orElse(0);
    }

    @Override
    public CompletionStage<Set<MessageKey>> seenAmong(Collection<MessageKey> keys) {
        return read(there -> keys.stream()
                .filter(key -> there.find("seen", KeyValueWrites.seen(key), PutSeen.class)
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public CompletionStage<List<MessageKey>> seenKeys(@Nullable MessageKey after, int limit) {
        return read(there -> there.after("seen", after == null ? "" : KeyValueWrites.seen(after), PutSeen.class)
                .map(PutSeen::key)
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundById(MessageId id) {
        return find("outbound", id, OutboundRow.class, row -> row);
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundByIdempotencyKey(String key) {
        return read(there -> there.below("key", KeyValueWrites.keyed(key), Bytes.class)
                .reduce((older, newer) -> newer)
                .flatMap(id -> there.find("outbound", text(id), OutboundRow.class)));
    }

    @Override
    public CompletionStage<List<OutboundRow>> unfinishedOutbound(long afterSequence, int limit) {
        return read(there -> there.after("open", "%016x".formatted(afterSequence + 1), Bytes.class)
                .flatMap(id -> there.find("outbound", text(id), OutboundRow.class).stream())
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<List<MediaRow>> media(MessageId id) {
        return read(there -> there.below("media", KeyValueWrites.media(id), MediaRow.class)
                .sorted(Comparator.comparing(MediaRow::at).reversed())
                .limit(SAME_ID_MAX)
                .toList());
    }

    private static String text(Bytes id) {
        return new String(id.unsafeArray(), StandardCharsets.UTF_8);
    }
}
