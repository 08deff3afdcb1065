package dev.waggle.benchmarks.stage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Makes accounts on a node and links each to a phone of the simulator, some at a time.
public final class Settling {
    public static final Duration ONLINE_MAX = Duration.ofMinutes(15);
    private static final int AT_ONCE = 32;
    private static final int LOOK_MILLIS = 25;
    private static final int AWAIT_MILLIS = 500;
    private static final int LOOKS_MAX = 4_000;
    private static final int TOLD_EVERY = 500;

    private final LoadedNode node;
    private final Town town;
    private final Consumer<String> out;

    /// @param out told what happens, a line at a time
    public Settling(LoadedNode node, Town town, Consumer<String> out) {
        this.node = node;
        this.town = town;
        this.out = out;
    }

    /// The name of the account with that number.
    public static String name(int number) {
        return "load-%05d".formatted(number);
    }

    /// Links accounts `from` to `to`, without the latter.
    ///
    /// @return their phone numbers in that order
    public List<String> pair(int from, int to) throws IOException, InterruptedException {
        AtomicInteger done = new AtomicInteger();
        return each(IntStream.range(from, to).boxed().toList(), AT_ONCE, number -> {
            String pn = pair(name(number));
            int so = done.incrementAndGet();
            if (so % TOLD_EVERY == 0) {
                out.accept(so + " accounts are linked");
            }
            return pn;
        });
    }

    /// What is done for one of many.
    public interface Step<T, R> {
        R of(T one) throws IOException, InterruptedException;
    }

    /// Does it for each, so many at a time.
    ///
    /// @return the results in the order of what they came from
    public static <T, R> List<R> each(List<T> all, int atOnce, Step<T, R> step)
            throws IOException, InterruptedException {
        Semaphore places = new Semaphore(atOnce);
        List<Future<R>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T one : all) {
                places.acquire();
                Callable<R> task = () -> {
                    try {
                        return step.of(one);
                    } finally {
                        places.release();
                    }
                };
                results.add(threads.submit(task));
            }
        }
        List<R> in = new ArrayList<>();
        for (Future<R> result : results) {
            try {
                in.add(result.get());
            } catch (ExecutionException e) {
                throw new IOException(String.valueOf(e.getCause()), e);
            }
        }
        return in;
    }

    private String pair(String account) throws IOException, InterruptedException {
        String path = "/v1/accounts/" + account;
        var _ = node.insist(
                "PUT",
                path,
                Web.JSON.createObjectNode().put("pushName", account).toString());
        String pairing = path + "/pairings/"
                + node.insist("POST", path + "/pairings", "{\"method\":\"qr\"}")
                        .path("id")
                        .asText();
        for (int look = 0; look < LOOKS_MAX; look++) {
            String qr = node.insist("GET", pairing, "").path("qr").asText("");
            if (!qr.isEmpty()) {
                return linked(account, pairing, town.scan(qr));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IOException(account + " got no QR code");
    }

    private String linked(String account, String pairing, String pn) throws IOException, InterruptedException {
        for (int look = 0; look < LOOKS_MAX; look++) {
            String state = node.insist("GET", pairing, "").path("state").asText();
            switch (state) {
                case "PAIRED" -> {
                    return pn;
                }
                case "EXPIRED", "FAILED" -> throw new IOException(account + ": its pairing is " + state);
                default -> TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
        throw new IOException(account + " was not linked");
    }

    /// What rises while one waits.
    public interface Count {
        int now() throws IOException, InterruptedException;
    }

    /// Waits until there are so many.
    ///
    /// @throws IOException when that does not come in time
    public static void await(Count count, int wanted, Duration patience, String what)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        int now = count.now();
        while (now < wanted) {
            if (System.nanoTime() > end) {
                throw new IOException(now + " of " + wanted + ' ' + what + " after " + patience);
            }
            TimeUnit.MILLISECONDS.sleep(AWAIT_MILLIS);
            now = count.now();
        }
    }
}
