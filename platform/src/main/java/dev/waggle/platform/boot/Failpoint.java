package dev.waggle.platform.boot;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Ends the process at once, as `kill -9` would, at the nth passing of a named point: for tests. `waggle.failpoint`
/// is empty, or a name, a colon and a number from 1.
final class Failpoint implements Consumer<String> {
    private static final int HALTED = 137;

    private final String name;
    private final AtomicInteger left;

    private Failpoint(String name, int nth) {
        this.name = name;
        this.left = new AtomicInteger(nth);
    }

    /// @throws IllegalArgumentException when it is neither empty nor `name:number`
    static Consumer<String> parse(String text) {
        if (text.isEmpty()) {
            return new Failpoint(text, 1);
        }
        int colon = text.indexOf(':');
        int nth = Integer.parseInt(text.substring(colon + 1));
        if (colon < 1 || nth < 1) {
            throw new IllegalArgumentException(text);
        }
        return new Failpoint(text.substring(0, colon), nth);
    }

    @Override
    public void accept(String point) {
        if (point.equals(name) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(HALTED);
        }
    }
}
