package dev.waggle.persistence.cassandra.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.persistence.cassandra.CassandraDriver;
import dev.waggle.persistence.cassandra.TestCassandra;
import dev.waggle.storage.StorageSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a session does to the process that it belongs to.
class OwnerSessionTest {
    private static final int ROUNDS = 8;

    @BeforeAll
    static void start() {
        new CassandraDriver().start(TestCassandra.settings()).close();
    }

    /// With connections that nobody else in this process has: the last one who lets go of them waits for their end.
    private static ActorSystem system(int round) {
        Map<String, String> options = new HashMap<>(TestCassandra.settings().options());
        options.put("request-timeout-ms", Integer.toString(7_000 + round));
        StorageSettings settings = new StorageSettings(TestCassandra.settings().dataDirectory(), options);
        return ActorSystem.create(
                "ending",
                ConfigFactory.parseString("""
                        pekko.loglevel = OFF, pekko.stdout-loglevel = OFF
                        waggle.cassandra-lease.heartbeat-interval = 2ms
                        """)
                        .withFallback(ConfigFactory.parseMap(new CassandraDriver().actorSystemConfig(settings)))
                        .withFallback(ConfigFactory.load()));
    }

    @Test
    void a_system_ends_also_while_its_session_is_being_renewed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ActorSystem system = system(round);
            Lease lease = LeaseProvider.get(system)
                    .getLease(TestCassandra.unique("ending-"), "waggle.cassandra-lease", "node");
            assertThat(lease.acquire().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isTrue();
            CountDownLatch ending = new CountDownLatch(1);
            // Runs before what was registered earlier.
            system.registerOnTermination(ending::countDown);
            // A renewal is on its way and is answered while the connections are being closed.
            TestCassandra.server().freeze();
            try {
                system.terminate();
                assertThat(ending.await(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                TestCassandra.server().thaw();
            }
            // Less than it takes until connections that do not close are given up.
            system.getWhenTerminated().toCompletableFuture().get(15, TimeUnit.SECONDS);
        }
    }
}
