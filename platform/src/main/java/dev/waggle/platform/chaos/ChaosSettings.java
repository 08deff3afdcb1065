package dev.waggle.platform.chaos;

import java.util.List;
import java.util.Map;

/// How much is said, and how often the node is killed meanwhile.
///
/// @param messages texts in both directions together
/// @param contacts who talk to the account, each with a share of the texts
/// @param kills `kill -9` at random moments
/// @param failpoints named points at each of which the node ends itself once
/// @param seed of the moments
/// @param node further settings of the node
public record ChaosSettings(
        int messages, int contacts, int kills, List<String> failpoints, long seed, Map<String, String> node) {
    public ChaosSettings {
        failpoints = List.copyOf(failpoints);
        node = Map.copyOf(node);
        if (messages < 2 || contacts < 1 || kills < 0) {
            throw new IllegalArgumentException("chaos: messages " + messages + ", contacts " + contacts + ", kills "
                    + kills + " (expected: at least 2, 1 and 0)");
        }
    }
}
