package dev.waggle.platform.plugin;

import dev.waggle.plugin.Bot;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The bots on the class path, by name. Two bots of one name stop the start: which of them runs must never be luck.
public final class PluginRegistry {
    private final TreeMap<String, Supplier<Bot>> bots = new TreeMap<>();

    public static PluginRegistry fromClassPath() {
        PluginRegistry registry = new PluginRegistry();
        ServiceLoader.load(Bot.class).stream()
                .forEach(provider -> registry.add(provider.get().name(), provider));
        return registry;
    }

    public PluginRegistry add(String name, Supplier<Bot> bot) {
        if (bots.putIfAbsent(name, bot) != null) {
            throw new IllegalArgumentException("plugin: " + name + " (expected: one bot of that name)");
        }
        return this;
    }

    public Set<String> names() {
        return Set.copyOf(bots.keySet());
    }

    public Optional<Bot> create(String name) {
        return Optional.ofNullable(bots.get(name)).map(Supplier::get);
    }
}
