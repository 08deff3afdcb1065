package dev.waggle.storage.cache;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a cache is started with.
///
/// @param rooms how much each namespace gets; one that is missing gets its own default
/// @param options the tenant's own, by name
public record CacheSettings(Map<CacheNamespace, Room> rooms, Map<String, String> options) {
    /// @param entriesMax of the whole process, counted in pieces of 1 KiB: a larger value takes several. A tenant
    /// outside the process bounds itself instead
    /// @param ttl null: no end
    public record Room(int entriesMax, @Nullable Duration ttl) {
        public Room {
            if (entriesMax < 1) {
                throw new IllegalArgumentException("cache entries: " + entriesMax + " (expected: at least 1)");
            }
            if (ttl != null && (ttl.isNegative() || ttl.isZero())) {
                throw new IllegalArgumentException("cache ttl: " + ttl + " (expected: more than nothing)");
            }
        }
    }

    public static final CacheSettings DEFAULT = new CacheSettings(Map.of(), Map.of());

    public CacheSettings {
        Map<CacheNamespace, Room> all = new EnumMap<>(CacheNamespace.class);
        for (CacheNamespace namespace : CacheNamespace.values()) {
            all.put(namespace, rooms.getOrDefault(namespace, namespace.room()));
        }
        rooms = Map.copyOf(all);
        options = Map.copyOf(options);
    }

    public Room room(CacheNamespace namespace) {
        return rooms.getOrDefault(namespace, namespace.room());
    }

    public String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /// Shows no option: one may be a password.
    @Override
    public String toString() {
        return "CacheSettings[" + rooms + ", options " + options.keySet() + "]";
    }
}
