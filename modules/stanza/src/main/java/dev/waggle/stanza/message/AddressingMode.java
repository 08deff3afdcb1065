package dev.waggle.stanza.message;

import org.jspecify.annotations.Nullable;

/// Under which of their two names the members of a chat show.
public enum AddressingMode {
    PN("pn"),
    LID("lid");

    private final String wire;

    AddressingMode(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /// Null when absent or of a kind that we do not know.
    public static @Nullable AddressingMode of(@Nullable String wire) {
        return "lid".equals(wire) ? LID : "pn".equals(wire) ? PN : null;
    }
}
