package dev.waggle.platform.boot.hive;

import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;

/// What a [Crowd] wrote and what arrived of it. Each text ends in its number.
final class Texts {
    private static final int CHATS = 3;

    private Texts() {}

    static int number(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    }

    /// What is missing, and what came more often than it was written.
    static List<String> difference(String what, List<String> expected, List<String> found) {
        Map<String, Integer> difference = new HashMap<>();
        expected.forEach(text -> difference.merge(text, -1, Integer::sum));
        found.forEach(text -> difference.merge(text, 1, Integer::sum));
        List<String> all = new ArrayList<>();
        difference.forEach((text, count) -> {
            if (count != 0) {
                all.add(what + ": " + text + (count < 0 ? " is missing" : " came " + (count + 1) + " times"));
            }
        });
        return all;
    }

    /// Those that came after a later one of their chat.
    ///
    /// @param chat in which of three chats the text of that number was written
    static List<String> late(String what, List<String> texts, IntUnaryOperator chat) {
        int[] last = new int[CHATS];
        List<String> all = new ArrayList<>();
        for (String text : texts) {
            int written = chat.applyAsInt(number(text));
            if (number(text) < last[written]) {
                all.add(what + ": " + text + " came after " + last[written]);
            }
            last[written] = Math.max(last[written], number(text));
        }
        return all;
    }

    /// What a contact heard that begins so; one that could not read something at once asks again.
    ///
    /// @param copies each as often as it came
    static List<String> heard(Exchange exchange, User contact, String begin, int wanted, boolean copies) {
        CompletableFuture<List<String>> all = new CompletableFuture<>();
        exchange.run(() -> look(exchange, contact, new Wanted(begin, wanted, copies, all), 100));
        return all.join();
    }

    private record Wanted(String begin, int count, boolean copies, CompletableFuture<List<String>> all) {}

    private static void look(Exchange exchange, User contact, Wanted wanted, int tries) {
        List<String> texts = exchange.contacts().heard(contact, 0).stream()
                .filter(heard -> !heard.fromMe() && heard.text().startsWith(wanted.begin()))
                .flatMap(heard -> Collections.nCopies(wanted.copies() ? heard.copies() : 1, heard.text()).stream())
                .toList();
        if (texts.size() >= wanted.count() || tries == 0) {
            wanted.all().complete(texts);
        } else {
            exchange.after(Duration.ofMillis(100), () -> look(exchange, contact, wanted, tries - 1));
        }
    }
}
