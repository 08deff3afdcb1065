package dev.waggle.platform.cluster.wire;

import java.util.List;

/// Types of another room that may travel between nodes of one build; found as a service, so that this room need not
/// know that one.
public interface Travelling {
    /// The number of its first type; those of all rooms are apart by a hundred.
    int first();

    /// Types that are written by their parts, in an order that stays.
    List<Class<? extends Record>> records();

    /// Types that are written by their place, in an order that stays.
    List<Class<? extends Enum<?>>> enums();
}
