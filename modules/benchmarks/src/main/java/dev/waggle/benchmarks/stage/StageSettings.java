package dev.waggle.benchmarks.stage;

import java.util.List;
import java.util.Map;

/// On what is measured.
///
/// @param backend `sqlite`, `cassandra`, or another that a node knows and that needs no server
/// @param tls whether nodes speak TLS to the simulator, as they do to WhatsApp
/// @param strict whether the simulator inspects what it is sent
/// @param flags of the nodes' JVMs, beside those of `bin/waggle`
/// @param node settings of every node
public record StageSettings(String backend, boolean tls, boolean strict, List<String> flags, Map<String, String> node) {
    public static final String CASSANDRA = "cassandra";

    public StageSettings {
        flags = List.copyOf(flags);
        node = Map.copyOf(node);
    }
}
