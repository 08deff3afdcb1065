package dev.waggle.simulator.check;

import dev.waggle.wire.node.NodeException;
import java.util.ArrayList;
import java.util.List;

/// Collects what one check finds.
final class Findings {
    private final List<Violation> found = new ArrayList<>();

    void add(Rule rule, String name, Object value, String expected) {
        found.add(new Violation(rule, name + ": " + value + " (expected: " + expected + ")"));
    }

    /// Notes a violation unless the condition holds.
    void expect(boolean holds, Rule rule, String name, Object value, String expected) {
        if (!holds) {
            add(rule, name, value, expected);
        }
    }

    /// Runs a part that reads; what it cannot read is a violation of `rule`.
    void reading(Rule rule, Runnable part) {
        try {
            part.run();
        } catch (NodeException | FieldException e) {
            found.add(new Violation(rule, String.valueOf(e.getMessage())));
        }
    }

    List<Violation> all() {
        return List.copyOf(found);
    }
}
