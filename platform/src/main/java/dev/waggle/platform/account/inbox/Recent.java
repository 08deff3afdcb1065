package dev.waggle.platform.account.inbox;

import java.util.LinkedHashMap;
import java.util.Map;

/// The newest entries of something, by key; older ones are forgotten. Thread-safe.
final class Recent<V extends Comparable<? super V>> {
    private final Map<String, V> entries;

    Recent(int entriesMax) {
        entries = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > entriesMax;
            }
        };
    }

    synchronized V merge(String key, V value, java.util.function.BinaryOperator<V> merge) {
        return entries.merge(key, value, merge);
    }

    /// @return whether the entry was absent or lower; then it is this value now
    synchronized boolean raise(String key, V value) {
        V before = entries.get(key);
        boolean higher = before == null || before.compareTo(value) < 0;
        if (higher) {
            entries.put(key, value);
        }
        return higher;
    }

    synchronized boolean contains(String key) {
        return entries.containsKey(key);
    }

    synchronized void put(String key, V value) {
        entries.put(key, value);
    }

    synchronized void remove(String key) {
        entries.remove(key);
    }
}
