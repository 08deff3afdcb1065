package dev.waggle.platform.chaos;

/// A promise that was broken: the stable name of the rule, and what broke it.
public record Violation(String rule, String detail) {
    @Override
    public String toString() {
        return rule + ": " + detail;
    }
}
