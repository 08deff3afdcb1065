package dev.waggle.platform.boot.hive;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.boot.NodeSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// One node, or several of a cluster that miss each other soon. They share one file, which they can only because
/// they are one process. A node of a cluster that is closed ends without a word to the others.
final class Hive implements AutoCloseable {
    private static final Config MEMBER = ConfigFactory.parseString("""
            waggle.cluster { enabled = on, port = 0, shards = 24, stable-after = 1s, join-max = 300s, handover-max = 0s }
            waggle.store-lease { heartbeat-timeout = 6s, heartbeat-interval = 1s }
            pekko {
              coordinated-shutdown.run-by-actor-system-terminate = off
              cluster {
                gossip-interval = 100ms
                leader-actions-interval = 100ms
                unreachable-nodes-reaper-interval = 100ms
                periodic-tasks-initial-delay = 100ms
                failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 2s }
                singleton { hand-over-retry-interval = 200ms }
                sharding {
                  rebalance-interval = 300ms
                  retry-interval = 200ms
                  coordinator-failure-backoff = 200ms
                }
              }
            }
            """);

    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final List<Node> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final NodeSettings settings;
    private final boolean clustered;

    Hive(NodeSettings settings, boolean clustered, Config changed) {
        this.settings = settings.with(clustered ? changed.withFallback(MEMBER) : changed);
        this.clustered = clustered;
    }

    /// Another node, which the others take in.
    Node join(String name) {
        return join(name, ConfigFactory.empty());
    }

    /// One with settings of its own.
    Node join(String name, Config changed) {
        NodeSettings own =
                settings.with(changed.withFallback(ConfigFactory.parseMap(Map.of("waggle.node-name", name))));
        Node joined = Node.start(
                !clustered || nodes.isEmpty()
                        ? own
                        : own.with(ConfigFactory.parseMap(Map.of("waggle.cluster.seeds", address(first())))));
        nodes.add(joined);
        all.add(joined);
        return joined;
    }

    private static String address(Node node) {
        return node.members().members().stream()
                .filter(member -> member.node().equals(node.name()))
                .findFirst()
                .orElseThrow()
                .address();
    }

    List<Node> all() {
        return List.copyOf(nodes);
    }

    Node first() {
        return nodes.getFirst();
    }

    Node last() {
        return nodes.getLast();
    }

    /// The next one in turn.
    Node any() {
        return nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    }

    /// Messages inside nodes that reached nobody, of all that ever joined; also when they are closed.
    Map<String, Long> deadLetters() {
        Map<String, Long> lost = new TreeMap<>();
        all.stream().filter(node -> node.deadLetters() > 0).forEach(node -> lost.put(node.name(), node.deadLetters()));
        return lost;
    }

    /// From now on nobody asks it anything.
    Node without(String name) {
        Node gone = nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
        nodes.remove(gone);
        return gone;
    }

    @Override
    public void close() {
        nodes.reversed().forEach(Node::close);
    }
}
