package dev.waggle.platform.chaos.storm;

import dev.waggle.platform.chaos.History;
import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Heard;
import dev.waggle.platform.chaos.History.Said;
import dev.waggle.platform.chaos.History.Send;
import dev.waggle.platform.chaos.Traffic;
import dev.waggle.platform.chaos.fleet.Fleet;
import dev.waggle.platform.chaos.fleet.Resident;
import dev.waggle.platform.chaos.fleet.Seat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Everybody talks to everybody's contacts all the time, over any node.
final class Talks implements AutoCloseable {
    /// So many texts of an account may wait to be said; who is behind gets no more for the moment.
    private static final int BEHIND_MAX = 32;

    /// An event stream that says nothing for so long, not even a heartbeat.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Map<Resident, Traffic> traffics = new LinkedHashMap<>();
    private final List<Thread> talking = new ArrayList<>();
    private final List<Thread> followers = new ArrayList<>();
    private final Thread ticking;
    private volatile boolean ended;

    Talks(Fleet fleet, List<Resident> residents, int perSecond) {
        this.fleet = fleet;
        for (Resident resident : residents) {
            // A send may be written again whenever its account was away in between.
            AtomicInteger away = new AtomicInteger();
            Traffic traffic =
                    new Traffic(fleet.desk(), fleet.town(), resident.account(), resident.pn(), away, event -> {
                        if (event.type().equals("account.state")) {
                            away.incrementAndGet();
                        }
                    });
            traffics.put(resident, traffic);
            followers.add(traffic.follow());
            talking.addAll(traffic.start(resident.contacts(), 1));
        }
        // One more in each direction.
        Duration each = Duration.ofSeconds(2).dividedBy(perSecond);
        ticking = Thread.ofVirtual().name("ticks").start(() -> tick(each));
    }

    private void tick(Duration each) {
        try {
            long next = System.nanoTime();
            while (!ended) {
                for (Traffic traffic : traffics.values()) {
                    if (traffic.planned() - traffic.done() < BEHIND_MAX) {
                        traffic.more(1);
                    }
                    next += each.toNanos();
                    long left = next - System.nanoTime();
                    if (left > 0) {
                        TimeUnit.NANOSECONDS.sleep(left);
                    } else if (left < -TimeUnit.SECONDS.toNanos(5)) {
                        // What was missed is not made up for.
                        next = System.nanoTime();
                    }
                }
                fleet.desk().leaveSilent(SILENCE_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Texts that were accepted or said so far.
    int done() {
        return traffics.values().stream().mapToInt(Traffic::done).sum();
    }

    List<String> failures() {
        return traffics.values().stream()
                .flatMap(traffic -> traffic.failures().stream())
                .toList();
    }

    /// No more texts, and a while for those that are under way.
    ///
    /// @return what did not come to rest
    List<String> rest(Duration patience) throws InterruptedException {
        ended = true;
        ticking.join();
        traffics.values().forEach(Traffic::end);
        List<String> left = left();
        for (long end = System.nanoTime() + patience.toNanos(); !left.isEmpty() && System.nanoTime() < end; ) {
            TimeUnit.MILLISECONDS.sleep(200);
            fleet.desk().leaveSilent(SILENCE_MAX);
            left = left();
        }
        return left;
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        traffics.forEach((resident, traffic) ->
                traffic.missing().forEach(missing -> left.add(resident.account() + ": " + missing)));
        talking.stream().filter(Thread::isAlive).forEach(thread -> left.add(thread.getName()));
        return left;
    }

    /// What everybody saw.
    History history(Duration patience) throws IOException, InterruptedException {
        List<Send> sends = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        List<Heard> heard = new ArrayList<>();
        List<Event> live = new ArrayList<>();
        List<Event> log = new ArrayList<>();
        for (Map.Entry<Resident, Traffic> one : traffics.entrySet()) {
            Traffic traffic = one.getValue();
            String account = one.getKey().account();
            List<Event> events = fleet.desk().log(account);
            long last = events.isEmpty() ? 0 : events.getLast().sequence();
            awaitTold(traffic, last, patience);
            sends.addAll(traffic.sends());
            said.addAll(traffic.said());
            log.addAll(events);
            traffic.live().stream().filter(event -> event.sequence() <= last).forEach(live::add);
            for (String contact : one.getKey().contacts()) {
                Chat chat = new Chat(account, contact);
                fleet.town()
                        .heard(contact)
                        .forEach(text -> heard.add(new Heard(
                                chat,
                                text.path("id").asText(),
                                text.path("text").asText())));
            }
        }
        List<String> letters = new ArrayList<>();
        for (Seat seat : fleet.seats()) {
            letters.addAll(seat.deadLetters());
        }
        return new History(sends, said, heard, live, log, fleet.town().server(), letters);
    }

    private static void awaitTold(Traffic traffic, long last, Duration patience) throws InterruptedException {
        for (long end = System.nanoTime() + patience.toNanos(); System.nanoTime() < end; ) {
            List<Event> live = traffic.live();
            if (live.isEmpty() ? last == 0 : live.getLast().sequence() >= last) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() {
        ended = true;
        ticking.interrupt();
        talking.forEach(Thread::interrupt);
        followers.forEach(Thread::interrupt);
    }
}
