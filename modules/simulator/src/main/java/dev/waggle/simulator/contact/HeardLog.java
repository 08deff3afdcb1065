package dev.waggle.simulator.contact;

import dev.waggle.address.Jid;
import dev.waggle.simulator.exchange.Contacts.Heard;
import dev.waggle.simulator.exchange.Contacts.HeardFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What one contact heard and said, numbered from 1 without gaps; the same sender and id once. Keeps the latest
/// 200,000.
final class HeardLog {
    private static final int ENTRIES_MAX = 200_000;
    private static final int WAITERS_MAX = 1_000;

    private final TreeMap<Long, Heard> entries = new TreeMap<>();
    private final Map<Name, Long> numbers = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private long last;

    private record Name(Jid user, String id) {}

    private record Waiter(Predicate<Heard> wanted, CompletableFuture<Heard> found) {}

    /// Adds a message, or counts one more copy of it.
    void add(
            String id,
            Jid chat,
            Jid sender,
            boolean fromMe,
            long timestamp,
            String type,
            String text,
            @Nullable HeardFile file) {
        Name name = new Name(sender.bare(), id);
        @Nullable Long known = numbers.get(name);
        if (known != null) {
            replace(known, old -> old.copies() + 1, null);
            return;
        }
        String status = fromMe ? "sent" : "received";
        Heard heard = new Heard(++last, id, chat, sender, fromMe, timestamp, type, text, file, status, 1);
        numbers.put(name, last);
        entries.put(last, heard);
        forgetOldest();
        tell(heard);
    }

    private interface Count {
        int of(Heard old);
    }

    private void replace(long number, Count copies, @Nullable String status) {
        entries.computeIfPresent(
                number,
                (n, old) -> new Heard(
                        n,
                        old.id(),
                        old.chat(),
                        old.sender(),
                        old.fromMe(),
                        old.timestamp(),
                        old.type(),
                        old.text(),
                        old.file(),
                        status == null ? old.status() : status,
                        copies.of(old)));
        Heard changed = entries.get(number);
        if (changed != null) {
            tell(changed);
        }
    }

    /// A receipt for an own message: `delivered` or `read`; never goes back.
    void confirmed(Jid user, String id, String status) {
        @Nullable Long number = numbers.get(new Name(user, id));
        Heard old = number == null ? null : entries.get(number);
        if (old != null && old.fromMe() && !old.status().equals("read")) {
            replace(old.sequence(), Heard::copies, status);
        }
    }

    boolean has(Jid user, String id) {
        return numbers.containsKey(new Name(user.bare(), id));
    }

    @Nullable
    Heard find(String id) {
        return entries.descendingMap().values().stream()
                .filter(heard -> heard.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    List<Heard> after(long number) {
        return List.copyOf(entries.tailMap(number, false).values());
    }

    /// Completes with the first entry, there already or to come, that is wanted (at each change of it anew).
    CompletableFuture<Heard> await(Predicate<Heard> wanted) {
        CompletableFuture<Heard> found = new CompletableFuture<>();
        var there = entries.values().stream().filter(wanted).findFirst();
        if (there.isPresent()) {
            found.complete(there.get());
        } else if (waiters.size() >= WAITERS_MAX) {
            found.completeExceptionally(new IllegalStateException("waiters: " + WAITERS_MAX + " (expected: fewer)"));
        } else {
            waiters.add(new Waiter(wanted, found));
        }
        return found;
    }

    private void tell(Heard heard) {
        List<Waiter> satisfied =
                waiters.stream().filter(waiter -> waiter.wanted().test(heard)).toList();
        waiters.removeAll(satisfied);
        satisfied.forEach(waiter -> waiter.found().complete(heard));
    }

    private void forgetOldest() {
        if (entries.size() > ENTRIES_MAX) {
            Heard oldest = entries.pollFirstEntry().getValue();
            numbers.remove(new Name(oldest.sender().bare(), oldest.id()));
        }
    }
}
