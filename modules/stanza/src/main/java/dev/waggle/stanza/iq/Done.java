package dev.waggle.stanza.iq;

/// The answer to a question that only asks to have something done.
public enum Done {
    DONE
}
