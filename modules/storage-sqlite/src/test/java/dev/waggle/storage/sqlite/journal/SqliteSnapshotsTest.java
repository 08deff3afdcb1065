package dev.waggle.storage.sqlite.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.DeleteSnapshotSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Pekko's snapshot kit asks of a snapshot store.
class SqliteSnapshotsTest {
    private static final SnapshotSelectionCriteria LATEST = SnapshotSelectionCriteria.latest();

    @TempDir
    Path directory;

    private final List<SnapshotMetadata> saved = new ArrayList<>();
    private PluginProbe kit;

    /// Five snapshots `s-1` .. `s-5` at sequences 11 .. 15.
    @BeforeEach
    void start() {
        kit = new PluginProbe(directory);
        for (int i = 1; i <= 5; i++) {
            saved.add(save(new SnapshotMetadata("p", 10 + i, 1_000 + i), "s-" + i));
        }
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    private SnapshotMetadata save(SnapshotMetadata metadata, Object state) {
        kit.snapshots.tell(new SnapshotProtocol.SaveSnapshot(metadata, state), kit.probe.getRef());
        return kit.probe.expectMsgClass(SaveSnapshotSuccess.class).metadata();
    }

    private Object load(String id, SnapshotSelectionCriteria criteria, long to) {
        kit.snapshots.tell(new SnapshotProtocol.LoadSnapshot(id, criteria, to), kit.probe.getRef());
        SnapshotProtocol.LoadSnapshotResult result =
                kit.probe.expectMsgClass(SnapshotProtocol.LoadSnapshotResult.class);
        return result.snapshot().isEmpty() ? "none" : result.snapshot().get().snapshot();
    }

    private SnapshotSelectionCriteria between(long minSequence, long maxSequence, long minAt, long maxAt) {
        return SnapshotSelectionCriteria.create(maxSequence, maxAt, minSequence, minAt);
    }

    @Test
    void the_youngest_one_is_loaded() {
        assertThat(load("p", LATEST, Long.MAX_VALUE)).isEqualTo("s-5");
    }

    @Test
    void bounds_of_number_and_time_hold() {
        assertThat(load("p", LATEST, 13)).isEqualTo("s-3");
        assertThat(load("p", SnapshotSelectionCriteria.create(13, Long.MAX_VALUE), Long.MAX_VALUE))
                .isEqualTo("s-3");
        assertThat(load("p", between(0, Long.MAX_VALUE, 0, saved.get(0).timestamp() - 1), Long.MAX_VALUE))
                .isEqualTo("none");
        assertThat(load("p", SnapshotSelectionCriteria.none(), Long.MAX_VALUE)).isEqualTo("none");
        assertThat(load("p", between(16, Long.MAX_VALUE, 0, Long.MAX_VALUE), Long.MAX_VALUE))
                .isEqualTo("none");
        assertThat(load("other", LATEST, Long.MAX_VALUE)).isEqualTo("none");
    }

    @Test
    void one_snapshot_is_deleted_by_its_metadata() {
        kit.snapshots.tell(new SnapshotProtocol.DeleteSnapshot(saved.get(4)), kit.probe.getRef());
        kit.probe.expectMsgClass(DeleteSnapshotSuccess.class);
        assertThat(load("p", LATEST, Long.MAX_VALUE)).isEqualTo("s-4");
    }

    @Test
    void a_range_is_deleted_by_criteria() {
        kit.snapshots.tell(
                new SnapshotProtocol.DeleteSnapshots("p", between(12, 14, 0, Long.MAX_VALUE)), kit.probe.getRef());
        kit.probe.expectMsgClass(DeleteSnapshotsSuccess.class);
        assertThat(load("p", LATEST, 14)).isEqualTo("s-1");
        assertThat(load("p", LATEST, Long.MAX_VALUE)).isEqualTo("s-5");
    }

    @Test
    void saving_at_the_same_number_replaces() {
        save(new SnapshotMetadata("p", 15, 2_000), "better");
        assertThat(load("p", LATEST, Long.MAX_VALUE)).isEqualTo("better");
    }

    @Test
    void a_large_snapshot_survives_the_actor_system() {
        String large = "x".repeat(2_000_000);
        save(new SnapshotMetadata("big", 1, 1_000), large);
        kit.close();
        kit = new PluginProbe(directory);
        assertThat(load("big", LATEST, Long.MAX_VALUE)).isEqualTo(large);
    }
}
