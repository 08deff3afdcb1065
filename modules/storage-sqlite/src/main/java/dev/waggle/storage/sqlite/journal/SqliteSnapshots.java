package dev.waggle.storage.sqlite.journal;

import com.typesafe.config.Config;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/// The snapshot plugin `waggle.sqlite-snapshots`.
public final class SqliteSnapshots extends SnapshotStore {
    private final SqliteFile file;
    private final Serialization serialization =
            SerializationExtension.get(context().system());

    public SqliteSnapshots(Config config) {
        file = SqliteFile.shared(Path.of(config.getString("file")));
    }

    @Override
    public void postStop() {
        file.close();
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return FutureConverters.asScala(file.read(session -> session.first(
                row -> SelectedSnapshot.create(
                        new SnapshotMetadata(persistenceId, row.number(1), row.number(2)),
                        serialization
                                .deserialize(row.bytes(5).unsafeArray(), row.integer(3), row.text(4))
                                .get()),
                "SELECT sequence, at, serializer, manifest, payload FROM snapshot"
                        + " WHERE pid = (SELECT id FROM persistence_id WHERE name = ?) AND sequence BETWEEN ? AND ?"
                        + " AND at BETWEEN ? AND ? ORDER BY sequence DESC LIMIT 1",
                persistenceId,
                criteria.minSequenceNr(),
                criteria.maxSequenceNr(),
                criteria.minTimestamp(),
                criteria.maxTimestamp())));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        Payload payload = Payload.of(snapshot, serialization);
        return done(file.write(session -> session.update(
                "INSERT INTO snapshot(pid, sequence, at, serializer, manifest, payload) VALUES(?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET at = excluded.at, serializer = excluded.serializer,"
                        + " manifest = excluded.manifest, payload = excluded.payload",
                PersistenceIds.number(session, metadata.persistenceId()),
                metadata.sequenceNr(),
                metadata.timestamp(),
                payload.serializer,
                payload.manifest,
                payload.bytes)));
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        return done(file.write(session -> session.update(
                "DELETE FROM snapshot WHERE pid = ?1 AND sequence = ?2 AND (?3 = 0 OR at = ?3)",
                PersistenceIds.find(session, metadata.persistenceId()),
                metadata.sequenceNr(),
                metadata.timestamp())));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return done(file.write(session -> session.update(
                "DELETE FROM snapshot WHERE pid = ? AND sequence BETWEEN ? AND ? AND at BETWEEN ? AND ?",
                PersistenceIds.find(session, persistenceId),
                criteria.minSequenceNr(),
                criteria.maxSequenceNr(),
                criteria.minTimestamp(),
                criteria.maxTimestamp())));
    }

    private static Future<Void> done(CompletableFuture<Integer> rows) {
        return FutureConverters.asScala(rows.thenAccept(count -> {}));
    }
}
