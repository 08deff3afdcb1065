package dev.waggle.platform.cluster.wire;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The values of an enum by their names, which is how they are written: the next build may have others.
public final class Names<E extends Enum<E>> {
    private final Map<String, E> values;

    private Names(Map<String, E> values) {
        this.values = values;
    }

    public static <E extends Enum<E>> Names<E> of(Class<E> type) {
        return new Names<>(
                EnumSet.allOf(type).stream().collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity())));
    }

    /// Empty: this build has none of that name.
    public Optional<E> find(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
