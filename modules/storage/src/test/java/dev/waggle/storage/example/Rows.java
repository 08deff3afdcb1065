package dev.waggle.storage.example;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A toy of a key-value database: one sorted map from text to row, changed by copies, so that a step happens whole
/// or not at all. A real one would be RocksDB, etcd or a table; nothing else in this package would change its
/// shape.
final class Rows {
    private final TreeMap<String, Object> rows;

    Rows() {
        this(new TreeMap<>());
    }

    private Rows(TreeMap<String, Object> rows) {
        this.rows = rows;
    }

    Rows copy() {
        return new Rows(new TreeMap<>(rows));
    }

    void put(String kind, Object key, Object row) {
        rows.put(name(kind, key), row);
    }

    void putIfAbsent(String kind, Object key, Object row) {
        rows.putIfAbsent(name(kind, key), row);
    }

    void remove(String kind, Object key) {
        rows.remove(name(kind, key));
    }

    <T> Optional<T> find(String kind, Object key, Class<T> type) {
        return Optional.ofNullable(rows.get(name(kind, key))).map(type::cast);
    }

    /// Puts what the change makes of the row that is there (null: none), nothing when it makes null of it.
    <T> void change(String kind, Object key, Class<T> type, Function<@Nullable T, @Nullable T> change) {
        T next = change.apply(find(kind, key, type).orElse(null));
        if (next != null) {
            put(kind, key, next);
        }
    }

    /// All rows of a kind by ascending key.
    <T> Stream<T> all(String kind, Class<T> type) {
        return after(kind, "", type);
    }

    /// Those with a key above the given one.
    <T> Stream<T> after(String kind, Object key, Class<T> type) {
        return rows.subMap(name(kind, key), false, kind + '\1', false).values().stream()
                .map(type::cast);
    }

    /// Removes the rows that fit and gives them.
    <T> List<T> drop(String kind, Class<T> type, BiFunction<String, T, Boolean> gone) {
        List<String> names = rows.subMap(kind + '\0', kind + '\1').keySet().stream()
                .filter(name -> gone.apply(name.substring(kind.length() + 1), type.cast(rows.get(name))))
                .toList();
        return names.stream().map(rows::remove).map(type::cast).toList();
    }

    <T> int purge(String kind, Class<T> type, Predicate<T> gone) {
        return drop(kind, type, (key, row) -> gone.test(row)).size();
    }

    private static String name(String kind, Object key) {
        // Numbers in hex with leading zeros sort as numbers do; none of ours is negative.
        return kind + '\0' + (key instanceof Number number ? "%016x".formatted(number.longValue()) : key.toString());
    }
}
