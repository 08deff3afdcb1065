package dev.waggle.platform.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Somebody else's server: takes deliveries, or answers what it is told to.
public final class Receiver implements AutoCloseable {
    /// The headers of Standard Webhooks, `x-team`, and what was sent.
    public record Got(String id, String timestamp, String signature, String team, String body, JsonNode json) {
        public long sequence() {
            return json.path("sequence").asLong();
        }
    }

    /// @param header a name; empty: none
    public record Says(int status, String header, String value) {
        public Says(int status) {
            this(status, "", "");
        }
    }

    /// Decides what becomes of a delivery, and may take its time.
    @FunctionalInterface
    public interface Mood {
        Says of(Got got) throws InterruptedException;
    }

    public static final Says TAKEN = new Says(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Got> tried = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Got> taken = new LinkedBlockingQueue<>();
    private volatile Mood mood = _ -> TAKEN;

    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /// Refuses each nth event, once: whatever the order in which they come, none of them dies of it.
    static Mood refusingOnce(int nth, int status) {
        Set<String> known = new HashSet<>();
        return got -> {
            synchronized (known) {
                return known.add(got.id()) && known.size() % nth == 0 ? new Says(status) : TAKEN;
            }
        };
    }

    public void mood(Mood next) {
        mood = next;
    }

    /// Every attempt so far, in the order of arrival.
    public List<Got> tried() {
        return List.copyOf(tried);
    }

    /// The next delivery that was taken; waits for it.
    public Got taken() throws InterruptedException {
        Got got = taken.poll(20, TimeUnit.SECONDS);
        if (got == null) {
            throw new AssertionError("nothing was delivered; tried " + tried.size());
        }
        return got;
    }

    public boolean idle() {
        return taken.isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Got got = new Got(
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    header(exchange, "x-team"),
                    body,
                    JSON.readTree(body));
            tried.add(got);
            Says says = mood.of(got);
            if (says.status() / 100 == 2) {
                taken.add(got);
            }
            if (!says.header().isEmpty()) {
                exchange.getResponseHeaders().set(says.header(), says.value());
            }
            exchange.sendResponseHeaders(says.status(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
