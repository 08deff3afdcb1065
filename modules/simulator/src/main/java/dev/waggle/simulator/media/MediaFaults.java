package dev.waggle.simulator.media;

import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.fault.Fault.Kind;
import java.util.Optional;

/// What goes wrong at the hosts now.
@FunctionalInterface
public interface MediaFaults {
    MediaFaults NONE = (kind, host) -> Optional.empty();

    /// The fault of that kind that strikes now; counts. From any thread.
    ///
    /// @param host the number of the host that was asked, from 1
    Optional<Fault> strike(Kind kind, int host);
}
