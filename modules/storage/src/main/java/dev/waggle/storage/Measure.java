package dev.waggle.storage;

import java.util.Map;
import java.util.function.DoubleSupplier;

/// Something about itself that a backend counts or measures, for whoever collects metrics.
///
/// @param name lower case with dots, such as `waggle.cassandra.requests`
/// @param value cheap to ask, from any thread, for as long as the backend is open
public record Measure(String name, String help, Kind kind, Map<String, String> tags, DoubleSupplier value) {
    /// How the value moves.
    public enum Kind {
        /// Only up.
        COUNTER,
        /// Up and down.
        GAUGE
    }

    public Measure {
        tags = Map.copyOf(tags);
    }
}
