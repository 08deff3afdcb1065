package dev.waggle.platform.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.boot.Main;
import dev.waggle.simulator.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A node that is killed while events pass to a webhook whose receiver has every trouble there is.
final class WebhookRun implements AutoCloseable {
    /// One delivery that the receiver wrote down.
    record Taken(long sequence, String id, String chat) {}

    /// @param problems what should not have been; none when sound
    /// @param heaps bytes that live after a collection, by when
    record Report(long events, int taken, int kills, Map<String, Long> heaps, List<String> problems, Duration took) {}

    private static final String ACCOUNT = "chaos";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int messages;
    private final Path directory;
    private final Path book;
    private final Web web = new Web();
    private final Town town;
    private final Desk desk;
    private final Map<String, String> settings = new HashMap<>();
    private final AtomicInteger kills = new AtomicInteger();
    private final Map<String, Long> heaps = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private volatile NodeProcess node;
    private Process receiver;
    private int port;
    private String hook = "";

    WebhookRun(Simulator simulator, int messages) throws IOException {
        this.messages = messages;
        this.directory = Files.createTempDirectory("waggle-webhook");
        this.book = directory.resolve("taken.tsv");
        this.town = new Town(simulator.admin(), web);
        settings.put("waggle.whatsapp.url", simulator.ws().toString());
        settings.put("waggle.whatsapp.root-key", simulator.rootKey().toHex());
        settings.put("waggle.webhook.allow-http", "on");
        settings.put("waggle.webhook.allow-private", "on");
        settings.put("waggle.webhook.answer-max", "500ms");
        settings.put("waggle.webhook.retries", "20ms," + "200ms,".repeat(300) + "1s");
        settings.put("waggle.webhook.probe-every", "200ms");
        this.node = started();
        this.receiver = listening(0);
        this.desk = new Desk(() -> node.http(), web);
    }

    private NodeProcess started() throws IOException {
        return NodeProcess.start(
                Main.class.getName(),
                directory.resolve("data"),
                settings,
                directory.resolve("node.log").toFile());
    }

    private Process listening(int wanted) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WebhookReceiver.class.getName(),
                        book.toString(),
                        Integer.toString(wanted))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("receiver.log").toFile()))
                .start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the receiver does not listen: see " + directory);
        }
        port = Integer.parseInt(line);
        return process;
    }

    private void mood(String mood) throws IOException, InterruptedException {
        web.call("POST", URI.create("http://127.0.0.1:" + port + "/mood/" + mood), "", Map.of());
    }

    private void killReceiver() throws InterruptedException {
        receiver.destroyForcibly();
        receiver.waitFor();
    }

    private void killNode() throws IOException, InterruptedException {
        node.kill();
        kills.incrementAndGet();
        node = started();
    }

    /// @param at of all messages, in percent
    private void wait(Traffic traffic, int at) throws InterruptedException {
        if (!within(
                PATIENCE,
                () -> traffic.done() >= messages * at / 100
                        || !traffic.failures().isEmpty())) {
            problems.add("traffic stands still at " + traffic.done());
        }
    }

    Report run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Traffic traffic = new Traffic(desk, town, ACCOUNT, pair(), kills);
        hook = "/v1/webhooks/"
                + desk.call(
                                "POST",
                                "/v1/webhooks",
                                "{\"url\":\"http://127.0.0.1:" + port + "/hook\",\"start\":\"earliest\"}")
                        .path("id")
                        .asText();
        List<String> contacts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            contacts.add(town.contact("Contact " + i));
        }
        Thread follower = traffic.follow();
        List<Thread> talking = traffic.start(contacts, messages);
        troubles(traffic);
        traffic.end();
        within(
                PATIENCE,
                () -> talking.stream().noneMatch(Thread::isAlive)
                        && traffic.missing().isEmpty());
        problems.addAll(traffic.missing());
        heap("behind");
        mood("ok");
        if (!within(PATIENCE, this::settled)) {
            problems.add("not settled: " + cursor());
        }
        heap("end");
        long events = judge();
        rewind(events);
        follower.interrupt();
        talking.forEach(Thread::interrupt);
        return new Report(
                events, taken().size(), kills.get(), heaps, problems, Duration.ofNanos(System.nanoTime() - began));
    }

    /// Each trouble with a tenth of the traffic or so, and a kill of the node in its midst.
    private void troubles(Traffic traffic) throws IOException, InterruptedException {
        wait(traffic, 10);
        within(PATIENCE, this::settledSoFar);
        heap("start");
        mood("slow");
        wait(traffic, 15);
        killNode();
        wait(traffic, 20);
        mood("error");
        wait(traffic, 25);
        killNode();
        wait(traffic, 30);
        mood("hang");
        wait(traffic, 35);
        killNode();
        wait(traffic, 40);
        killReceiver();
        wait(traffic, 45);
        killNode();
        wait(traffic, 50);
        receiver = listening(port);
        wait(traffic, 55);
        killReceiver();
        receiver = listening(port);
        wait(traffic, 60);
        killNode();
        wait(traffic, 70);
        mood("hang");
    }

    private String pair() throws IOException, InterruptedException {
        String account = "/v1/accounts/" + ACCOUNT;
        desk.call("PUT", account, "{\"pushName\":\"Chaos\"}");
        String path = account + "/pairings/"
                + desk.call("POST", account + "/pairings", "{\"method\":\"qr\"}")
                        .path("id")
                        .asText();
        within(PATIENCE, () -> !get(path).path("qr").asText("").isEmpty());
        town.scan(get(path).path("qr").asText());
        if (!within(PATIENCE, () -> get(account).path("observedState").asText().equals("ONLINE"))) {
            throw new IOException("not paired: see " + directory);
        }
        return get(account).path("pn").asText();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return desk.call("GET", path, "");
    }

    private JsonNode cursor() throws IOException, InterruptedException {
        return get(hook + "/accounts/" + ACCOUNT + "/cursor");
    }

    private boolean settled() throws IOException, InterruptedException {
        JsonNode cursor = cursor();
        return cursor.path("after").asLong() == cursor.path("latest").asLong();
    }

    /// While events go on coming.
    private boolean settledSoFar() throws IOException, InterruptedException {
        JsonNode cursor = cursor();
        return cursor.path("latest").asLong() - cursor.path("after").asLong() < 100;
    }

    private void heap(String when) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(node.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (BufferedReader reader = jcmd.inputReader()) {
            lines = reader.lines().toList();
        }
        jcmd.waitFor();
        Files.write(directory.resolve("heap-" + when + ".txt"), lines);
        heaps.put(when, Long.parseLong(lines.getLast().strip().split("\\s+", -1)[2]));
    }

    private List<Taken> taken() throws IOException {
        return Files.readAllLines(book).stream()
                .map(line -> line.split("\t", -1))
                .filter(parts -> parts.length == 3)
                .map(parts -> new Taken(Long.parseLong(parts[0]), parts[1], parts[2]))
                .toList();
    }

    /// @return how many events there are
    private long judge() throws IOException, InterruptedException {
        Map<Long, String> ids = new HashMap<>();
        long last = 0;
        for (JsonNode page = page(0); !page.isEmpty(); page = page(last)) {
            for (JsonNode event : page) {
                last = event.path("sequence").asLong();
                ids.put(last, event.path("id").asText());
            }
        }
        Set<Long> seen = new HashSet<>();
        Map<String, Long> lastOfChat = new HashMap<>();
        for (Taken one : taken()) {
            if (!one.id().equals(ids.get(one.sequence()))) {
                problems.add(one + " is not " + ids.get(one.sequence()));
            }
            if (seen.add(one.sequence()) && one.sequence() < lastOfChat.getOrDefault(one.chat(), 0L)) {
                problems.add(one + " came first after " + lastOfChat.get(one.chat()));
            }
            lastOfChat.merge(one.chat(), one.sequence(), Math::max);
        }
        Set<Long> missing = new TreeSet<>(ids.keySet());
        missing.removeAll(seen);
        if (!missing.isEmpty()) {
            problems.add("never taken: " + missing);
        }
        return ids.size();
    }

    private JsonNode page(long after) throws IOException, InterruptedException {
        return get("/v1/accounts/" + ACCOUNT + "/events?limit=1000&after=" + after)
                .path("items");
    }

    private void rewind(long events) throws IOException, InterruptedException {
        int before = taken().size();
        long back = Math.max(0, events - 50);
        desk.call("PUT", hook + "/accounts/" + ACCOUNT + "/cursor", "{\"after\":" + back + "}");
        within(PATIENCE, this::settled);
        Set<Long> again = new TreeSet<>();
        List<Taken> all = taken();
        all.subList(before, all.size()).forEach(one -> again.add(one.sequence()));
        for (long sequence = back + 1; sequence <= events; sequence++) {
            if (!again.contains(sequence)) {
                problems.add("not told again: " + sequence);
            }
        }
    }

    private interface Enough {
        boolean is() throws IOException, InterruptedException;
    }

    private static boolean within(Duration patience, Enough enough) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (enough.is()) {
                    return true;
                }
            } catch (IOException _) {
                // Not yet.
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return false;
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        desk.close();
        node.close();
        receiver.destroyForcibly();
        web.close();
    }
}
