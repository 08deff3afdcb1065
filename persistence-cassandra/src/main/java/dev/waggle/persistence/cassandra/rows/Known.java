package dev.waggle.persistence.cassandra.rows;

import dev.waggle.address.Bytes;
import dev.waggle.storage.keyvalue.KeyValues.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the owner of a room knows without looking, for nobody else writes there: the two numbers that nearly every
/// step begins with. Whether it still is the owner it finds out before it stores what came of that. Not
/// thread-safe.
final class Known implements Reading {
    private static final Set<String> KINDS = Set.of("applied", "latest");

    private final Reading below;
    private final Map<String, Optional<Bytes>> values = new HashMap<>();

    Known(Reading below) {
        this.below = below;
    }

    private static boolean isKept(String key) {
        return KINDS.contains(Key.parse(key).kind());
    }

    @Override
    public Optional<Bytes> get(String key) {
        return isKept(key) ? values.computeIfAbsent(key, below::get) : below.get(key);
    }

    @Override
    public Stream<Map.Entry<String, Bytes>> between(String after, String before) {
        return below.between(after, before);
    }

    /// This was stored.
    void follow(Map<String, Optional<Bytes>> changes) {
        changes.forEach((key, value) -> {
            if (isKept(key)) {
                values.put(key, value);
            }
        });
    }

    /// What stands there is to be looked at again.
    void forget() {
        values.clear();
    }
}
