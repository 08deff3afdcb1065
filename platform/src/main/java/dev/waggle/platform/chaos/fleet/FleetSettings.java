package dev.waggle.platform.chaos.fleet;

import java.time.Duration;
import java.util.Map;

/// What a fleet consists of.
///
/// @param nodes members of the cluster, 1..9
/// @param cassandraNodes servers of the ring, 1..3
/// @param wired whether members reach each other through cables that can be cut; wants a machine on which all of
/// 127.0.0.0/8 is loopback
/// @param main the class whose `serve` is a node and whose `simulator` is the simulated server, on the class path
/// of this process
/// @param lasts it runs for many minutes
/// @param answerMax a node that has not answered a request by then is taken for away
/// @param node further settings of every node
public record FleetSettings(
        int nodes,
        int cassandraNodes,
        boolean wired,
        String main,
        boolean lasts,
        Duration answerMax,
        Map<String, String> node) {
    private static final int NODES_MAX = 9;
    private static final int CASSANDRA_MAX = 3;

    public FleetSettings {
        node = Map.copyOf(node);
        if (nodes < 1 || nodes > NODES_MAX) {
            throw new IllegalArgumentException("nodes: " + nodes + " (expected: 1.." + NODES_MAX + ")");
        }
        if (cassandraNodes < 1 || cassandraNodes > CASSANDRA_MAX) {
            throw new IllegalArgumentException(
                    "cassandra-nodes: " + cassandraNodes + " (expected: 1.." + CASSANDRA_MAX + ")");
        }
    }
}
