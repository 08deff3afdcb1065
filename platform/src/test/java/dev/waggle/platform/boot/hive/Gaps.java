package dev.waggle.platform.boot.hive;

import dev.waggle.address.AccountId;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// How long accounts were away: from the moment when the server lost an account's connection until a reader of its
/// events hears that it is online.
final class Gaps {
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Exchange exchange;
    private final Map<AccountId, User> watched = new ConcurrentHashMap<>();
    private final Map<AccountId, Long> since = new ConcurrentHashMap<>();
    private final List<Duration> closed = new CopyOnWriteArrayList<>();

    Gaps(Exchange exchange) {
        this.exchange = exchange;
    }

    void begin() {
        exchange.run(this::look);
    }

    void watch(AccountId account, User user) {
        watched.put(account, user);
    }

    private void look() {
        watched.forEach((account, user) -> {
            if (user.devices().stream().filter(device -> device.id() != 0).noneMatch(exchange::online)) {
                since.putIfAbsent(account, System.nanoTime());
            }
        });
        exchange.after(LOOK_EVERY, this::look);
    }

    void online(AccountId account) {
        Long began = since.remove(account);
        if (began != null) {
            closed.add(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /// Those that are over, shortest first.
    List<Duration> closed() {
        return closed.stream().sorted().toList();
    }
}
