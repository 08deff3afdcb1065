package dev.waggle.platform.chaos;

import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Said;
import dev.waggle.platform.chaos.History.Send;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Texts in both directions between one account and its contacts, and what a follower of the events saw of them.
/// Paced by what arrives: of each direction of a chat only so many are under way.
public final class Traffic {
    private static final int WINDOW = 8;

    private final Desk desk;
    private final Town town;
    private final String account;
    private final String pn;
    private final AtomicInteger kills;
    private final Consumer<Event> also;
    private final AtomicInteger done = new AtomicInteger();
    private final List<Send> sends = new CopyOnWriteArrayList<>();
    private final List<Said> said = new CopyOnWriteArrayList<>();
    private final List<Event> live = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> killsAtAck = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> credits = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private int talks;
    private int each;
    private boolean ended;

    /// @param pn the account's phone number JID, as contacts write to it
    /// @param kills how often the node has been killed so far
    Traffic(Desk desk, Town town, String account, String pn, AtomicInteger kills) {
        this(desk, town, account, pn, kills, event -> {});
    }

    /// @param kills how often something was lost so far that may make the account write a send again
    /// @param also hears of every event before it counts
    public Traffic(Desk desk, Town town, String account, String pn, AtomicInteger kills, Consumer<Event> also) {
        this.also = also;
        this.desk = desk;
        this.town = town;
        this.account = account;
        this.pn = pn;
        this.kills = kills;
    }

    private interface Talk {
        void run() throws IOException, InterruptedException;
    }

    /// Begins with `messages` texts in all, shared among both directions of every chat. Talks go on when there are
    /// [#more], until the [#end].
    public List<Thread> start(List<String> contacts, int messages) {
        more(Math.max(1, messages / (2 * contacts.size())));
        List<Thread> threads = new ArrayList<>();
        for (String contact : contacts) {
            threads.add(started("send to " + contact, () -> send(contact)));
            threads.add(started("say by " + contact, () -> say(contact)));
        }
        talks = threads.size();
        return threads;
    }

    /// So many more texts in each direction of each chat.
    public synchronized void more(int texts) {
        each += texts;
        notifyAll();
    }

    /// Nothing is said beyond what was planned.
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// Texts that are to be said by now.
    public synchronized int planned() {
        return each * talks;
    }

    /// Waits for the turn of the text with this number; false when it will not come.
    private synchronized boolean turn(int number) throws InterruptedException {
        while (number > each && !ended) {
            wait();
        }
        return number <= each;
    }

    public Thread follow() {
        return started("follow", () -> desk.follow(account, this::told));
    }

    private Thread started(String what, Talk talk) {
        return Thread.ofVirtual().name(what).start(() -> {
            try {
                talk.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                failures.add(what + ": " + e);
            }
        });
    }

    private Semaphore credit(String of) {
        return credits.computeIfAbsent(of, name -> new Semaphore(WINDOW));
    }

    private void send(String contact) throws IOException, InterruptedException {
        Chat chat = new Chat(account, contact);
        for (int number = 1; turn(number); number++) {
            credit("out " + contact).acquire();
            int before = kills.get();
            String key = "chaos-" + contact + "-" + number;
            String text = "out " + contact + " " + number;
            String id = desk.send(account, contact, text, key);
            credits.put("sent " + id, credit("out " + contact));
            sends.add(new Send(chat, number, key, text, List.of(id), before));
            if (killsAtAck.containsKey(id)) {
                release("sent " + id);
            }
            done.incrementAndGet();
        }
    }

    private void say(String contact) throws IOException, InterruptedException {
        Chat chat = new Chat(account, contact);
        for (int number = 1; turn(number); number++) {
            credit("in " + contact).acquire();
            String text = "in " + contact + " " + number;
            said.add(new Said(chat, number, text, town.say(contact, pn, text)));
            done.incrementAndGet();
        }
    }

    private void told(Event event) {
        also.accept(event);
        live.add(event);
        switch (event.type()) {
            case "message.received" -> credit("in " + event.contact()).release();
            case "message.sent" -> {
                killsAtAck.putIfAbsent(event.message(), kills.get());
                release("sent " + event.message());
            }
            default -> {
                // Judged at the end.
            }
        }
    }

    private void release(String name) {
        @Nullable Semaphore credit = credits.remove(name);
        if (credit != null) {
            credit.release();
        }
    }

    /// Texts that were accepted or said so far.
    public int done() {
        return done.get();
    }

    public List<String> failures() {
        return failures;
    }

    /// Each with the number of kills between its asking and the sight of its ack.
    public List<Send> sends() {
        int now = kills.get();
        return sends.stream()
                .map(send -> new Send(
                        send.chat(),
                        send.number(),
                        send.key(),
                        send.text(),
                        send.ids(),
                        killsAtAck.getOrDefault(send.ids().getFirst(), now) - send.kills()))
                .toList();
    }

    public List<Said> said() {
        return List.copyOf(said);
    }

    public List<Event> live() {
        return List.copyOf(live);
    }

    /// What the follower has not been told yet: nothing is under way when this is empty.
    public List<String> missing() {
        List<String> missing = new ArrayList<>(failures);
        long delivered = live.stream()
                .filter(event -> event.type().equals("message.delivered"))
                .count();
        long received = live.stream()
                .filter(event -> event.type().equals("message.received"))
                .count();
        if (delivered < sends.size()) {
            missing.add("delivered " + delivered + " of " + sends.size());
        }
        if (received < said.size()) {
            missing.add("received " + received + " of " + said.size());
        }
        return missing;
    }
}
