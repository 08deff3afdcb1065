package dev.waggle.platform.chaos.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.chaos.Desk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Pairs accounts with simulated phones, over the API of any node.
public final class Roster {
    private static final Duration ONLINE_MAX = Duration.ofSeconds(90);
    private static final int LOOK_MILLIS = 100;
    private static final int AT_A_TIME = 4;

    private final Fleet fleet;

    public Roster(Fleet fleet) {
        this.fleet = fleet;
    }

    /// Accounts `name-1`, `name-2`… with so many contacts each, a few of them at a time.
    ///
    /// @throws IOException when one of them is not ONLINE in time
    public List<Resident> pair(String name, int accounts, int contacts) throws IOException, InterruptedException {
        List<Future<Resident>> pairing = new ArrayList<>();
        List<Resident> all = new ArrayList<>();
        ExecutorService phones =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory());
        try {
            for (int i = 1; i <= accounts; i++) {
                String account = name + "-" + i;
                pairing.add(phones.submit(() -> pair(account, contacts)));
            }
            for (Future<Resident> one : pairing) {
                all.add(one.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException("pairing failed", e.getCause());
        } finally {
            phones.shutdownNow();
        }
        return all;
    }

    private Resident pair(String account, int contacts) throws IOException, InterruptedException {
        Desk desk = fleet.desk();
        String path = "/v1/accounts/" + account;
        desk.call("PUT", path, "{\"pushName\":\"" + account + "\"}");
        String pairing = desk.call("POST", path + "/pairings", "{\"method\":\"qr\"}")
                .path("id")
                .asText();
        String qr = "";
        for (long end = System.nanoTime() + ONLINE_MAX.toNanos(); qr.isEmpty() && System.nanoTime() < end; ) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            qr = desk.call("GET", path + "/pairings/" + pairing, "").path("qr").asText("");
        }
        fleet.town().scan(qr);
        for (long end = System.nanoTime() + ONLINE_MAX.toNanos(); System.nanoTime() < end; ) {
            JsonNode seen = desk.call("GET", path, "");
            if (seen.path("observedState").asText().equals("ONLINE")) {
                List<String> people = new ArrayList<>();
                for (int i = 1; i <= contacts; i++) {
                    people.add(fleet.town().contact(account + " contact " + i));
                }
                return new Resident(account, seen.path("pn").asText(), people);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IOException(account + " was not paired within " + ONLINE_MAX + ": see " + fleet.directory());
    }

    /// Where it is ONLINE; empty when it is not, or nobody knows in time.
    public Optional<String> home(Resident resident) throws InterruptedException {
        try {
            var reply = fleet.ask(fleet.any(), "/v1/accounts/" + resident.account());
            return reply.status() == 200
                            && reply.body().path("observedState").asText().equals("ONLINE")
                    ? Optional.of(reply.body().path("node").asText())
                    : Optional.empty();
        } catch (IOException away) {
            return Optional.empty();
        }
    }
}
