package dev.waggle.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The figures of one run, under one name.
final class Sheet {
    private final String name;
    private final Consumer<String> out;
    private final List<Figure> figures = new ArrayList<>();

    /// @param out told each figure at once
    Sheet(String name, Consumer<String> out) {
        this.name = name;
        this.out = out;
    }

    void tell(String what, double value, String unit) {
        Figure figure = new Figure(name + '.' + what, value, unit);
        figures.add(figure);
        out.accept(figure.toString());
    }

    /// Median, 99th percentile and longest of times in milliseconds.
    void tell(String what, Spans spans) {
        tell(what + ".p50", spans.at(0.5), "ms");
        tell(what + ".p99", spans.at(0.99), "ms");
        tell(what + ".max", spans.at(1), "ms");
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }
}
