package dev.waggle.platform.eventlog;

import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import java.util.Map;

/// Told of everything that an account journals. Thread-safe; never fails, and takes no time.
@FunctionalInterface
public interface Recording {
    Recording NONE = (event, open, nanos) -> {};

    /// @param open the sends without a server's answer before this event, by message id
    /// @param nanos how long the journal took
    void recorded(Event event, Map<String, Intent> open, long nanos);
}
