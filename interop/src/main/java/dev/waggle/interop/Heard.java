package dev.waggle.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What one party said, in order. Whoever waits for something takes it: the next one who waits gets a later one.
final class Heard<T> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN_MAX = 40;

    private final String who;
    private final List<T> all = new ArrayList<>();
    private final List<T> untaken = new ArrayList<>();
    private String ended = "";

    Heard(String who) {
        this.who = who;
    }

    synchronized void add(T one) {
        all.add(one);
        untaken.add(one);
        notifyAll();
    }

    /// Nothing more will come: whoever waits now fails at once.
    synchronized void end(String why) {
        ended = why;
        notifyAll();
    }

    /// The first untaken one that fits, waiting for it when need be.
    ///
    /// @throws AssertionError when it does not come within 30 seconds
    synchronized T take(String what, Predicate<T> fits) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            Optional<T> found = first(fits);
            for (long left = 1; found.isEmpty() && left > 0 && ended.isEmpty(); found = first(fits)) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
            untaken.remove(found.orElseThrow(() ->
                    new AssertionError(who + " did not say \"" + what + "\" " + ended + "; it said:\n  " + tail())));
            return found.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(who + " was asked for \"" + what + "\"; it said:\n  " + tail(), e);
        }
    }

    private Optional<T> first(Predicate<T> fits) {
        return untaken.stream().filter(fits).findFirst();
    }

    synchronized List<T> all() {
        return List.copyOf(all);
    }

    private String tail() {
        return String.join(
                "\n  ",
                all.subList(Math.max(0, all.size() - SHOWN_MAX), all.size()).stream()
                        .map(String::valueOf)
                        .toList());
    }
}
