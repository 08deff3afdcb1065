package dev.waggle.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.benchmarks.stage.Figures;
import dev.waggle.benchmarks.stage.Follower;
import dev.waggle.benchmarks.stage.LoadedNode;
import dev.waggle.benchmarks.stage.Settling;
import dev.waggle.benchmarks.stage.Stage;
import dev.waggle.benchmarks.stage.Town;
import dev.waggle.benchmarks.stage.Web;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Messages for a second of a node's processor time, and how long each is under way.
///
/// In: a contact writes; the message is encrypted, comes to the account, is journaled, acknowledged, and told on
/// the account's event stream. Out: a text is asked for at the API, answered when it is journaled, encrypted, taken
/// by the server, and that is told. Of each account only so many are under way at once, so the node decides how
/// fast it goes.
///
/// The processor time is that of the whole node, admin API and event streams too, without that of the JVM's
/// compilers: of a node that runs for hours they have no part.
final class Throughput {
    private static final long REST_SECONDS = 60;

    private final ThroughputSettings settings;
    private final Stage stage;
    private final Town town;
    private final Web web = new Web();
    private final Sheet sheet;
    private final Map<String, Half> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger serial = new AtomicInteger();

    /// Of a message either who said it knows its id first, or who is told of it.
    private sealed interface Half {}

    /// @param at when it was begun with, as nanoTime
    private record Said(long at, Semaphore credit, Phase phase) implements Half {}

    private record Told(long at) implements Half {}

    /// One direction for some time.
    private static final class Phase {
        final Queue<Double> accepted = new ConcurrentLinkedQueue<>();
        final Queue<Double> told = new ConcurrentLinkedQueue<>();
        final Queue<String> failures = new ConcurrentLinkedQueue<>();
        volatile boolean counts;
        volatile boolean over;

        void settled(Said said, Told told) {
            if (counts) {
                this.told.add((told.at() - said.at()) / 1e6);
            }
            said.credit().release();
        }
    }

    private interface Say {
        /// @param text not used before
        /// @return the message's id
        String say(int account, String text) throws IOException, InterruptedException;
    }

    Throughput(ThroughputSettings settings, Stage stage) {
        this.settings = settings;
        this.stage = stage;
        this.town = stage.town();
        this.sheet = new Sheet("throughput", stage::tell);
    }

    List<Figure> run() throws IOException, InterruptedException {
        List<Follower> followers = new ArrayList<>();
        try (LoadedNode node = stage.node();
                web) {
            List<String> numbers = stage.populate(node, settings.accounts());
            List<String> contacts = new ArrayList<>();
            for (int i = 0; i < settings.accounts(); i++) {
                contacts.add(town.contact("Contact " + i));
                followers.add(new Follower(node, web, Settling.name(i), this::told).begin());
            }
            measure("in", node, "message.received", (i, text) -> town.say(contacts.get(i), numbers.get(i), text));
            measure("out", node, "message.sent", (i, text) -> send(node, Settling.name(i), contacts.get(i), text));
            followers.forEach(Follower::close);
            node.end();
        }
        town.violations().forEach(violation -> stage.tell("violation: " + violation));
        return sheet.figures();
    }

    private static String send(LoadedNode node, String account, String contact, String text)
            throws IOException, InterruptedException {
        String body = Web.JSON
                .createObjectNode()
                .put("chat", "+" + contact)
                .put("type", "text")
                .put("text", text)
                .toString();
        return node.call("POST", "/v1/accounts/" + account + "/messages", body, Map.of("Idempotency-Key", text))
                .path("id")
                .asText();
    }

    private void measure(String name, LoadedNode node, String type, Say say) throws IOException, InterruptedException {
        Phase phase = new Phase();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < settings.accounts(); i++) {
            int account = i;
            threads.add(Thread.ofVirtual().name(name + ' ' + i).start(() -> talk(phase, type, account, say)));
        }
        TimeUnit.SECONDS.sleep(settings.warmUpSeconds());
        Costs before = costs(node);
        phase.counts = true;
        TimeUnit.SECONDS.sleep(settings.seconds());
        phase.counts = false;
        Costs spent = costs(node).since(before);
        phase.over = true;
        rest(threads);
        if (!phase.failures.isEmpty() || phase.told.isEmpty()) {
            throw new IOException(name + ": " + phase.told.size() + " messages, " + phase.failures);
        }
        tell(name, phase, spent);
    }

    /// In seconds, of the clock and of the processor.
    private record Costs(double wall, double node, double town, double cassandra) {
        Costs since(Costs before) {
            return new Costs(wall - before.wall, node - before.node, town - before.town, cassandra - before.cassandra);
        }
    }

    private Costs costs(LoadedNode node) throws IOException {
        return new Costs(
                System.nanoTime() / 1e9,
                Figures.cpuSeconds(node.pid()) - Figures.compilerSeconds(node.pid()),
                Figures.cpuSeconds(town.pid()),
                stage.cassandraSeconds());
    }

    private void tell(String name, Phase phase, Costs spent) {
        int messages = phase.told.size();
        sheet.tell(name + ".per-cpu-second", messages / spent.node(), "messages");
        sheet.tell(name + ".per-second", messages / spent.wall(), "messages");
        sheet.tell(name + ".cpu", 1e6 * spent.node() / messages, "us/message");
        sheet.tell(name + ".simulator-cpu", 1e6 * spent.town() / messages, "us/message");
        if (spent.cassandra() > 0) {
            sheet.tell(name + ".cassandra-cpu", 1e6 * spent.cassandra() / messages, "us/message");
        }
        sheet.tell(name + ".accepted", Spans.of(phase.accepted));
        sheet.tell(name + ".told", Spans.of(phase.told));
    }

    /// Until nothing is under way.
    private void rest(List<Thread> threads) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            thread.interrupt();
        }
        waiting.clear();
    }

    private void talk(Phase phase, String type, int account, Say say) {
        Semaphore credit = new Semaphore(settings.window());
        try {
            while (!phase.over) {
                credit.acquire();
                long at = System.nanoTime();
                String id = say.say(account, "text-" + serial.incrementAndGet());
                if (phase.counts) {
                    phase.accepted.add((System.nanoTime() - at) / 1e6);
                }
                meet(type + id, new Said(at, credit, phase));
            }
            // What is under way still may be told.
            credit.acquire(settings.window());
        } catch (IOException | RuntimeException e) {
            phase.failures.add(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void told(String type, JsonNode data) {
        if (type.equals("message.received") || type.equals("message.sent")) {
            meet(type + data.path("id").asText(), new Told(System.nanoTime()));
        }
    }

    private void meet(String message, Half half) {
        @Nullable Half other = waiting.putIfAbsent(message, half);
        if (other == null) {
            return;
        }
        waiting.remove(message);
        if (other instanceof Said said && half instanceof Told told) {
            said.phase().settled(said, told);
        } else if (other instanceof Told told && half instanceof Said said) {
            said.phase().settled(said, told);
        }
    }
}
