package dev.waggle.persistence.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.CqlErrors;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a keyspace to what this build needs. Any number of processes may do so at once: one does, the others
/// wait.
public final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final Duration AGREEMENT_MAX = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final CqlSession session;
    private final CassandraSettings settings;
    private final List<Step> steps;

    private Migrations(CqlSession session, CassandraSettings settings, List<Step> steps) {
        this.session = session;
        this.settings = settings;
        this.steps = steps;
    }

    /// @throws StoreException `storage-refused` when the keyspace was made by a later build or by other steps
    public static void run(CqlSession session, CassandraSettings settings) {
        new Migrations(session, settings, Step.all()).run();
    }

    static void run(CqlSession session, CassandraSettings settings, List<Step> steps) {
        new Migrations(session, settings, steps).run();
    }

    private void run() {
        try {
            if (isThere() && pending().isEmpty()) {
                return;
            }
            begin();
            try (SchemaLock lock = SchemaLock.take(session, table("schema_lock"))) {
                for (Step step : pending()) {
                    take(step, lock);
                }
            }
        } catch (RuntimeException e) {
            throw CqlErrors.of(e);
        }
    }

    private String table(String name) {
        return settings.keyspace() + "." + name;
    }

    private boolean isThere() {
        return session.execute(SimpleStatement.newInstance(
                                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
                                settings.keyspace(),
                                "schema_version"))
                        .one()
                != null;
    }

    private boolean hasKeyspace() {
        return session.execute(SimpleStatement.newInstance(
                                "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
                                settings.keyspace()))
                        .one()
                != null;
    }

    /// What must be there for the lock, so it is made without. Two who do so at once make the same: the tables' ids
    /// follow from their names, where Cassandra would draw two.
    private void begin() {
        String copies = new TreeMap<>(settings.replication())
                .entrySet().stream()
                        .map(entry -> ", '" + entry.getKey() + "': " + entry.getValue())
                        .collect(Collectors.joining());
        if (!hasKeyspace()) {
            // Not left to IF NOT EXISTS: who may write in a keyspace need not be allowed to make others.
            change("CREATE KEYSPACE IF NOT EXISTS " + settings.keyspace()
                    + " WITH replication = {'class': 'NetworkTopologyStrategy'" + copies + "}");
        }
        create("schema_lock", "(id int PRIMARY KEY, holder uuid)");
        create("schema_version", "(part int, number int, name text, checksum text, PRIMARY KEY (part, number))");
    }

    private void create(String name, String columns) {
        UUID id = UUID.nameUUIDFromBytes(table(name).getBytes(StandardCharsets.UTF_8));
        change("CREATE TABLE IF NOT EXISTS " + table(name) + " " + columns + " WITH id = " + id);
    }

    private List<Step> pending() {
        Map<Integer, String> taken = new TreeMap<>();
        session.execute("SELECT number, checksum FROM " + table("schema_version") + " WHERE part = 0")
                .forEach(row -> taken.put(row.getInt("number"), String.valueOf(row.getString("checksum"))));
        for (var step : taken.entrySet()) {
            if (steps.stream()
                    .noneMatch(own ->
                            own.number() == step.getKey() && own.checksum().equals(step.getValue()))) {
                throw new StoreException(
                        Code.STORAGE_REFUSED,
                        "the keyspace " + settings.keyspace() + " has a step " + step.getKey()
                                + " that this build does not have (expected: a build as late as the latest)");
            }
        }
        return steps.stream().filter(step -> !taken.containsKey(step.number())).toList();
    }

    private void take(Step step, SchemaLock lock) {
        for (String statement : step.statements()) {
            lock.renew();
            change(statement.replace("${keyspace}", settings.keyspace()));
        }
        lock.renew();
        session.execute(SimpleStatement.newInstance(
                "INSERT INTO " + table("schema_version") + " (part, number, name, checksum) VALUES (0, ?, ?, ?)",
                step.number(),
                step.name(),
                step.checksum()));
        log.info("keyspace {}: {} done", settings.keyspace(), step.name());
    }

    /// The next statement may reach another node: it must know of this one.
    private void change(String statement) {
        session.execute(SimpleStatement.newInstance(statement).setTimeout(AGREEMENT_MAX));
        long end = System.nanoTime() + AGREEMENT_MAX.toNanos();
        while (!session.checkSchemaAgreement()) {
            if (System.nanoTime() > end) {
                throw new StoreException(Code.STORAGE_UNAVAILABLE, "the nodes of Cassandra do not agree on the schema");
            }
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }
}
