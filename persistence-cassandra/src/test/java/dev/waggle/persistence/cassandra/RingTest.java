package dev.waggle.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.metadata.NodeState;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.cassandra.CassandraRing;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.cassandra.ServerSettings.Sync;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Three servers with three copies, of which one or two go. They take two gigabytes and half a minute to start, so
/// this runs only when asked for: `-Dwaggle.test.ring=true`.
@EnabledIfSystemProperty(named = "waggle.test.ring", matches = "true")
@Timeout(900)
class RingTest {
    private static final int ROUNDS = Integer.getInteger("waggle.test.ring-rounds", 3);
    private static final int WRITES = 400;

    @TempDir
    static Path folder;

    private static CassandraRing ring;

    @BeforeAll
    static void start() {
        ring = CassandraRing.start(folder, ServerSettings.SMALL.with(Sync.PERIODIC), 3);
    }

    @AfterAll
    static void stop() {
        ring.close();
    }

    /// Another number makes another session, as of another process.
    private static StorageSettings settings(String keyspace, int number) {
        Map<String, String> options = new HashMap<>();
        options.put("contact-points", ring.contactPoints());
        options.put("keyspace", keyspace);
        options.put("replication", "3");
        options.put("request-timeout-ms", Integer.toString(10_000 + number));
        return new StorageSettings(Path.of("target"), options);
    }

    private static Backend open(BackendProvider provider, String name) {
        return provider.open(new AccountId(name)).toCompletableFuture().join();
    }

    private static DeviceAddress device(int number) {
        return new DeviceAddress("user" + number, 0);
    }

    @Test
    void nodes_that_start_at_once_over_a_new_ring_make_one_schema() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                StorageSettings own = settings("begun", number);
                String account = "account" + number;
                all.add(() -> {
                    try (BackendProvider provider = new CassandraDriver().start(own)) {
                        Backend backend = open(provider, account);
                        backend.putSession(device(1), Bytes.utf8(account))
                                .toCompletableFuture()
                                .join();
                        return backend.loadSession(device(1))
                                .toCompletableFuture()
                                .join()
                                .equals(java.util.Optional.of(Bytes.utf8(account)));
                    }
                });
            }
            for (Future<Boolean> one : threads.invokeAll(all)) {
                assertThat(one.get()).isTrue();
            }
        }
        try (Link link = Link.open(CassandraSettings.from(settings("begun", 9)))) {
            assertThat(link.session().checkSchemaAgreement()).isTrue();
            assertThat(link.session()
                            .execute("SELECT number FROM begun.schema_version")
                            .all())
                    .hasSize(3);
        }
    }

    @Test
    void a_server_that_is_killed_under_writes_takes_nothing_with_it_and_comes_back() {
        StorageSettings settings = settings("killed", 0);
        try (BackendProvider provider = new CassandraDriver().start(settings);
                Link link = Link.open(CassandraSettings.from(settings))) {
            Backend backend = open(provider, "bot");
            Map<Integer, String> acknowledged = new HashMap<>();
            int refused = 0;
            for (int round = 0; round < ROUNDS; round++) {
                int victim = round % 3;
                for (int write = 0; write < WRITES; write++) {
                    if (write == WRITES / 4) {
                        ring.server(victim).kill();
                    }
                    String value = "round " + round + " write " + write;
                    try {
                        backend.putSession(device(write), Bytes.utf8(value))
                                .toCompletableFuture()
                                .join();
                        acknowledged.put(write, value);
                    } catch (CompletionException e) {
                        // Its outcome is unknown: either value may stand there.
                        acknowledged.remove(write);
                        refused++;
                    }
                }
                check(backend, acknowledged);
                ring.server(victim).start();
                awaitUp(link, 3);
            }
            System.out.println(ROUNDS + " servers killed under " + ROUNDS * WRITES + " writes: " + refused
                    + " of unknown outcome, " + acknowledged.size() + " rows read back");
            assertThat(refused)
                    .as("writes that a retry on another server did not save")
                    .isLessThan(ROUNDS * 5);
        }
    }

    private static void check(Backend backend, Map<Integer, String> acknowledged) {
        acknowledged.forEach((number, value) -> assertThat(backend.loadSession(device(number))
                        .toCompletableFuture()
                        .join())
                .contains(Bytes.utf8(value)));
    }

    private static void awaitUp(Link link, int servers) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (link.session().getMetadata().getNodes().values().stream()
                        .filter(node -> node.getState() == NodeState.UP && node.getOpenConnections() > 0)
                        .count()
                < servers) {
            assertThat(System.nanoTime()).as("not all servers are up").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void without_a_quorum_nothing_is_answered_and_with_one_again_all_is_there() {
        StorageSettings settings = settings("quorum", 0);
        try (BackendProvider provider = new CassandraDriver().start(settings);
                Link link = Link.open(CassandraSettings.from(settings))) {
            Backend backend = open(provider, "bot");
            backend.putSession(device(1), Bytes.utf8("before"))
                    .toCompletableFuture()
                    .join();
            ring.server(0).kill();
            ring.server(1).kill();
            assertThatThrownBy(() -> backend.putSession(device(2), Bytes.utf8("lost"))
                            .toCompletableFuture()
                            .join())
                    .cause()
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("storage-unavailable: ");
            ring.server(0).start();
            awaitUp(link, 2);
            backend.putSession(device(2), Bytes.utf8("after"))
                    .toCompletableFuture()
                    .join();
            ring.server(1).start();
            awaitUp(link, 3);
            // Now those two must have it of which one was away.
            ring.server(2).kill();
            assertThat(backend.loadSession(device(1)).toCompletableFuture().join())
                    .contains(Bytes.utf8("before"));
            assertThat(backend.loadSession(device(2)).toCompletableFuture().join())
                    .contains(Bytes.utf8("after"));
            ring.server(2).start();
            awaitUp(link, 3);
        }
    }
}
