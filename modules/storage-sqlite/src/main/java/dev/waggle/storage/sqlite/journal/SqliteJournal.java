package dev.waggle.storage.sqlite.journal;

import com.typesafe.config.Config;
import dev.waggle.address.Bytes;
import dev.waggle.storage.sqlite.file.Row;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/// The journal plugin `waggle.sqlite-journal`.
///
/// What one actor persists in one go is one atomic write, confirmed when it is on disk. An event that cannot be
/// serialised is rejected and nothing of its atomic write is stored; a failure of the file fails the write, which
/// stops the actor. The metadata of replicated event sourcing is not kept.
public final class SqliteJournal extends AsyncWriteJournal {
    private static final int PAGE = 250;

    private record Stored(
            long sequence, String writer, long at, int serializer, String manifest, String adapter, Bytes payload) {
        static Stored read(Row row) throws SQLException {
            return new Stored(
                    row.number(1), row.text(2), row.number(3), row.integer(4), row.text(5), row.text(6), row.bytes(7));
        }
    }

    private record Rows(String persistenceId, List<Stored> rows) {}

    private final SqliteFile file;
    private final Serialization serialization =
            SerializationExtension.get(context().system());

    public SqliteJournal(Config config) {
        file = SqliteFile.shared(Path.of(config.getString("file")));
    }

    @Override
    public void postStop() {
        file.close();
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        // Serialised here, on the plugin's threads: the writer's time belongs to everybody.
        List<Optional<Exception>> verdicts = new ArrayList<>();
        List<Rows> accepted = new ArrayList<>();
        for (AtomicWrite write : messages) {
            verdicts.add(serialise(write, accepted));
        }
        CompletableFuture<Iterable<Optional<Exception>>> done = accepted.isEmpty()
                ? CompletableFuture.completedFuture(verdicts)
                : file.write(session -> {
                    for (Rows rows : accepted) {
                        long pid = PersistenceIds.number(session, rows.persistenceId());
                        for (Stored row : rows.rows()) {
                            session.update(
                                    "INSERT INTO journal(pid, sequence, writer, at, serializer, manifest, adapter,"
                                            + " payload) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                                    pid,
                                    row.sequence(),
                                    row.writer(),
                                    row.at(),
                                    row.serializer(),
                                    row.manifest(),
                                    row.adapter(),
                                    row.payload());
                        }
                    }
                    return verdicts;
                });
        return FutureConverters.asScala(done);
    }

    private Optional<Exception> serialise(AtomicWrite write, List<Rows> accepted) {
        List<Stored> rows = new ArrayList<>();
        try {
            for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
                Payload payload = Payload.of(event.payload(), serialization);
                rows.add(new Stored(
                        event.sequenceNr(),
                        event.writerUuid(),
                        event.timestamp(),
                        payload.serializer,
                        payload.manifest,
                        event.manifest(),
                        Bytes.wrap(payload.bytes)));
            }
        } catch (RuntimeException e) {
            return Optional.of(e);
        } catch (Exception e) {
            // Serialisers are Scala or Java code that may throw a checked NotSerializableException unannounced.
            return Optional.of(e instanceof NotSerializableException ? e : new IllegalStateException(e));
        }
        accepted.add(new Rows(write.persistenceId(), rows));
        return Optional.empty();
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return FutureConverters.asScala(file.write(session -> {
                    long pid = PersistenceIds.find(session, persistenceId);
                    session.update(
                            "UPDATE persistence_id SET deleted_to = max(deleted_to, (SELECT coalesce(max(sequence), 0)"
                                    + " FROM journal WHERE pid = ?1 AND sequence <= ?2)) WHERE id = ?1",
                            pid,
                            toSequenceNr);
                    return session.update("DELETE FROM journal WHERE pid = ? AND sequence <= ?", pid, toSequenceNr);
                })
                .thenAccept(rows -> {}));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        return FutureConverters.asScala(file.read(session -> session.number(
                "SELECT max(deleted_to, coalesce((SELECT max(sequence) FROM journal WHERE pid = persistence_id.id), 0))"
                        + " FROM persistence_id WHERE name = ?",
                persistenceId)));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long fromSequenceNr, long toSequenceNr, long max, Consumer<PersistentRepr> replay) {
        return FutureConverters.asScala(page(persistenceId, fromSequenceNr, toSequenceNr, max, replay));
    }

    /// Page by page, so that a long recovery neither fills the memory nor keeps a connection from everybody else.
    private CompletableFuture<Void> page(
            String persistenceId, long from, long to, long left, Consumer<PersistentRepr> replay) {
        if (left <= 0 || from > to) {
            return CompletableFuture.completedFuture(null);
        }
        long size = Math.min(PAGE, left);
        return file.read(session -> session.list(
                        Stored::read,
                        "SELECT sequence, writer, at, serializer, manifest, adapter, payload FROM journal"
                                + " WHERE pid = (SELECT id FROM persistence_id WHERE name = ?)"
                                + " AND sequence >= ? AND sequence <= ? ORDER BY sequence LIMIT ?",
                        persistenceId,
                        from,
                        to,
                        size))
                .thenCompose(rows -> {
                    rows.forEach(row -> replay.accept(event(persistenceId, row)));
                    return rows.size() < size
                            ? CompletableFuture.completedFuture(null)
                            : page(persistenceId, rows.getLast().sequence() + 1, to, left - rows.size(), replay);
                });
    }

    private PersistentRepr event(String persistenceId, Stored row) {
        Object payload = serialization
                .deserialize(row.payload().unsafeArray(), row.serializer(), row.manifest())
                .get();
        return PersistentRepr.apply(
                        payload, row.sequence(), persistenceId, row.adapter(), false, ActorRef.noSender(), row.writer())
                .withTimestamp(row.at());
    }
}
