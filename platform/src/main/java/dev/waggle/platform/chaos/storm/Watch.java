package dev.waggle.platform.chaos.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.chaos.NodeProcess;
import dev.waggle.platform.chaos.Web;
import dev.waggle.platform.chaos.Web.Reply;
import dev.waggle.platform.chaos.fleet.Fleet;
import dev.waggle.platform.chaos.fleet.Resident;
import dev.waggle.platform.chaos.fleet.Seat;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks again and again where accounts are, over the API.
final class Watch implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final int LOOK_MILLIS = 150;
    /// Those who look must not be what keeps the nodes busy: at most so many questions a second.
    private static final int LOOKS_PER_SECOND = 200;
    private static final Map<String, String> KEY = Map.of("Authorization", "Bearer " + NodeProcess.KEY);

    private final Fleet fleet;
    private final List<Resident> residents;
    private final Web web = new Web(ANSWER_MAX);
    private final long pause;

    Watch(Fleet fleet, List<Resident> residents) {
        this.fleet = fleet;
        this.residents = residents;
        this.pause = Math.max(LOOK_MILLIS, 1_000L * residents.size() / LOOKS_PER_SECOND);
    }

    private Optional<JsonNode> ask(URI node, String path) throws InterruptedException {
        try {
            Reply reply = web.call("GET", node.resolve(path), "", KEY);
            return reply.status() == 200 ? Optional.of(reply.body()) : Optional.empty();
        } catch (IOException away) {
            return Optional.empty();
        }
    }

    /// Where accounts are ONLINE now; those of which nobody says so in time are left out.
    Map<String, String> homes() throws InterruptedException {
        Map<String, String> homes = new ConcurrentHashMap<>();
        List<Thread> asking = new ArrayList<>();
        for (Resident resident : residents) {
            asking.add(Thread.ofVirtual().start(() -> {
                try {
                    look(resident, null).ifPresent(home -> homes.put(resident.account(), home));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread one : asking) {
            one.join();
        }
        return homes;
    }

    /// @param struck is not asked
    private Optional<String> look(Resident resident, @Nullable Seat struck) throws InterruptedException {
        List<Seat> able = fleet.seats().stream()
                .filter(seat -> seat != struck && !seat.frozen() && seat.http().isPresent())
                .toList();
        if (able.isEmpty()) {
            return Optional.empty();
        }
        Seat seat =
                able.get(Math.floorMod(resident.account().hashCode() + (int) System.nanoTime() / 1024, able.size()));
        return seat.http()
                .flatMap(node -> {
                    try {
                        return ask(node, "/v1/accounts/" + resident.account());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return Optional.empty();
                    }
                })
                .filter(seen -> seen.path("observedState").asText().equals("ONLINE"))
                .map(seen -> seen.path("node").asText());
    }

    /// How long after `from` each account was ONLINE, as a node says that was not struck. Those that are not within
    /// the patience are left out.
    Map<String, Duration> online(@Nullable Seat struck, long from, Duration patience) throws InterruptedException {
        Map<String, Duration> found = new ConcurrentHashMap<>();
        List<Thread> asking = new ArrayList<>();
        for (Resident resident : residents) {
            asking.add(Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() - from < patience.toNanos()) {
                        if (look(resident, struck).isPresent()) {
                            found.put(resident.account(), Duration.ofNanos(System.nanoTime() - from));
                            return;
                        }
                        TimeUnit.MILLISECONDS.sleep(pause);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread one : asking) {
            one.join();
        }
        return found;
    }

    /// Whether every node is a member in the eyes of every node.
    boolean whole() throws InterruptedException {
        int nodes = fleet.seats().size();
        for (Seat seat : fleet.seats()) {
            Optional<JsonNode> members = seat.http().isEmpty() || seat.frozen()
                    ? Optional.empty()
                    : ask(seat.http().get(), "/v1/cluster/members");
            if (members.isEmpty() || members.get().path("items").size() != nodes) {
                return false;
            }
            for (JsonNode member : members.get().path("items")) {
                if (!member.path("status").asText().equals("UP")
                        || !member.path("reachable").asBoolean()) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Waits until everybody is a member and every account ONLINE.
    ///
    /// @return false when that does not happen in time
    boolean awaitWhole(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (whole() && homes().size() == residents.size()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
        }
        return false;
    }

    @Override
    public void close() {
        web.close();
    }
}
