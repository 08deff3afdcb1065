package dev.waggle.benchmarks.stage;

import dev.waggle.address.Bytes;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What stands while nodes come and go: the simulator, a Cassandra server when one is asked for, a directory. All
/// of it processes of their own.
public final class Stage implements AutoCloseable {
    private static final int MASTER_KEY_BYTES = 32;

    private final StageSettings settings;
    private final Path directory;
    private final Consumer<String> out;
    private final Web web = new Web();
    private final Town town;
    private final @Nullable CassandraServer cassandra;
    private final String masterKey;

    private Stage(StageSettings settings, Path directory, Consumer<String> out, @Nullable CassandraServer cassandra)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.directory = directory;
        this.out = out;
        this.cassandra = cassandra;
        this.town = Town.start(directory, web, settings.strict());
        byte[] key = new byte[MASTER_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        this.masterKey = Bytes.wrap(key).toHex();
    }

    /// @param directory empty; data and logs stay there
    /// @param out told what happens, a line at a time
    public static Stage set(StageSettings settings, Path directory, Consumer<String> out)
            throws IOException, InterruptedException {
        CassandraServer cassandra = settings.backend().equals(StageSettings.CASSANDRA)
                ? CassandraServer.start(directory.resolve("cassandra"), ServerSettings.SMALL)
                : null;
        try {
            return new Stage(settings, directory, out, cassandra);
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (cassandra != null) {
                cassandra.close();
            }
            throw e;
        }
    }

    public Town town() {
        return town;
    }

    public void tell(String line) {
        out.accept(line);
    }

    /// Processor time of the Cassandra server; 0 without one.
    public double cassandraSeconds() throws IOException {
        return cassandra == null ? 0 : Figures.cpuSeconds(cassandra.pid());
    }

    public LoadedNode node() throws IOException {
        return node("node-1", Map.of());
    }

    /// Starts one over what those of that name left.
    public LoadedNode node(String name, Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(town.settings(settings.tls()));
        all.put("waggle.node-name", name);
        all.put("waggle.storage.backend", settings.backend());
        if (cassandra != null) {
            all.put("waggle.storage.cassandra.contact-points", cassandra.contactPoint());
            all.put("waggle.storage.cassandra.replication", "1");
        }
        all.putAll(settings.node());
        all.putAll(more);
        return LoadedNode.start(directory, name, settings.flags(), all, masterKey, web);
    }

    /// Links so many accounts and waits until all are ONLINE.
    ///
    /// @return their phone numbers
    public List<String> populate(LoadedNode node, int accounts) throws IOException, InterruptedException {
        List<String> numbers = new Settling(node, town, out).pair(0, accounts);
        Settling.await(node::online, accounts, Settling.ONLINE_MAX, "accounts are ONLINE");
        return numbers;
    }

    @Override
    public void close() {
        town.close();
        web.close();
        if (cassandra != null) {
            cassandra.close();
        }
    }
}
