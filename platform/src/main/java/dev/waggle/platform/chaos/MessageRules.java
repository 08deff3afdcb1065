package dev.waggle.platform.chaos;

import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a contact said shows exactly once in `/events`, in order.
final class MessageRules {
    private final History history;
    private final List<Event> received;
    private final List<Violation> found = new ArrayList<>();

    private MessageRules(History history) {
        this.history = history;
        this.received = history.log().stream()
                .filter(event -> event.type().equals("message.received"))
                .toList();
    }

    static List<Violation> check(History history) {
        MessageRules rules = new MessageRules(history);
        rules.once();
        rules.order();
        history.log().stream()
                .filter(event -> event.type().equals("message.undecryptable"))
                .forEach(event -> rules.add(
                        "message-undecryptable", event.account() + " " + event.sequence() + " " + event.message()));
        return rules.found;
    }

    private void add(String rule, String about) {
        found.add(new Violation(rule, about));
    }

    private static Chat chat(Event event) {
        return new Chat(event.account(), event.contact());
    }

    private void once() {
        Map<Chat, Map<String, List<Event>>> byId = received.stream()
                .collect(Collectors.groupingBy(MessageRules::chat, Collectors.groupingBy(Event::message)));
        for (Said said : history.said()) {
            List<Event> seen = byId.getOrDefault(said.chat(), Map.of()).getOrDefault(said.id(), List.of());
            String name = said.chat() + " #" + said.number() + " " + said.id();
            if (seen.isEmpty()) {
                add("message-lost", name);
            } else if (seen.size() > 1) {
                add(
                        "message-twice",
                        name + " as " + seen.stream().map(Event::sequence).toList());
            }
            if (seen.stream().anyMatch(event -> !event.text().equals(said.text()))) {
                add("message-invented", name + " reads otherwise");
            }
        }
        Map<Chat, Map<String, Said>> known = history.said().stream()
                .collect(Collectors.groupingBy(
                        Said::chat, Collectors.toMap(Said::id, said -> said, (one, other) -> one)));
        received.stream()
                .filter(event -> !known.getOrDefault(chat(event), Map.of()).containsKey(event.message()))
                .forEach(event -> add("message-invented", chat(event) + " " + event.sequence()));
    }

    private void order() {
        Map<String, Integer> numbers = history.said().stream()
                .collect(Collectors.toMap(said -> said.chat() + " " + said.id(), Said::number, (one, other) -> one));
        Map<Chat, Integer> last = new HashMap<>();
        for (Event event : received) {
            Integer number = numbers.get(chat(event) + " " + event.message());
            Integer before = number == null ? null : last.put(chat(event), number);
            if (number != null && before != null && before > number) {
                add("message-reordered", chat(event) + " #" + number + " after #" + before);
            }
        }
    }
}
