package dev.waggle.platform.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Heard;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One run: a node that is killed and started again over the same data, traffic in
/// both directions meanwhile; then a judgement over what everybody saw.
public final class ChaosRun implements AutoCloseable {
    private static final String ACCOUNT = "chaos";
    private static final Duration ONLINE_MAX = Duration.ofSeconds(90);
    private static final Duration REST_MAX = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 20;
    private static final int TURNS = 10;
    private static final int LATE_TEXTS = 4;
    /// In a line of the node's log, once for each that was lost.
    private static final String DEAD_LETTER = " dead letter ";

    private final ChaosSettings settings;
    private final Consumer<String> out;
    private final Path directory;
    private final File log;
    private final Web web = new Web();
    private final Surroundings around;
    private final Town town;
    private final Desk desk;
    private final AtomicInteger kills = new AtomicInteger();
    private volatile NodeProcess node;

    /// @param out told what happens, a line at a time
    public ChaosRun(ChaosSettings settings, Surroundings around, Consumer<String> out) throws IOException {
        this.settings = settings;
        this.out = out;
        this.directory = Files.createTempDirectory("waggle-chaos");
        this.log = directory.resolve("node.log").toFile();
        this.around = around;
        this.town = new Town(around.admin(), web);
        this.node = started(Map.of());
        this.desk = new Desk(() -> node.http(), web);
    }

    private NodeProcess started(Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(settings.node());
        all.put("waggle.whatsapp.url", around.whatsapp().toString());
        all.put("waggle.whatsapp.root-key", around.rootKey());
        all.putAll(more);
        return NodeProcess.start(around.main(), directory.resolve("data"), all, log);
    }

    public ChaosReport run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        String pn = pair();
        List<String> contacts = new ArrayList<>();
        for (int i = 0; i < settings.contacts(); i++) {
            contacts.add(town.contact("Contact " + i));
        }
        Traffic traffic = new Traffic(desk, town, ACCOUNT, pn, kills);
        Thread follower = traffic.follow();
        List<Thread> talking = traffic.start(contacts, settings.messages());
        List<String> stalled = new ArrayList<>();
        List<String> reached = kill(traffic, stalled);
        traffic.end();
        within(
                REST_MAX,
                () -> talking.stream().noneMatch(Thread::isAlive)
                        && traffic.missing().isEmpty());
        stalled.addAll(traffic.missing());
        talking.stream().filter(Thread::isAlive).forEach(thread -> stalled.add(thread.getName()));
        talking.forEach(Thread::interrupt);
        History history = history(contacts, traffic);
        desk.close();
        follower.interrupt();
        return new ChaosReport(
                settings.seed(),
                history.sends().size(),
                history.said().size(),
                history.log().size(),
                kills.get(),
                reached,
                Duration.ofNanos(System.nanoTime() - began),
                stalled,
                Checker.check(history));
    }

    private String pair() throws IOException, InterruptedException {
        String account = "/v1/accounts/" + ACCOUNT;
        desk.call("PUT", account, "{\"pushName\":\"Chaos\"}");
        String pairing = desk.call("POST", account + "/pairings", "{\"method\":\"qr\"}")
                .path("id")
                .asText();
        String path = account + "/pairings/" + pairing;
        String qr = "";
        for (long end = end(ONLINE_MAX); qr.isEmpty() && System.nanoTime() < end; ) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            qr = desk.call("GET", path, "").path("qr").asText("");
        }
        town.scan(qr);
        if (!within(ONLINE_MAX, () -> online())) {
            throw new IOException("the account was not paired: see " + log);
        }
        String pn = desk.call("GET", account, "").path("pn").asText();
        out.accept("paired as " + pn);
        return pn;
    }

    private boolean online() {
        try {
            JsonNode account = desk.call("GET", "/v1/accounts/" + ACCOUNT, "");
            return account.path("observedState").asText().equals("ONLINE");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Kills at random moments of the traffic, and has the node end itself at each named point in between. Points
    /// that traffic did not reach in their turn get turns, and traffic, of their own at the end.
    ///
    /// @return the points that were reached
    private List<String> kill(Traffic traffic, List<String> stalled) throws IOException, InterruptedException {
        Random moments = new Random(settings.seed());
        Deque<String> points = new ArrayDeque<>(settings.failpoints());
        List<String> reached = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        int rounds = settings.kills() + points.size();
        for (int round = 1; round <= rounds; round++) {
            int from = settings.messages() * (round - 1) / (rounds + 1);
            int at = from + moments.nextInt(Math.max(1, settings.messages() / (rounds + 1)));
            within(REST_MAX, () -> traffic.done() >= at || !traffic.failures().isEmpty());
            TimeUnit.MILLISECONDS.sleep(moments.nextInt(30));
            boolean named = moments.nextInt(rounds - round + 1) < points.size();
            if (!named) {
                again(Map.of());
            } else if (ended(points.peek(), 1 + moments.nextInt(6), traffic)) {
                reached.add(points.pop());
            } else {
                missed.add(points.pop());
            }
            out.accept("kill " + kills.get() + " in round " + round + " at " + traffic.done() + ", reached " + reached);
            if (!within(ONLINE_MAX, this::online)) {
                stalled.add("not online after round " + round);
            }
        }
        reached.addAll(late(missed, traffic, stalled));
        return reached;
    }

    private List<String> late(List<String> missed, Traffic traffic, List<String> stalled)
            throws IOException, InterruptedException {
        List<String> reached = new ArrayList<>();
        for (String point : missed) {
            boolean ended = false;
            for (int turn = 0; turn < TURNS && !ended; turn++) {
                traffic.more(LATE_TEXTS);
                ended = ended(point, 1, traffic);
            }
            if (ended) {
                reached.add(point);
            } else {
                stalled.add("never at " + point);
            }
            out.accept("kill " + kills.get() + (ended ? " at " : " without reaching ") + point);
        }
        return reached;
    }

    private void again(Map<String, String> more) throws IOException, InterruptedException {
        node.kill();
        kills.incrementAndGet();
        node = started(more);
    }

    /// Starts a node that ends itself when it passes the point for the nth time, and another one after it.
    ///
    /// @return false when everything that was to be said was said before it got there
    private boolean ended(String point, int nth, Traffic traffic) throws IOException, InterruptedException {
        again(Map.of("waggle.failpoint", point + ":" + nth));
        boolean ended = within(REST_MAX, () -> !node.alive() || idle(traffic)) && !node.alive();
        again(Map.of());
        return ended;
    }

    /// Nothing will reach a failpoint any more.
    private boolean idle(Traffic traffic) {
        return traffic.done() >= traffic.planned() && traffic.missing().isEmpty();
    }

    private History history(List<String> contacts, Traffic traffic) throws IOException, InterruptedException {
        List<Event> events = desk.log(ACCOUNT);
        long last = events.isEmpty() ? 0 : events.getLast().sequence();
        within(REST_MAX, () -> traffic.live().stream().anyMatch(event -> event.sequence() >= last));
        List<Heard> heard = new ArrayList<>();
        for (String contact : contacts) {
            Chat chat = new Chat(ACCOUNT, contact);
            town.heard(contact)
                    .forEach(one -> heard.add(new Heard(
                            chat, one.path("id").asText(), one.path("text").asText())));
        }
        return new History(
                traffic.sends(),
                traffic.said(),
                heard,
                traffic.live().stream()
                        .filter(event -> event.sequence() <= last)
                        .toList(),
                events,
                town.server(),
                deadLetters());
    }

    private List<String> deadLetters() throws IOException {
        try (Stream<String> lines = Files.lines(log.toPath())) {
            return lines.filter(line -> line.contains(DEAD_LETTER)).toList();
        }
    }

    private static long end(Duration patience) {
        return System.nanoTime() + patience.toNanos();
    }

    private static boolean within(Duration patience, BooleanSupplier enough) throws InterruptedException {
        for (long end = end(patience); System.nanoTime() < end; ) {
            if (enough.getAsBoolean()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return enough.getAsBoolean();
    }

    /// Where the node's log and data are.
    public Path directory() {
        return directory;
    }

    URI http() {
        return node.http();
    }

    @Override
    public void close() {
        desk.close();
        node.close();
        web.close();
    }
}
