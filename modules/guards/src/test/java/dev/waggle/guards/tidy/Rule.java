package dev.waggle.guards.tidy;

import dev.waggle.guards.Finding;
import java.util.List;

/// A rule over all Java sources at once; most look at one after the other.
interface Rule {
    List<Finding> check(List<Source> sources);
}
