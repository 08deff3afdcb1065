package dev.waggle.persistence.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.CqlErrors;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.util.Map;
import java.util.Set;

/// Whether what is answered would survive a machine. With three copies and more, a quorum of them has it in two
/// places at least. With fewer, it must be on a disk before it is answered.
public final class Durability {
    private static final int COPIES_ENOUGH = 3;
    private static final Set<String> SYNCED = Set.of("batch", "group");

    private Durability() {}

    /// @throws StoreException `storage-refused` when a node could forget what it answered
    public static void check(CqlSession session, CassandraSettings settings) {
        try {
            int copies = copies(session, settings);
            if (copies >= COPIES_ENOUGH) {
                return;
            }
            for (Node node : session.getMetadata().getNodes().values()) {
                if (node.getState() == NodeState.UP || node.getState() == NodeState.UNKNOWN) {
                    check(session, node, copies);
                }
            }
        } catch (RuntimeException e) {
            throw CqlErrors.of(e);
        }
    }

    private static void check(CqlSession session, Node node, int copies) {
        Row row = session.execute(SimpleStatement.newInstance(
                                "SELECT value FROM system_views.settings WHERE name = 'commitlog_sync'")
                        .setNode(node))
                .one();
        String sync = row == null ? "unknown" : String.valueOf(row.getString("value"));
        if (!SYNCED.contains(sync)) {
            throw new StoreException(
                    Code.STORAGE_REFUSED,
                    "commitlog_sync of " + node.getEndPoint() + ": " + sync + " with a replication factor of " + copies
                            + " (expected: batch or group, or a factor of " + COPIES_ENOUGH + ")");
        }
    }

    /// Of the keyspace as it is, in our data centre: settings only say how it would have been made.
    private static int copies(CqlSession session, CassandraSettings settings) {
        Row row = session.execute(SimpleStatement.newInstance(
                        "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?", settings.keyspace()))
                .one();
        Map<String, String> replication = row == null ? null : row.getMap("replication", String.class, String.class);
        if (replication == null) {
            throw new StoreException(Code.STORAGE_REFUSED, "there is no keyspace " + settings.keyspace());
        }
        String copies = replication.getOrDefault(
                settings.localDatacenter(), replication.getOrDefault("replication_factor", "0"));
        int count = Integer.parseInt(copies);
        if (count == 0) {
            throw new StoreException(
                    Code.STORAGE_REFUSED,
                    "the keyspace " + settings.keyspace() + " has no copy in the data centre "
                            + settings.localDatacenter() + " (its replication: " + replication + ")");
        }
        return count;
    }
}
