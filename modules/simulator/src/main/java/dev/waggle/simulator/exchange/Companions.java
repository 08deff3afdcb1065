package dev.waggle.simulator.exchange;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The companions that are connected and not linked yet.
public final class Companions {
    private final Set<Companion> waiting = new LinkedHashSet<>();

    Companions() {}

    void add(Companion companion) {
        waiting.add(companion);
    }

    void remove(Companion companion) {
        waiting.remove(companion);
    }

    public Collection<Companion> waiting() {
        return List.copyOf(waiting);
    }

    public Optional<Companion> byRef(String ref) {
        return waiting.stream()
                .filter(companion -> companion.refs().contains(ref))
                .findFirst();
    }
}
