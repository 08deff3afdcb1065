package dev.waggle.simulator.directory;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One-time pre-keys by device. Each is handed out once, oldest first; an id that was handed out is refused when it
/// comes again.
public final class PreKeyServer {
    private final Map<Device, Stock> stocks = new HashMap<>();
    private final int keysPerDeviceMax;

    public PreKeyServer(int keysPerDeviceMax) {
        this.keysPerDeviceMax = keysPerDeviceMax;
    }

    private static final class Stock {
        final ArrayDeque<OneTimeKey> keys = new ArrayDeque<>();
        final Set<Integer> spent = new HashSet<>();
    }

    /// Adds keys; a key whose id is in stock replaces it.
    ///
    /// @return the ids that were refused because they had been handed out before, or because the stock is full
    public List<Integer> add(Device device, Collection<OneTimeKey> keys) {
        Stock stock = stocks.computeIfAbsent(device, d -> new Stock());
        Set<Integer> offered = new HashSet<>();
        keys.forEach(key -> offered.add(key.id()));
        stock.keys.removeIf(key -> offered.contains(key.id()));
        return keys.stream()
                .filter(key -> !taken(stock, key))
                .map(OneTimeKey::id)
                .toList();
    }

    private boolean taken(Stock stock, OneTimeKey key) {
        return !stock.spent.contains(key.id()) && stock.keys.size() < keysPerDeviceMax && stock.keys.add(key);
    }

    public int count(Device device) {
        Stock stock = stocks.get(device);
        return stock == null ? 0 : stock.keys.size();
    }

    /// The keys still in stock, oldest first.
    public List<OneTimeKey> stock(Device device) {
        Stock stock = stocks.get(device);
        return stock == null ? List.of() : List.copyOf(stock.keys);
    }

    /// Hands out a bundle; its one-time key will never be handed out again.
    public KeyBundle take(Device device) {
        Stock stock = stocks.get(device);
        OneTimeKey key = stock == null ? null : stock.keys.poll();
        if (stock != null && key != null) {
            stock.spent.add(key.id());
        }
        return new KeyBundle(device.keys(), Optional.ofNullable(key), device.signedIdentity());
    }

    public void forget(Device device) {
        stocks.remove(device);
    }
}
