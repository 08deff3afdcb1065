package dev.waggle.persistence.cassandra.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.persistence.cassandra.TestCassandra;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Conditional updates that get in each other's way for longer than the server allows.
class ContentionTest {
    private static final int AT_ONCE = 48;
    private static final int TIMED_OUT = 40;

    @Test
    @Timeout(180)
    void an_update_that_took_too_long_fails_alone(@TempDir Path directory) {
        ServerSettings impatient = ServerSettings.SMALL.with("cas_contention_timeout", "15ms");
        try (CassandraServer server = CassandraServer.start(directory, impatient);
                Link link = Link.open(CassandraSettings.from(TestCassandra.settings(server, "contention")))) {
            CqlSession session = link.session();
            session.execute("CREATE KEYSPACE contention WITH replication = "
                    + "{'class': 'SimpleStrategy', 'replication_factor': 1}");
            session.execute("CREATE TABLE contention.one (k int PRIMARY KEY, v int)");
            session.execute("INSERT INTO contention.one (k, v) VALUES (1, 0)");
            int timedOut = 0;
            while (timedOut < TIMED_OUT) {
                List<CompletionStage<?>> updates = new ArrayList<>();
                List<CompletionStage<?>> looks = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    updates.add(session.executeAsync(SimpleStatement.newInstance(
                                    "UPDATE contention.one SET v = " + i + " WHERE k = 1 IF v != -1")
                            .setIdempotent(false)));
                    looks.add(session.executeAsync("SELECT v FROM contention.one WHERE k = 1"));
                }
                for (CompletionStage<?> update : updates) {
                    try {
                        update.toCompletableFuture().join();
                    } catch (CompletionException e) {
                        assertThat(e.getCause()).isInstanceOf(WriteTimeoutException.class);
                        timedOut++;
                    }
                }
                // Whatever became of those: these have nothing to do with it.
                looks.forEach(look -> look.toCompletableFuture().join());
            }
        }
    }
}
