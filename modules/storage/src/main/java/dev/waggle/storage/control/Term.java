package dev.waggle.storage.control;

import java.time.Duration;

/// Something that is held for a while and must be asked for again before that is over, such as a lease.
public interface Term {
    /// How long it is certain that nobody else holds it if it is never renewed again, on this process's monotonic
    /// clock; nothing or less when it is not held. Cheap; thread-safe.
    Duration remaining();
}
