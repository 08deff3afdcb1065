package dev.waggle.platform.chaos;

import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Heard;
import dev.waggle.platform.chaos.History.Send;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What was accepted shows exactly once at its contact, in order, and `/events` says so.
final class SendRules {
    private final History history;
    private final List<Violation> found = new ArrayList<>();

    private SendRules(History history) {
        this.history = history;
    }

    static List<Violation> check(History history) {
        SendRules rules = new SendRules(history);
        rules.accepted();
        rules.heard();
        rules.order();
        rules.progress();
        return rules.found;
    }

    private void add(String rule, Object about) {
        found.add(new Violation(rule, about.toString()));
    }

    private static String name(Send send) {
        return send.chat() + " #" + send.number();
    }

    private void accepted() {
        Map<String, String> keys = new HashMap<>();
        for (Send send : history.sends()) {
            Set<String> ids = new LinkedHashSet<>(send.ids());
            if (ids.isEmpty()) {
                add("send-unanswered", name(send));
            } else if (ids.size() > 1) {
                add("double-accept", name(send) + " as " + ids);
            }
            for (String id : ids) {
                String other = keys.putIfAbsent(id, send.key());
                if (other != null && !other.equals(send.key())) {
                    add("double-accept", id + " for two keys, " + name(send));
                }
            }
        }
    }

    private void heard() {
        Map<Chat, Map<String, List<Heard>>> byText = history.heard().stream()
                .collect(Collectors.groupingBy(Heard::chat, Collectors.groupingBy(Heard::text)));
        for (Send send : history.sends()) {
            Map<String, List<Heard>> chat = byText.getOrDefault(send.chat(), Map.of());
            List<Heard> seen = chat.getOrDefault(send.text(), List.of());
            if (seen.isEmpty() && !send.ids().isEmpty()) {
                add("send-lost", name(send) + " accepted as " + send.ids().getFirst());
            }
            if (seen.size() > 1) {
                add(
                        "send-twice",
                        name(send) + " as " + seen.stream().map(Heard::id).toList());
            }
            seen.stream()
                    .filter(heard -> !send.ids().isEmpty() && !send.ids().contains(heard.id()))
                    .forEach(heard -> add("send-invented", name(send) + " under another id " + heard.id()));
        }
        Map<Chat, Set<String>> asked = history.sends().stream()
                .collect(Collectors.groupingBy(Send::chat, Collectors.mapping(Send::text, Collectors.toSet())));
        history.heard().stream()
                .filter(heard -> !asked.getOrDefault(heard.chat(), Set.of()).contains(heard.text()))
                .forEach(heard -> add("send-invented", heard.chat() + " " + heard.id()));
    }

    private void order() {
        Map<Chat, Map<String, Integer>> numbers = history.sends().stream()
                .collect(Collectors.groupingBy(
                        Send::chat, Collectors.toMap(Send::text, Send::number, (one, other) -> one)));
        Map<Chat, Integer> last = new HashMap<>();
        for (Heard heard : history.heard()) {
            Integer number = numbers.getOrDefault(heard.chat(), Map.of()).get(heard.text());
            if (number != null) {
                Integer before = last.put(heard.chat(), number);
                if (before != null && before > number) {
                    add("send-reordered", heard.chat() + " #" + number + " after #" + before);
                }
            }
        }
    }

    private void progress() {
        Map<String, Map<String, Map<String, Long>>> counts = history.log().stream()
                .collect(Collectors.groupingBy(
                        Event::account,
                        Collectors.groupingBy(
                                Event::message, Collectors.groupingBy(Event::type, Collectors.counting()))));
        for (Send send : history.sends()) {
            for (String id : new LinkedHashSet<>(send.ids())) {
                Map<String, Long> seen =
                        counts.getOrDefault(send.chat().account(), Map.of()).getOrDefault(id, Map.of());
                once("sent", seen.getOrDefault("message.sent", 0L), send);
                once("delivered", seen.getOrDefault("message.delivered", 0L), send);
                if (seen.containsKey("message.failed")) {
                    add("send-failed", name(send) + " " + id);
                }
            }
        }
    }

    private void once(String what, long times, Send send) {
        if (times != 1) {
            add(
                    what + (times == 0 ? "-missing" : "-twice"),
                    name(send) + " " + send.ids().getFirst() + " told " + times + " times");
        }
    }
}
