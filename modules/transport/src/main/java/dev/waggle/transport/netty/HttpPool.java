package dev.waggle.transport.netty;

import dev.waggle.transport.Egress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Connections that wait for their next exchange. They are shared only between calls to the same host by the same
/// way out, and closed after some seconds, before a server would.
final class HttpPool {
    record Key(String host, int port, boolean secure, Egress egress) {
        static Key of(Way way) {
            return new Key(way.host(), way.port(), way.secure(), way.egress());
        }
    }

    private record Idle(HttpConnection connection, ScheduledFuture<?> end) {}

    private static final int PER_KEY_MAX = 8;
    private static final int TOTAL_MAX = 512;
    private static final long IDLE_SECONDS = 10;

    private final Map<Key, Deque<Idle>> idle = new HashMap<>();
    private int total;

    /// The youngest that is open and passes.
    synchronized @Nullable HttpConnection take(Key key, Predicate<HttpConnection> fit) {
        Deque<Idle> waiting = idle.get(key);
        if (waiting == null) {
            return null;
        }
        for (Iterator<Idle> each = waiting.descendingIterator(); each.hasNext(); ) {
            Idle next = each.next();
            if (next.connection().channel().isActive() && fit.test(next.connection())) {
                each.remove();
                removed(key, next);
                return next.connection();
            }
        }
        return null;
    }

    /// On the connection's thread. Reading goes on, so that an end is noticed.
    synchronized void put(Key key, HttpConnection connection) {
        Deque<Idle> waiting = idle.computeIfAbsent(key, _ -> new ArrayDeque<>());
        if (waiting.size() >= PER_KEY_MAX || total >= TOTAL_MAX) {
            connection.end();
            return;
        }
        var end = connection
                .channel()
                .eventLoop()
                .schedule(() -> expire(key, connection), IDLE_SECONDS, TimeUnit.SECONDS);
        total++;
        waiting.add(new Idle(connection, end));
        var _ = connection.channel().read();
    }

    /// One that was taken in this moment is in use.
    private void expire(Key key, HttpConnection connection) {
        if (forget(key, connection)) {
            connection.end();
        }
    }

    /// Whether it was here.
    synchronized boolean forget(Key key, HttpConnection connection) {
        Deque<Idle> waiting = idle.get(key);
        if (waiting == null) {
            return false;
        }
        for (Iterator<Idle> each = waiting.iterator(); each.hasNext(); ) {
            Idle next = each.next();
            if (next.connection() == connection) {
                each.remove();
                removed(key, next);
                return true;
            }
        }
        return false;
    }

    private void removed(Key key, Idle gone) {
        gone.end().cancel(false);
        total--;
        Deque<Idle> left = idle.get(key);
        if (left != null && left.isEmpty()) {
            idle.remove(key);
        }
    }
}
