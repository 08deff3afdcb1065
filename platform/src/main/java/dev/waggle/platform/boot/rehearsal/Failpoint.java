package dev.waggle.platform.boot.rehearsal;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Ends the process at once, as `kill -9` would, at the nth passing of a named point, or has it stand still there
/// until it gets SIGCONT: for tests. Empty, or a name, a colon and a number from 1, and `:halt` for the latter.
public final class Failpoint implements Consumer<String> {
    private static final int HALTED = 137;
    private static final String HALT = ":halt";

    private final String name;
    private final boolean stops;
    private final AtomicInteger left;

    private Failpoint(String name, int nth, boolean stops) {
        this.name = name;
        this.stops = stops;
        this.left = new AtomicInteger(nth);
    }

    /// @throws IllegalArgumentException when it is neither empty nor `name:number` nor `name:number:halt`
    public static Consumer<String> parse(String text) {
        if (text.isEmpty()) {
            return new Failpoint(text, 1, false);
        }
        boolean stops = text.endsWith(HALT);
        String point = stops ? text.substring(0, text.length() - HALT.length()) : text;
        int colon = point.indexOf(':');
        int nth = Integer.parseInt(point.substring(colon + 1));
        if (colon < 1 || nth < 1) {
            throw new IllegalArgumentException(text);
        }
        return new Failpoint(point.substring(0, colon), nth, stops);
    }

    @Override
    public void accept(String point) {
        if (!point.equals(name) || left.decrementAndGet() != 0) {
            return;
        }
        if (stops) {
            stop();
        } else {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    /// Whoever passes the point goes no further until the whole process does.
    private static void stop() {
        String own = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-STOP", own).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("kill -STOP " + own, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
