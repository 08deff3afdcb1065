package dev.waggle.guards.tidy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A configuration key under `waggle` whose last name no main source spells in a literal is dead.
final class DeadKeyRule {
    private final String literals;

    DeadKeyRule(List<Source> sources) {
        StringBuilder all = new StringBuilder();
        sources.stream().filter(Source::isMain).forEach(source -> all.append(source.literals()));
        this.literals = all.toString();
    }

    /// @param configurations path -> HOCON text
    List<Finding> check(Map<String, String> configurations) {
        List<Finding> found = new ArrayList<>();
        configurations.forEach((path, text) -> {
            try {
                ConfigFactory.parseString(text, ConfigParseOptions.defaults()).entrySet().stream()
                        .map(Map.Entry::getKey)
                        .filter(key -> key.startsWith("waggle.") && !isRead(key))
                        .sorted()
                        .forEach(key -> found.add(new Finding("dead-key", path, 1, key + " is read nowhere")));
            } catch (ConfigException e) {
                found.add(new Finding("dead-key", path, 1, "is not HOCON: " + e.getMessage()));
            }
        });
        return found;
    }

    private boolean isRead(String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return literals.contains("\"" + last + "\"") || literals.contains("." + last + "\"");
    }
}
