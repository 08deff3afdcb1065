package dev.waggle.benchmarks.load;

import java.util.Collection;
import java.util.List;

/// Times in milliseconds.
///
/// @param sorted by rising length
record Spans(List<Double> sorted) {
    Spans {
        sorted = List.copyOf(sorted);
    }

    static Spans of(Collection<Double> all) {
        return new Spans(all.stream().sorted().toList());
    }

    /// The shortest that at least this part of all does not exceed; 0 when there is none.
    ///
    /// @param part above 0, at most 1
    double at(double part) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
