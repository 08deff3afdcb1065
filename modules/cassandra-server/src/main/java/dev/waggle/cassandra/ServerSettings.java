package dev.waggle.cassandra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a server should be like.
///
/// @param host the loopback address that it listens on; several servers of a ring have one each
/// @param heapMegabytes 192..4096
/// @param sync when a write is answered, see [Sync]
/// @param seeds `host:port` (storage ports) of servers that are there already; none: it is the first one itself
/// @param options lines of cassandra.yaml that win over what is written otherwise
public record ServerSettings(
        String host, int heapMegabytes, Sync sync, List<String> seeds, Map<String, String> options) {
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

    public static final ServerSettings SMALL = new ServerSettings("127.0.0.1", 320, Sync.GROUP, List.of(), Map.of());

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
        return new ServerSettings(host, heapMegabytes, other, seeds, options);
    }

    public ServerSettings with(String option, String value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(option, value);
        return new ServerSettings(host, heapMegabytes, sync, seeds, more);
    }

    /// Another server of the ring that `first` began.
    public ServerSettings joining(String address, CassandraServer first) {
        return new ServerSettings(
                address, heapMegabytes, sync, List.of(first.host() + ":" + first.storagePort()), options);
    }
}
