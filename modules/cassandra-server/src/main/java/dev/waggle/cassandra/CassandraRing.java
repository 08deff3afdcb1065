package dev.waggle.cassandra;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Several servers that keep the same data: on 127.0.0.2, 127.0.0.3 and so on, with equal free ports. Each can be
/// killed, frozen and started again by itself.
///
/// Linux answers on all of 127.0.0.0/8; elsewhere such addresses have to be made first.
public final class CassandraRing implements AutoCloseable {
    private static final int SERVERS_MAX = 9;
    private static final int FIRST = 2;

    private final List<CassandraServer> servers = new ArrayList<>();

    private CassandraRing() {}

    /// Starts a new ring; ready when each server's native port answers. What they know of each
    /// other they tell each other within a second or two.
    ///
    /// @param directory new: each server has a folder in it
    /// @param settings of each of them, but for the address
    /// @param count 1..9
    /// @throws IllegalStateException with the end of a log when one does not come up
    public static CassandraRing start(Path directory, ServerSettings settings, int count) {
        if (count < 1 || count > SERVERS_MAX) {
            throw new IllegalArgumentException("servers: " + count + " (expected: 1.." + SERVERS_MAX + ")");
        }
        for (int attempt = 1; ; attempt++) {
            CassandraRing ring = new CassandraRing();
            try {
                ring.start(
                        directory.resolve("ring-" + attempt), count > 1 ? settings.calmed() : settings, hosts(count));
                return ring;
            } catch (RuntimeException e) {
                boolean again = ring.servers.stream().anyMatch(CassandraServer::lostItsPort);
                ring.close();
                if (attempt == Ports.ATTEMPTS || !again) {
                    throw e;
                }
            }
        }
    }

    private static List<String> hosts(int count) {
        return IntStream.range(FIRST, FIRST + count)
                .mapToObj(last -> "127.0.0." + last)
                .toList();
    }

    private void start(Path directory, ServerSettings settings, List<String> hosts) {
        Ports ports = Ports.free(hosts);
        CassandraServer first =
                new CassandraServer(directory.resolve(hosts.getFirst()), settings.at(hosts.getFirst()), ports);
        servers.add(first);
        first.start();
        for (String host : hosts.subList(1, hosts.size())) {
            servers.add(new CassandraServer(directory.resolve(host), settings.joining(host, first), ports));
        }
        // At once: where nobody has data yet, nobody has to wait for another one's.
        try {
            CompletableFuture.allOf(servers.stream()
                            .skip(1)
                            .map(server -> CompletableFuture.runAsync(server::start))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalStateException why ? why : e;
        }
    }

    /// In the order of their addresses.
    public List<CassandraServer> servers() {
        return List.copyOf(servers);
    }

    /// @param number from 0
    public CassandraServer server(int number) {
        return servers.get(number);
    }

    /// `host:port` of each, with commas between.
    public String contactPoints() {
        return servers.stream().map(CassandraServer::contactPoint).collect(Collectors.joining(","));
    }

    /// Ends all of them; what they stored stays where it is.
    @Override
    public void close() {
        servers.forEach(CassandraServer::close);
    }
}
