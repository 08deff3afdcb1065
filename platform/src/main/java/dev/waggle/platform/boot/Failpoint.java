package dev.waggle.platform.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Ends the process at once, as `kill -9` would, at the nth passing of a named point, or halts it there (`SIGSTOP`)
/// until somebody lets it go on: for tests. `waggle.failpoint` is empty, or a name, a colon and a number from 1,
/// and `:halt` for the latter.
final class Failpoint implements Consumer<String> {
    private static final int HALTED = 137;

    private static final String HALT = "halt";

    private final String name;
    private final AtomicInteger left;
    private final boolean halts;

    private Failpoint(String name, int nth, boolean halts) {
        this.name = name;
        this.left = new AtomicInteger(nth);
        this.halts = halts;
    }

    /// @throws IllegalArgumentException when it is neither empty nor `name:number` nor `name:number:halt`
    static Consumer<String> parse(String text) {
        if (text.isEmpty()) {
            return new Failpoint(text, 1, false);
        }
        String[] parts = text.split(":", -1);
        boolean halts = parts.length == 3 && parts[2].equals(HALT);
        if (parts[0].isEmpty() || (parts.length != 2 && !halts)) {
            throw new IllegalArgumentException(text);
        }
        int nth = Integer.parseInt(parts[1]);
        if (nth < 1) {
            throw new IllegalArgumentException(text);
        }
        return new Failpoint(parts[0], nth, halts);
    }

    @Override
    public void accept(String point) {
        if (point.equals(name) && left.decrementAndGet() == 0) {
            if (halts) {
                halt();
            } else {
                Runtime.getRuntime().halt(HALTED);
            }
        }
    }

    /// All threads of the process at once, and this one goes on only when the process does.
    private static void halt() {
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-STOP", self).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
