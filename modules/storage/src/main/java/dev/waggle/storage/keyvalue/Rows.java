package dev.waggle.storage.keyvalue;

import dev.waggle.address.Bytes;
import dev.waggle.storage.keyvalue.KeyValues.Changing;
import dev.waggle.storage.keyvalue.KeyValues.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of one account, or of the control store, in one state of the database.
final class Rows {
    private static final char APART = '\0';
    private static final char BEHIND = '\1';

    /// From so many on, all of a kind are gone through instead of looking each of them up.
    static final int MANY = 8;

    private final Reading values;
    private final String room;

    Rows(Reading values, String room) {
        this.values = values;
        this.room = room;
    }

    private Changing changing() {
        if (values instanceof Changing changing) {
            return changing;
        }
        throw new IllegalStateException("a question that changes rows");
    }

    void put(String kind, Object key, Object row) {
        changing().put(name(kind, key), RowWriter.write(row));
    }

    void putIfAbsent(String kind, Object key, Object row) {
        if (values.get(name(kind, key)).isEmpty()) {
            put(kind, key, row);
        }
    }

    void remove(String kind, Object key) {
        changing().remove(name(kind, key));
    }

    <T> Optional<T> find(String kind, Object key, Class<T> type) {
        return values.get(name(kind, key)).map(bytes -> RowReader.read(bytes, type));
    }

    /// Puts what the change makes of the row that is there (null: none), nothing when it makes null of it.
    <T> void change(String kind, Object key, Class<T> type, Function<@Nullable T, @Nullable T> change) {
        T next = change.apply(find(kind, key, type).orElse(null));
        if (next != null) {
            put(kind, key, next);
        }
    }

    /// Those with these numbers that are there, by ascending number. So few are looked up one by one, more by going
    /// through all of the kind: where a look is a message to a server, hundreds of them take long.
    <T> List<T> some(String kind, Set<Integer> numbers, Class<T> type) {
        if (numbers.size() < MANY) {
            return new TreeSet<>(numbers)
                    .stream()
                            .flatMap(number -> find(kind, number, type).stream())
                            .toList();
        }
        Set<String> wanted = numbers.stream().map(number -> name(kind, number)).collect(Collectors.toSet());
        try (Stream<Map.Entry<String, Bytes>> all = values.between(name(kind, ""), end(kind))) {
            return all.filter(entry -> wanted.contains(entry.getKey()))
                    .map(entry -> RowReader.read(entry.getValue(), type))
                    .toList();
        }
    }

    /// All rows of a kind by ascending key.
    <T> Stream<T> all(String kind, Class<T> type) {
        return after(kind, "", type);
    }

    /// Those with a key above the given one.
    <T> Stream<T> after(String kind, Object key, Class<T> type) {
        return rows(values.between(name(kind, key), end(kind)), type);
    }

    /// Those whose key begins with these characters.
    <T> Stream<T> below(String kind, String beginning, Class<T> type) {
        String from = name(kind, beginning);
        return rows(values.between(from, from + Character.MAX_VALUE), type);
    }

    private static <T> Stream<T> rows(Stream<Map.Entry<String, Bytes>> entries, Class<T> type) {
        return entries.map(entry -> RowReader.read(entry.getValue(), type));
    }

    /// Removes the rows that fit and gives them.
    <T> List<T> drop(String kind, Class<T> type, Predicate<T> gone) {
        List<Map.Entry<String, T>> found = values.between(name(kind, ""), end(kind))
                .map(entry -> Map.entry(entry.getKey(), RowReader.read(entry.getValue(), type)))
                .filter(entry -> gone.test(entry.getValue()))
                .toList();
        found.forEach(entry -> changing().remove(entry.getKey()));
        return found.stream().map(Map.Entry::getValue).toList();
    }

    <T> int purge(String kind, Class<T> type, Predicate<T> gone) {
        return drop(kind, type, gone).size();
    }

    /// What a step in this room is about, see [KeyValues#change(String, Function)].
    static String about(String room) {
        return room + APART;
    }

    static String about(String room, String kind, Object key) {
        return room + APART + kind + APART + own(key);
    }

    private String name(String kind, Object key) {
        return room + APART + kind + APART + own(key);
    }

    private static String own(Object key) {
        // Numbers in hex with leading zeros sort as numbers do; none of ours is negative.
        return key instanceof Number number ? "%016x".formatted(number.longValue()) : key.toString();
    }

    private String end(String kind) {
        return room + APART + kind + BEHIND;
    }
}
