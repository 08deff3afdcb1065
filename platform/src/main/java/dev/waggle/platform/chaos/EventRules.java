package dev.waggle.platform.chaos;

import dev.waggle.platform.chaos.History.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The log is numbered without gaps, and what was once read of it stays so.
final class EventRules {
    private final List<Violation> found = new ArrayList<>();

    private EventRules() {}

    static List<Violation> check(History history) {
        EventRules rules = new EventRules();
        rules.numbered("log", history.log());
        rules.numbered("follower", history.live());
        rules.same(history);
        return rules.found;
    }

    private void numbered(String reader, List<Event> events) {
        Map<String, Event> last = new HashMap<>();
        for (Event event : events) {
            Event before = last.put(event.account(), event);
            long expected = before == null ? 1 : before.sequence() + 1;
            if (event.sequence() != expected) {
                found.add(new Violation(
                        "sequence-gap",
                        reader + " of " + event.account() + ": " + event.sequence() + " (expected: " + expected + ")"));
            }
            if (before != null && event.epoch() < before.epoch()) {
                found.add(new Violation(
                        "epoch-back",
                        reader + " of " + event.account() + ": " + event.sequence() + " of epoch " + event.epoch()
                                + " after epoch " + before.epoch()));
            }
        }
    }

    private record Place(String account, long sequence) {}

    private void same(History history) {
        Map<Place, Event> log = new HashMap<>();
        history.log().forEach(event -> log.put(new Place(event.account(), event.sequence()), event));
        for (Event event : history.live()) {
            if (!event.equals(log.get(new Place(event.account(), event.sequence())))) {
                found.add(new Violation("event-changed", event.account() + " " + event.sequence()));
            }
        }
    }
}
