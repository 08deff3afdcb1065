package dev.waggle.simulator.check;

/// One rule that a stanza broke. `detail` is `name: value (expected: rule)`, without keys and texts.
public record Violation(Rule rule, String detail) {}
