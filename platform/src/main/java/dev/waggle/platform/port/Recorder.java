package dev.waggle.platform.port;

import java.util.concurrent.CompletionStage;

/// The way into the journal for what comes off the wire.
///
/// Completes once the journal has it, in the order of the calls; until then nothing may be acknowledged (rule D1).
/// Fails when the journal refused or is away: then nothing is known to be recorded and nothing may be acknowledged.
public interface Recorder {
    /// The journal revision that holds it.
    CompletionStage<Long> record(Recordable recordable);
}
