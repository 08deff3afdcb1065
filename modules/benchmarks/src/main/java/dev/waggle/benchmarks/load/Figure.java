package dev.waggle.benchmarks.load;

import java.util.Locale;

/// One line of what was measured.
///
/// @param name dotted, without blanks
record Figure(String name, double value, String unit) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, value < 100 ? "%s %.2f %s" : "%s %.0f %s", name, value, unit);
    }
}
