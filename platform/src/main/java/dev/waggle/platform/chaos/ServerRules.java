package dev.waggle.platform.chaos;

import dev.waggle.platform.chaos.History.Copies;
import dev.waggle.platform.chaos.History.Send;
import dev.waggle.platform.chaos.History.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the server must not have seen, and what the node must not have lost inside.
final class ServerRules {
    private ServerRules() {}

    static List<Violation> check(History history) {
        Server server = history.server();
        List<Violation> found = new ArrayList<>();
        server.reusedCounters().forEach(reused -> found.add(new Violation("key-reused", reused)));
        server.superseded().forEach(stanza -> found.add(new Violation("superseded-stanza", stanza)));
        server.violations().forEach(broken -> found.add(new Violation("protocol", broken)));
        history.deadLetters().forEach(letter -> found.add(new Violation("dead-letter", letter)));
        if (server.unobserved() > 0) {
            found.add(new Violation("unobserved", server.unobserved() + " (expected: 0)"));
        }
        Map<String, Integer> kills = new HashMap<>();
        for (Send send : history.sends()) {
            send.ids().forEach(id -> kills.put(id, send.kills()));
        }
        server.copies().forEach(copies -> found.addAll(tooMany(copies, kills.getOrDefault(copies.message(), 0))));
        return found;
    }

    private static List<Violation> tooMany(Copies copies, int kills) {
        int most = 1 + kills + copies.resends();
        return copies.perDevice().entrySet().stream()
                .filter(device -> device.getValue() > most)
                .map(device -> new Violation(
                        "too-many-copies",
                        copies.message() + " for " + device.getKey() + ": " + device.getValue() + " (expected: at most "
                                + most + ")"))
                .toList();
    }
}
