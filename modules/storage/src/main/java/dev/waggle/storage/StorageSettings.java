package dev.waggle.storage;

import java.nio.file.Path;
import java.util.Map;

/// What a backend is started with: a directory of its own choice below `dataDirectory`, and its own options by
/// name.
public record StorageSettings(Path dataDirectory, Map<String, String> options) {
    public StorageSettings {
        options = Map.copyOf(options);
    }

    public static StorageSettings in(Path dataDirectory) {
        return new StorageSettings(dataDirectory, Map.of());
    }

    public String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /// @throws IllegalArgumentException when the option is not a whole number within the bounds
    public int number(String name, int otherwise, int min, int max) {
        String text = option(name, Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below like a number that is out of bounds.
        }
        throw new IllegalArgumentException(
                "storage option " + name + ": " + text + " (expected: a whole number " + min + ".." + max + ")");
    }
}
