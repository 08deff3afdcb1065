package dev.waggle.storage.sqlite;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.AppSyncStore;
import dev.waggle.storage.ProtocolStore;
import dev.waggle.storage.SignalStore;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SessionRow;
import dev.waggle.storage.row.SignedPreKeyRow;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The reads of one account that are about others: ratchets, app state, protocol. Reads are one statement each, so
/// each sees one state of the file.
abstract class SqliteStores implements SignalStore, AppSyncStore, ProtocolStore {
    final long id;
    final SqliteFile file;

    SqliteStores(long id, SqliteFile file) {
        this.id = id;
        this.file = file;
    }

    final CompletionStage<Optional<Bytes>> value(String sql, Object... parameters) {
        return file.read(session -> session.first(row -> row.bytes(1), sql, parameters));
    }

    final <T> CompletionStage<List<T>> list(
            SqlSession.RowReader<T> reader, String sql, @Nullable Object... parameters) {
        return file.read(session -> session.list(reader, sql, parameters));
    }

    final <T> CompletionStage<Optional<T>> first(SqlSession.RowReader<T> reader, String sql, Object... parameters) {
        return file.read(session -> session.first(reader, sql, parameters));
    }

    static String bare(Jid user) {
        return user.bare().toString();
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSession(DeviceAddress address) {
        return value(
                "SELECT record FROM session WHERE account = ? AND name = ? AND device = ?",
                id,
                address.name(),
                address.device());
    }

    @Override
    public CompletionStage<List<SessionRow>> loadSessions(Collection<DeviceAddress> addresses) {
        return list(
                row -> new SessionRow(new DeviceAddress(row.text(1), row.integer(2)), row.bytes(3)),
                "SELECT name, device, record FROM session WHERE account = ? AND (name, device) IN"
                        + " (SELECT value ->> 0, CAST(value ->> 1 AS INTEGER) FROM json_each(?))",
                id,
                Json.tuples(addresses, address -> List.of(address.name(), Integer.toString(address.device()))));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadIdentity(DeviceAddress address) {
        return value(
                "SELECT key FROM identity WHERE account = ? AND name = ? AND device = ?",
                id,
                address.name(),
                address.device());
    }

    @Override
    public CompletionStage<Boolean> hasSignalStateForUser(String name) {
        return file.read(session -> session.number(
                        "SELECT EXISTS(SELECT 1 FROM session WHERE account = ?1 AND name = ?2)"
                                + " OR EXISTS(SELECT 1 FROM identity WHERE account = ?1 AND name = ?2)",
                        id,
                        name)
                == 1);
    }

    @Override
    public CompletionStage<Optional<PreKeyRow>> loadPreKey(int number) {
        return loadPreKeys(List.of(number)).thenApply(rows -> rows.stream().findFirst());
    }

    @Override
    public CompletionStage<List<PreKeyRow>> loadPreKeys(Collection<Integer> ids) {
        return list(
                row -> new PreKeyRow(row.integer(1), row.bytes(2), row.flag(3)),
                "SELECT id, record, uploaded FROM pre_key WHERE account = ?"
                        + " AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
                id,
                Json.numbers(ids));
    }

    @Override
    public CompletionStage<Integer> maxPreKeyId() {
        return file.read(
                session -> (int) session.number("SELECT coalesce(max(id), 0) FROM pre_key WHERE account = ?", id));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSignedPreKey(int number) {
        return value("SELECT record FROM signed_pre_key WHERE account = ? AND id = ?", id, number);
    }

    @Override
    public CompletionStage<List<SignedPreKeyRow>> loadSignedPreKeys() {
        return list(
                row -> new SignedPreKeyRow(row.integer(1), row.bytes(2)),
                "SELECT id, record FROM signed_pre_key WHERE account = ? ORDER BY id",
                id);
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadSenderKey(SenderKeyName name) {
        return value(
                "SELECT record FROM sender_key WHERE account = ? AND chat = ? AND name = ? AND device = ?",
                id,
                name.group().toString(),
                name.sender().name(),
                name.sender().device());
    }

    @Override
    public CompletionStage<Optional<SyncKey>> loadSyncKey(Bytes key) {
        return first(
                row -> new SyncKey(key, row.bytes(1), row.bytes(2), row.time(3)),
                "SELECT key, fingerprint, at FROM sync_key WHERE account = ? AND id = ?",
                id,
                key);
    }

    @Override
    public CompletionStage<Optional<Bytes>> latestSyncKeyId() {
        return value("SELECT id FROM sync_key WHERE account = ? ORDER BY id DESC LIMIT 1", id);
    }

    @Override
    public CompletionStage<HashState> loadVersion(String collection) {
        return first(
                        row -> new HashState(row.number(1), row.bytes(2), row.flag(3)),
                        "SELECT version, hash, diverged FROM collection WHERE account = ? AND name = ?",
                        id,
                        collection)
                .thenApply(state -> state.orElse(HashState.INITIAL));
    }

    @Override
    public CompletionStage<Map<Bytes, Bytes>> loadMutationMacs(String collection, Collection<Bytes> indexMacs) {
        return list(
                        row -> Map.entry(row.bytes(1), row.bytes(2)),
                        "SELECT index_mac, value_mac FROM mutation_mac WHERE account = ? AND collection = ?"
                                + " AND index_mac IN (SELECT unhex(value) FROM json_each(?))",
                        id,
                        collection,
                        Json.bytes(indexMacs))
                .thenApply(rows -> {
                    Map<Bytes, Bytes> macs = new HashMap<>();
                    rows.forEach(row -> macs.put(row.getKey(), row.getValue()));
                    return macs;
                });
    }

    @Override
    public CompletionStage<List<SenderKeyMark>> senderKeyMarks(Jid group) {
        return list(
                row -> new SenderKeyMark(Jid.parse(row.text(1)), row.integer(2), row.flag(3)),
                "SELECT device, key_id, has_key FROM sender_key_mark WHERE account = ? AND chat = ?",
                id,
                group.toString());
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadLidMapping(Jid lid) {
        return first(Reads::lidMapping, Reads.LID_MAPPING + "WHERE account = ? AND lid = ?", id, bare(lid));
    }

    @Override
    public CompletionStage<Optional<LidMapping>> loadPnMapping(Jid pn) {
        return first(
                Reads::lidMapping,
                Reads.LID_MAPPING + "WHERE account = ? AND pn = ? ORDER BY updated_at DESC LIMIT 1",
                id,
                bare(pn));
    }

    @Override
    public CompletionStage<List<LidMapping>> lidMappings(@Nullable Jid after, int limit) {
        return list(
                Reads::lidMapping,
                Reads.LID_MAPPING + "WHERE account = ? AND lid > ? ORDER BY lid LIMIT ?",
                id,
                after == null ? "" : bare(after),
                limit);
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadBaseKey(DeviceAddress address, MessageId message) {
        return value(
                "SELECT key FROM base_key WHERE account = ? AND name = ? AND device = ? AND message = ?",
                id,
                address.name(),
                address.device(),
                message.value());
    }

    @Override
    public CompletionStage<List<DeviceList>> loadDeviceLists(Collection<Jid> users) {
        return list(
                Reads::deviceList,
                Reads.DEVICE_LIST + "WHERE account = ? AND user IN (SELECT value FROM json_each(?))",
                id,
                Json.texts(users.stream().map(SqliteStores::bare).toList()));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadGroupMetadata(Jid group) {
        return value("SELECT metadata FROM group_metadata WHERE account = ? AND chat = ?", id, group.toString());
    }

    @Override
    public CompletionStage<Optional<TcToken>> loadTcToken(Jid user) {
        return first(Reads::tcToken, Reads.TC_TOKEN + "WHERE account = ? AND user = ?", id, bare(user));
    }

    @Override
    public CompletionStage<List<Jid>> tcTokenUsers() {
        return list(row -> Jid.parse(row.text(1)), "SELECT user FROM tc_token WHERE account = ?", id);
    }

    @Override
    public CompletionStage<Optional<Bytes>> takeSentMessage(Jid chat, MessageId message) {
        return file.write(session -> session.first(
                row -> row.bytes(1),
                "DELETE FROM sent_message WHERE account = ? AND chat = ? AND id = ? RETURNING payload",
                id,
                chat.toString(),
                message.value()));
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadPendingInbound(MessageKey key) {
        return value(
                "SELECT payload FROM pending_inbound WHERE account = ? AND chat = ? AND sender = ? AND id = ?",
                id,
                key.chat().toString(),
                key.sender().toString(),
                key.id().value());
    }
}
