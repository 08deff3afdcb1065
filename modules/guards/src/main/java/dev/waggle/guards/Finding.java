package dev.waggle.guards;

/// One breach of a rule. `place` is a path below the root; `size` is what the rule measured (1 where it only says
/// yes or
/// no), so that an exemption can hold it down.
public record Finding(String rule, String place, int size, String says) {
    @Override
    public String toString() {
        return rule + " | " + place + " | " + size + " | " + says;
    }
}
