package dev.waggle.platform.cluster.wire;

import java.util.List;

/// What a room says between nodes of any two builds that follow each other; found as a service, so that this room
/// need not know that one.
public interface Crossing {
    List<Kind<?, ?>> kinds(Refs refs);
}
