package dev.waggle.storage.memory;

import static java.util.Comparator.comparingLong;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.EventLogStore;
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
import dev.waggle.storage.write.AppSyncWrite;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One account's stores in maps. Calls answer at once unless [Faults] hold or fail them. Sent messages and secrets
/// are not capped: a test or a demo ends before they grow.
public final class MemoryBackend implements Backend {
    private final AccountId account;
    private final Faults faults;
    private final SignalTables signal = new SignalTables();
    private final AppSyncTables appSync = new AppSyncTables();
    private final ProtocolTables protocol = new ProtocolTables();
    private final LedgerTables ledger = new LedgerTables();

    public MemoryBackend(AccountId account, Faults faults) {
        this.account = account;
        this.faults = faults;
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public CompletionStage<Boolean> write(List<? extends StoreWrite> writes, long appliedSequence) {
        return change(() -> {
            WriteLimits.check(writes);
            if (appliedSequence != UNMARKED && appliedSequence <= ledger.applied) {
                return false;
            }
            writes.forEach(faults::admit);
            writes.forEach(this::apply);
            ledger.applied = Math.max(ledger.applied, appliedSequence);
            faults.count(writes);
            return true;
        });
    }

    private void apply(StoreWrite write) {
        switch (write) {
            case SignalWrite one -> signal.apply(one);
            case AppSyncWrite one -> appSync.apply(one);
            case ProtocolWrite one -> protocol.apply(one);
            case LedgerWrite one -> ledger.apply(one);
        }
    }

    @Override
    public CompletionStage<Integer> purge(Purge purge) {
        return change(() -> switch (purge) {
            case Purge.TcTokens(var token, var sender) ->
                removed(protocol.tokens.values(), row -> ProtocolTables.stale(row, token, sender));
            case Purge.SentMessages(var before) ->
                removed(protocol.sent.values(), row -> row.at().isBefore(before));
            case Purge.PendingInbound(var before) ->
                removed(protocol.pending.values(), row -> row.at().isBefore(before));
            case Purge.BaseKeys(var before) ->
                removed(protocol.baseKeys.values(), row -> row.at().isBefore(before));
            case Purge.MsgSecrets(var now) ->
                removed(ledger.secrets.values(), row -> row.expiresAt() != null && !now.isBefore(row.expiresAt()));
            case Purge.Seen(var before) -> removed(ledger.seen.values(), at -> at.isBefore(before));
            case Purge.Events events -> ledger.purge(events);
            case Purge.Media(var before) ->
                removed(ledger.media.values(), row -> row.at().isBefore(before));
            case Purge.Outbound(var before) ->
                removed(
                        ledger.outbound.values(),
                        row -> row.state().finished() && row.acceptedAt().isBefore(before));
        });
    }

    private static <T> int removed(Collection<T> rows, java.util.function.Predicate<T> gone) {
        int before = rows.size();
        rows.removeIf(gone);
        return before - rows.size();
    }

    private <T> CompletionStage<T> change(Supplier<T> change) {
        synchronized (this) {
            try {
                faults.admit();
                return CompletableFuture.completedFuture(change.get());
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private <T> CompletionStage<T> read(Supplier<T> question) {
        return faults.reading().thenApply(open -> {
            synchronized (this) {
                return question.get();
            }
        });
    }

    private <K, V> CompletionStage<Optional<V>> find(Map<K, V> rows, K key) {
        return read(() -> Optional.ofNullable(rows.get(key)));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSession(DeviceAddress address) {
        return find(signal.sessions, address);
    }

    @Override
    public CompletionStage<List<SessionRow>> loadSessions(Collection<DeviceAddress> addresses) {
        return read(() -> Set.copyOf(addresses).stream()
                .mapMulti((DeviceAddress address, Consumer<SessionRow> found) -> {
                    Bytes record = signal.sessions.get(address);
                    if (record != null) {
                        found.accept(new SessionRow(address, record));
                    }
                })
                .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadIdentity(DeviceAddress address) {
        return find(signal.identities, address);
    }

    @Override
    public CompletionStage<Boolean> hasSignalStateForUser(String name) {
        return read(() -> signal.knows(name));
    }

    @Override
    public CompletionStage<Optional<PreKeyRow>> loadPreKey(int id) {
        return find(signal.preKeys, id);
    }

    @Override
    public CompletionStage<List<PreKeyRow>> loadPreKeys(Collection<Integer> ids) {
        return read(() -> new TreeSet<>(ids)
                .stream()
                        .filter(signal.preKeys::containsKey)
                        .map(signal.preKeys::get)
                        .toList());
    }

    @Override
    public CompletionStage<Integer> maxPreKeyId() {
        return read(() -> signal.preKeys.isEmpty() ? 0 : signal.preKeys.lastKey());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSignedPreKey(int id) {
        return find(signal.signedPreKeys, id);
    }

    @Override
    public CompletionStage<List<SignedPreKeyRow>> loadSignedPreKeys() {
        return read(() -> signal.signedPreKeys.entrySet().stream()
                .map(entry -> new SignedPreKeyRow(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSenderKey(SenderKeyName name) {
        return find(signal.senderKeys, name);
    }

    @Override
    public CompletionStage<Optional<SyncKey>> loadSyncKey(Bytes id) {
        return find(appSync.keys, id);
    }

    @Override
    public CompletionStage<Optional<Bytes>> latestSyncKeyId() {
        return read(() -> appSync.keys.isEmpty() ? Optional.empty() : Optional.of(appSync.keys.lastKey()));
    }

    @Override
    public CompletionStage<HashState> loadVersion(String collection) {
        return read(() -> appSync.versions.getOrDefault(collection, HashState.INITIAL));
    }

    @Override
    public CompletionStage<Map<Bytes, Bytes>> loadMutationMacs(String collection, Collection<Bytes> indexMacs) {
        return read(() -> {
            Map<Bytes, MutationMac> rows = appSync.of(collection);
            Map<Bytes, Bytes> found = new HashMap<>();
            for (Bytes mac : indexMacs) {
                MutationMac row = rows.get(mac);
                if (row != null) {
                    found.put(mac, row.valueMac());
                }
            }
            return Map.copyOf(found);
        });
    }

    @Override
    public CompletionStage<List<SenderKeyMark>> senderKeyMarks(Jid group) {
        return read(
                () -> List.copyOf(protocol.marks.getOrDefault(group, Map.of()).values()));
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadLidMapping(Jid lid) {
        return find(protocol.mappings, lid.bare().toString());
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadPnMapping(Jid pn) {
        return read(() -> protocol.newestOf(pn.bare()));
    }

    @Override
    public CompletionStage<List<LidMapping>> lidMappings(@Nullable Jid after, int limit) {
        return read(() ->
                protocol.mappings.tailMap(after == null ? "" : after.bare().toString(), false).values().stream()
                        .limit(limit)
                        .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadBaseKey(DeviceAddress address, MessageId id) {
        return find(protocol.baseKeys, new ProtocolTables.BaseKeyName(address, id))
                .thenApply(row -> row.map(ProtocolTables.Timed::value));
    }

    @Override
    public CompletionStage<List<DeviceList>> loadDeviceLists(Collection<Jid> users) {
        return read(() -> users.stream()
                .map(Jid::bare)
                .distinct()
                .filter(protocol.deviceLists::containsKey)
                .map(protocol.deviceLists::get)
                .toList());
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadGroupMetadata(Jid group) {
        return find(protocol.groups, group);
    }

    @Override
    public CompletionStage<Optional<TcToken>> loadTcToken(Jid user) {
        return find(protocol.tokens, user.bare());
    }

    @Override
    public CompletionStage<List<Jid>> tcTokenUsers() {
        return read(() -> List.copyOf(protocol.tokens.keySet()));
    }

    @Override
    public CompletionStage<Optional<Bytes>> takeSentMessage(Jid chat, MessageId id) {
        return change(() -> Optional.ofNullable(protocol.sent.remove(new ProtocolTables.SentName(chat, id)))
                .map(ProtocolTables.Timed::value));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadPendingInbound(MessageKey key) {
        return find(protocol.pending, key).thenApply(row -> row.map(ProtocolTables.Timed::value));
    }

    @Override
    public CompletionStage<Optional<MsgSecret>> loadMsgSecret(MessageKey key) {
        return find(ledger.secrets, key);
    }

    @Override
    public CompletionStage<List<MediaRow>> media(MessageId id) {
        return read(() -> ledger.media(id));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadDevice() {
        return read(() -> Optional.ofNullable(ledger.device));
    }

    @Override
    public CompletionStage<Boolean> createDevice(Bytes device) {
        return change(() -> {
            boolean first = ledger.device == null;
            ledger.device = first ? device : ledger.device;
            return first;
        });
    }

    @Override
    public CompletionStage<Long> appliedSequence() {
        return read(() -> ledger.applied);
    }

    @Override
    public CompletionStage<List<EventRow>> readEvents(long after, Set<String> types, int limit) {
        return read(() -> ledger.events(after, types, Math.clamp(limit, 1, EventLogStore.PAGE_MAX)));
    }

    @Override
    public CompletionStage<EventSpan> eventSpan(Set<String> types) {
        return read(() -> ledger.span(types));
    }

    @Override
    public CompletionStage<Set<MessageKey>> seenAmong(Collection<MessageKey> keys) {
        return read(() -> keys.stream().filter(ledger.seen::containsKey).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public CompletionStage<List<MessageKey>> seenKeys(@Nullable MessageKey after, int limit) {
        return read(() -> (after == null ? ledger.seen : ledger.seen.tailMap(after, false))
                .keySet().stream().limit(limit).toList());
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundById(MessageId id) {
        return find(ledger.outbound, id);
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundByIdempotencyKey(String key) {
        return read(() -> ledger.outbound.values().stream()
                .filter(row -> row.idempotencyKey().equals(key))
                .max(comparingLong(OutboundRow::sequence)));
    }

    @Override
    public CompletionStage<List<OutboundRow>> unfinishedOutbound(long afterSequence, int limit) {
        return read(() -> ledger.outbound.values().stream()
                .filter(row -> !row.state().finished() && row.sequence() > afterSequence)
                .sorted(comparingLong(OutboundRow::sequence))
                .limit(limit)
                .toList());
    }
}
