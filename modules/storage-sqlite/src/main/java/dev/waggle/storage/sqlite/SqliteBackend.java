package dev.waggle.storage.sqlite;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.EventLogStore;
import dev.waggle.storage.MediaStore;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.WriteLimits;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.sqlite.file.SqlSession;
import dev.waggle.storage.sqlite.file.SqliteFile;
import dev.waggle.storage.write.AppSyncWrite;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One account's rows in the file: all its writes, and the reads of its own books.
final class SqliteBackend extends SqliteStores implements Backend {
    private final AccountId account;
    private final Snapshots snapshots;

    SqliteBackend(AccountId account, long id, SqliteFile file, Snapshots snapshots) {
        super(id, file);
        this.account = account;
        this.snapshots = snapshots;
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public CompletionStage<Boolean> write(List<? extends StoreWrite> writes, long appliedSequence) {
        List<StoreWrite> batch = List.copyOf(writes);
        try {
            WriteLimits.check(batch);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return file.write(session -> {
            boolean due = appliedSequence == UNMARKED
                    || session.update(
                                    "UPDATE account SET applied = ?1 WHERE id = ?2 AND applied < ?1",
                                    appliedSequence,
                                    id)
                            == 1;
            if (due) {
                apply(session, batch);
            }
            return due;
        });
    }

    private void apply(SqlSession session, List<StoreWrite> writes) throws SQLException {
        for (StoreWrite write : writes) {
            switch (write) {
                case SignalWrite one -> SignalRows.apply(session, id, one);
                case AppSyncWrite one -> AppSyncRows.apply(session, id, one);
                case ProtocolWrite one -> ProtocolRows.apply(session, id, one);
                case LedgerWrite one -> LedgerRows.apply(session, id, one);
            }
        }
    }

    @Override
    public CompletionStage<Integer> purge(Purge purge) {
        return file.write(session -> Purges.purge(session, id, purge));
    }

    @Override
    public CompletionStage<Optional<MsgSecret>> loadMsgSecret(MessageKey key) {
        return first(
                row -> new MsgSecret(key, row.bytes(1), row.optionalTime(2), row.time(3)),
                "SELECT secret, expires_at, message_at FROM msg_secret"
                        + " WHERE account = ? AND chat = ? AND sender = ? AND id = ?",
                id,
                key.chat().toString(),
                key.sender().toString(),
                key.id().value());
    }

    @Override
    public CompletionStage<List<MediaRow>> media(MessageId message) {
        return list(
                row -> new MediaRow(
                        new MessageKey(Jid.parse(row.text(1)), Jid.parse(row.text(2)), message),
                        row.bytes(3),
                        row.time(4)),
                "SELECT chat, sender, payload, at FROM media WHERE account = ? AND id = ? ORDER BY at DESC LIMIT ?",
                id,
                message.value(),
                MediaStore.SAME_ID_MAX);
    }

    @Override
    public CompletionStage<Optional<Bytes>> loadDevice() {
        return value("SELECT device FROM device WHERE account = ?", id);
    }

    @Override
    public CompletionStage<Boolean> createDevice(Bytes device) {
        return file.write(session ->
                session.update("INSERT OR IGNORE INTO device(account, device) VALUES(?, ?)", id, device) == 1);
    }

    @Override
    public CompletionStage<Optional<Path>> snapshotDb(String name) {
        return snapshots.take(name).thenApply(Optional::of);
    }

    @Override
    public CompletionStage<Long> appliedSequence() {
        return file.read(session -> session.number("SELECT applied FROM account WHERE id = ?", id));
    }

    @Override
    public CompletionStage<List<EventRow>> readEvents(long after, Set<String> types, int limit) {
        return list(
                row -> new EventRow(row.number(1), row.text(2), row.time(3), row.bytes(4)),
                "SELECT sequence, type, at, payload FROM event WHERE account = ?1 AND sequence > ?2"
                        + " AND (?3 = '[]' OR type IN (SELECT value FROM json_each(?3))) ORDER BY sequence LIMIT ?4",
                id,
                after,
                Json.texts(types),
                Math.clamp(limit, 1, EventLogStore.PAGE_MAX));
    }

    @Override
    public CompletionStage<EventSpan> eventSpan(Set<String> types) {
        return first(
                        row -> new EventSpan(
                                row.number(1), row.number(2) == 0 ? row.number(3) + 1 : row.number(2), row.number(3)),
                        "SELECT (SELECT coalesce(max(floor), 0) FROM event_floor WHERE account = ?1"
                                + "   AND (?2 = '[]' OR type IN (SELECT value FROM json_each(?2)))),"
                                + " (SELECT sequence FROM event WHERE account = ?1"
                                + "   AND (?2 = '[]' OR type IN (SELECT value FROM json_each(?2))) ORDER BY sequence LIMIT 1),"
                                + " max(latest_event, coalesce((SELECT max(sequence) FROM event WHERE account = ?1), 0))"
                                + " FROM account WHERE id = ?1",
                        id,
                        Json.texts(types))
                .thenApply(span -> span.orElse(new EventSpan(0, 1, 0)));
    }

    @Override
    public CompletionStage<Set<MessageKey>> seenAmong(Collection<MessageKey> keys) {
        return list(
                        Reads::messageKey,
                        "SELECT chat, sender, id FROM seen WHERE account = ? AND (chat, sender, id) IN"
                                + " (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))",
                        id,
                        Json.tuples(
                                keys,
                                key -> List.of(
                                        key.chat().toString(),
                                        key.sender().toString(),
                                        key.id().value())))
                .thenApply(Set::copyOf);
    }

    @Override
    public CompletionStage<List<MessageKey>> seenKeys(@Nullable MessageKey after, int limit) {
        return list(
                Reads::messageKey,
                "SELECT chat, sender, id FROM seen WHERE account = ? AND (chat, sender, id) > (?, ?, ?)"
                        + " ORDER BY chat, sender, id LIMIT ?",
                id,
                after == null ? "" : after.chat().toString(),
                after == null ? "" : after.sender().toString(),
                after == null ? "" : after.id().value(),
                limit);
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundById(MessageId message) {
        return first(Reads::outbound, Reads.OUTBOUND + "WHERE account = ? AND id = ?", id, message.value());
    }

    @Override
    public CompletionStage<Optional<OutboundRow>> outboundByIdempotencyKey(String key) {
        return first(
                Reads::outbound,
                Reads.OUTBOUND + "WHERE account = ? AND idempotency_key = ? ORDER BY sequence DESC LIMIT 1",
                id,
                key);
    }

    @Override
    public CompletionStage<List<OutboundRow>> unfinishedOutbound(long afterSequence, int limit) {
        return list(
                Reads::outbound,
                Reads.OUTBOUND + "WHERE account = ? AND state = 'ACCEPTED' AND sequence > ? ORDER BY sequence LIMIT ?",
                id,
                afterSequence,
                limit);
    }
}
