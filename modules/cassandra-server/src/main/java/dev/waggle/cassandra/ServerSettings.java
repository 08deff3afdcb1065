package dev.waggle.cassandra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a server should be like.
///
/// @param host the loopback address that it listens on; several servers of a ring have one each
/// @param heapMegabytes 192..4096
/// @param sync when a write is answered, see [Sync]
/// @param seeds `host:port` (storage ports) of servers that are there already; none: it is the first one itself
/// @param lasts it runs long enough for optimized code to be worth its compilation, some minutes of a processor
/// @param calm its threads look for work a millisecond apart and not twenty times as often. Each answer takes some
/// milliseconds more, and several servers under little load leave a small machine to others (Linux only)
/// @param options lines of cassandra.yaml that win over what is written otherwise
public record ServerSettings(
        String host,
        int heapMegabytes,
        Sync sync,
        List<String> seeds,
        boolean lasts,
        boolean calm,
        Map<String, String> options) {
    /// When the commit log reaches the disk.
    public enum Sync {
        /// Before a write is answered.
        BATCH("commitlog_sync: batch"),
        /// Before a write is answered, together with those of the same few milliseconds.
        GROUP("commitlog_sync: group\ncommitlog_sync_group_window: 2ms"),
        /// Every ten seconds: what is answered before may be lost with the machine, not with the process.
        PERIODIC("commitlog_sync: periodic\ncommitlog_sync_period: 10000ms");

        private final String lines;

        Sync(String lines) {
            this.lines = lines;
        }

        String lines() {
            return lines;
        }
    }

    public static final ServerSettings SMALL =
            new ServerSettings("127.0.0.1", 320, Sync.GROUP, List.of(), false, false, Map.of());

    public ServerSettings {
        if (!host.startsWith("127.")) {
            throw new IllegalArgumentException("host: " + host + " (expected: an address of loopback)");
        }
        if (heapMegabytes < 192 || heapMegabytes > 4096) {
            throw new IllegalArgumentException("heap: " + heapMegabytes + " MB (expected: 192..4096)");
        }
        seeds = List.copyOf(seeds);
        options = Map.copyOf(options);
    }

    public ServerSettings with(Sync other) {
        return new ServerSettings(host, heapMegabytes, other, seeds, lasts, calm, options);
    }

    public ServerSettings with(String option, String value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(option, value);
        return new ServerSettings(host, heapMegabytes, sync, seeds, lasts, calm, more);
    }

    public ServerSettings heap(int megabytes) {
        return new ServerSettings(host, megabytes, sync, seeds, lasts, calm, options);
    }

    /// For runs of many minutes.
    public ServerSettings lasting() {
        return new ServerSettings(host, heapMegabytes, sync, seeds, true, calm, options);
    }

    /// For servers that share the processors of one machine.
    public ServerSettings calmed() {
        return new ServerSettings(host, heapMegabytes, sync, seeds, lasts, true, options);
    }

    public ServerSettings at(String address) {
        return new ServerSettings(address, heapMegabytes, sync, seeds, lasts, calm, options);
    }

    /// Clients must give a name and a password and speak TLS, and may do only what was granted to them. In the
    /// beginning there is one, `cassandra` with the password `cassandra`, who may do everything.
    ///
    /// @param keys a PKCS12 file with the server's key and certificate
    public ServerSettings secured(Path keys, String password) {
        return with("authenticator", "PasswordAuthenticator")
                .with("authorizer", "CassandraAuthorizer")
                .with(
                        "client_encryption_options",
                        "{enabled: true, optional: false, store_type: PKCS12, keystore: \"" + keys.toAbsolutePath()
                                + "\", keystore_password: \"" + password + "\"}");
    }

    /// Another server of the ring that `first` began. It takes part at once, without what the others have: that is
    /// right while the ring is new.
    public ServerSettings joining(String address, CassandraServer first) {
        return new ServerSettings(
                        address,
                        heapMegabytes,
                        sync,
                        List.of(first.host() + ":" + first.storagePort()),
                        lasts,
                        calm,
                        options)
                .with("auto_bootstrap", "false");
    }
}
