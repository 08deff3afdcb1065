package dev.waggle.platform.chaos.storm;

import dev.waggle.platform.chaos.Checker;
import dev.waggle.platform.chaos.History;
import dev.waggle.platform.chaos.History.Copies;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Heard;
import dev.waggle.platform.chaos.History.Server;
import dev.waggle.platform.chaos.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// A broken promise of each kind, planted into a history: a checker that does not find it proves nothing with its
/// silence. Every run ends with all of them. Pure.
enum Plant {
    SEND_LOST("send-lost", spoiler -> spoiler.heard.removeLast()),
    SEND_TWICE("send-twice", spoiler -> spoiler.heard.add(again(spoiler.heard.getLast()))),
    SEND_REORDERED("send-reordered", spoiler -> swapped(spoiler.heard)),
    DOUBLE_ACCEPT("double-accept", spoiler -> {
        History.Send last = spoiler.sends.removeLast();
        spoiler.sends.add(new History.Send(
                last.chat(),
                last.number(),
                last.key(),
                last.text(),
                List.of(last.ids().getFirst(), "X"),
                0));
    }),
    MESSAGE_LOST("message-lost", spoiler -> spoiler.edit(List::removeLast)),
    MESSAGE_TWICE("message-twice", spoiler -> spoiler.edit(received -> received.add(received.getLast()))),
    MESSAGE_REORDERED("message-reordered", spoiler -> spoiler.edit(Plant::swappedEvents)),
    SOCKET_TWICE("superseded-stanza", spoiler -> spoiler.superseded.add("message of an older connection")),
    KEY_REUSED("key-reused", spoiler -> spoiler.reused.add("counter 7")),
    DEAD_LETTER("dead-letter", spoiler -> spoiler.letters.add("node-1: dead letter 1")),
    SEQUENCE_GAP("sequence-gap", spoiler -> spoiler.log.remove(spoiler.log.size() / 2)),
    EPOCH_BACK("epoch-back", spoiler -> {
        Event first = spoiler.log.getFirst();
        spoiler.log.set(0, spoiler.told(first, first.sequence(), first.epoch() + 1_000));
    }),
    EVENT_CHANGED("event-changed", spoiler -> {
        Event last = spoiler.live.removeLast();
        spoiler.live.add(new Event(last.account(), last.sequence(), last.epoch(), last.type(), "X", "", "other"));
    });

    private final String rule;
    private final Consumer<Spoiler> spoil;

    Plant(String rule, Consumer<Spoiler> spoil) {
        this.rule = rule;
        this.spoil = spoil;
    }

    /// Rules under whose names the checker does not find what was planted into this history; empty when it can be
    /// trusted.
    ///
    /// @param history with at least two texts each way in some chat
    static List<String> missed(History history) {
        return Arrays.stream(values())
                .filter(plant -> !plant.found(history))
                .map(plant -> plant.rule)
                .toList();
    }

    private boolean found(History history) {
        if (history.heard().isEmpty()
                || history.said().isEmpty()
                || history.live().isEmpty()) {
            return false;
        }
        Spoiler spoiler = new Spoiler(history);
        spoil.accept(spoiler);
        long before = count(Checker.check(history));
        return count(Checker.check(spoiler.history())) > before;
    }

    private long count(List<Violation> violations) {
        return violations.stream()
                .filter(violation -> violation.rule().equals(rule))
                .count();
    }

    private static Heard again(Heard heard) {
        return new Heard(heard.chat(), heard.id() + "X", heard.text());
    }

    private static void swapped(List<Heard> heard) {
        for (int i = 1; i < heard.size(); i++) {
            if (heard.get(i).chat().equals(heard.get(i - 1).chat())) {
                Collections.swap(heard, i, i - 1);
                return;
            }
        }
    }

    private static void swappedEvents(List<Event> received) {
        for (int i = 1; i < received.size(); i++) {
            Event one = received.get(i - 1);
            Event other = received.get(i);
            if (one.account().equals(other.account()) && one.contact().equals(other.contact())) {
                Collections.swap(received, i, i - 1);
                return;
            }
        }
    }

    private static final class Spoiler {
        private final History from;
        private final List<History.Send> sends;
        private final List<Heard> heard;
        private final List<Event> live;
        private final List<Event> log;
        private final List<String> reused;
        private final List<String> superseded;
        private final List<String> letters;
        private final List<Copies> copies;

        Spoiler(History history) {
            from = history;
            sends = new ArrayList<>(history.sends());
            heard = new ArrayList<>(history.heard());
            live = new ArrayList<>(history.live());
            log = new ArrayList<>(history.log());
            reused = new ArrayList<>(history.server().reusedCounters());
            superseded = new ArrayList<>(history.server().superseded());
            letters = new ArrayList<>(history.deadLetters());
            copies = history.server().copies();
        }

        Event told(Event event, long sequence, long epoch) {
            return new Event(
                    event.account(), sequence, epoch, event.type(), event.message(), event.contact(), event.text());
        }

        /// Changes what was received by the last account, and numbers its events anew.
        void edit(Consumer<List<Event>> change) {
            String account = from.said().getLast().chat().account();
            List<Event> received = new ArrayList<>();
            List<Event> rest = new ArrayList<>();
            List<Event> others = new ArrayList<>();
            for (Event event : from.log()) {
                if (!event.account().equals(account)) {
                    others.add(event);
                } else if (event.type().equals("message.received")) {
                    received.add(event);
                } else {
                    rest.add(event);
                }
            }
            change.accept(received);
            rest.addAll(received);
            log.clear();
            log.addAll(others);
            long number = 0;
            for (Event event : rest) {
                log.add(told(event, ++number, 1));
            }
        }

        History history() {
            Server seen = from.server();
            Server server = new Server(reused, superseded, seen.violations(), copies, seen.unobserved());
            return new History(sends, from.said(), heard, live, log, server, letters);
        }
    }
}
