package dev.waggle.platform.chaos.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Accounts with the echo bot on a fleet, and a contact for each who talks to it.
public final class FleetDemo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 200;

    private final Fleet fleet;
    private final Roster roster;
    private final Consumer<String> out;
    private final List<Resident> residents = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    /// Starts everything and pairs so many accounts.
    ///
    /// @param out told what happens, a line at a time
    public static FleetDemo start(FleetSettings settings, int accounts, Consumer<String> out)
            throws IOException, InterruptedException {
        Fleet fleet = Fleet.start(settings, out);
        FleetDemo demo = new FleetDemo(fleet, out);
        try {
            demo.settle(accounts);
            return demo;
        } catch (IOException | InterruptedException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private FleetDemo(Fleet fleet, Consumer<String> out) {
        this.fleet = fleet;
        this.roster = new Roster(fleet);
        this.out = out;
    }

    private void settle(int accounts) throws IOException, InterruptedException {
        out.accept("pairing " + accounts + " accounts, a simulated phone scans each QR code");
        residents.addAll(roster.pair("account", accounts, 1));
        for (Resident resident : residents) {
            fleet.desk().call("PUT", "/v1/accounts/" + resident.account() + "/plugins/echo", "{}");
        }
    }

    /// Where accounts live: by node, and one by one.
    public List<String> where() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(fleet.where());
        Map<String, List<String>> homes = new TreeMap<>();
        for (Resident resident : residents) {
            homes.computeIfAbsent(roster.home(resident).orElse("not online"), _ -> new ArrayList<>())
                    .add(resident.account());
        }
        homes.forEach((node, accounts) -> lines.add("  " + node + ": " + String.join(", ", accounts)));
        return lines;
    }

    /// A contact of each account says this to it.
    public void say(String text) throws IOException, InterruptedException {
        said.add(text);
        for (Resident resident : residents) {
            fleet.town().say(resident.contacts().getFirst(), resident.pn(), text);
        }
    }

    /// Waits until every bot has answered everything.
    ///
    /// @return what is not as it must be: each text once, in order
    public List<String> echoed() throws IOException, InterruptedException {
        List<String> wrong = List.of("nobody was asked");
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !wrong.isEmpty() && System.nanoTime() < end; ) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            wrong = new ArrayList<>();
            for (Resident resident : residents) {
                List<String> heard = fleet.town().heard(resident.contacts().getFirst()).stream()
                        .map((JsonNode one) -> one.path("text").asText())
                        .toList();
                if (!heard.equals(said)) {
                    wrong.add(resident.account() + ": " + heard + " (expected: " + said + ")");
                }
            }
        }
        return wrong;
    }

    /// The node that has most of the accounts.
    public String fullest() throws InterruptedException {
        List<String> homes = new ArrayList<>();
        for (Resident resident : residents) {
            roster.home(resident).ifPresent(homes::add);
        }
        return fleet.seats().stream()
                .map(Seat::name)
                .max((one, other) ->
                        Integer.compare(Collections.frequency(homes, one), Collections.frequency(homes, other)))
                .orElseThrow();
    }

    /// `kill -9`.
    ///
    /// @return false when there is no such node
    public boolean kill(String name) throws InterruptedException {
        for (Seat seat : fleet.seats()) {
            if (seat.name().equals(name)) {
                seat.kill();
                return true;
            }
        }
        return false;
    }

    /// Starts a node that was killed, or has ended.
    ///
    /// @return false when there is no such node, or it runs
    public boolean begin(String name) throws IOException {
        for (Seat seat : fleet.seats()) {
            if (seat.name().equals(name) && !seat.alive()) {
                fleet.start(seat);
                return true;
            }
        }
        return false;
    }

    /// Waits until every account is ONLINE at another node than this one.
    ///
    /// @return how long that took; longer than two minutes: not all are
    public Duration allElsewhere(String name) throws InterruptedException {
        long began = System.nanoTime();
        List<Resident> left = new ArrayList<>(residents);
        while (!left.isEmpty() && System.nanoTime() - began < PATIENCE.toNanos()) {
            Resident next = left.getLast();
            if (roster.home(next).filter(home -> !home.equals(name)).isPresent()) {
                left.removeLast();
            } else {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return left.isEmpty() ? took : PATIENCE.plus(took);
    }

    /// Messages that reached nobody inside a node; none is expected.
    public List<String> deadLetters() throws IOException {
        List<String> all = new ArrayList<>();
        for (Seat seat : fleet.seats()) {
            all.addAll(seat.deadLetters());
        }
        return all;
    }

    /// Each node's API and the simulator's.
    public List<String> addresses() {
        List<String> lines = new ArrayList<>();
        fleet.seats()
                .forEach(seat -> lines.add(
                        seat.name() + ": " + seat.http().map(Object::toString).orElse("does not run")));
        lines.add("simulator: " + fleet.around().admin());
        lines.add("logs and data: " + fleet.directory());
        return lines;
    }

    @Override
    public void close() {
        fleet.close();
    }
}
