package dev.waggle.platform.boot;

/// A configuration that cannot be run: names the key, its value and the rule.
public final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SettingsException(String key, String value, String expected) {
        super(key + ": " + value + " (expected: " + expected + ")");
    }

    /// Another room refused a value, and its message names it the same way.
    SettingsException(IllegalArgumentException refused) {
        super(refused.getMessage(), refused);
    }
}
