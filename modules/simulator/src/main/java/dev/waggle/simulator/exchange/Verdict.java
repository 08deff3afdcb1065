package dev.waggle.simulator.exchange;

/// What the inspection says about a stanza.
public sealed interface Verdict {
    Verdict FINE = new Fine();

    record Fine() implements Verdict {}

    /// The server answers with `code` (an `ack error=` for a message, an `iq error` for a question) and drops the
    /// stanza; `rule` says what was expected.
    record Refused(int code, String rule) implements Verdict {}
}
