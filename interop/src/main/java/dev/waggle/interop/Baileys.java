package dev.waggle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One Baileys client in a process of its own (`client.mjs`), told and heard by JSON lines.
final class Baileys implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REPLY_SECONDS = 30;
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final String name;
    private final Path folder;
    private final Process process;
    private final Writer in;
    private final Heard<JsonNode> heard;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();

    /// Starts the process; nothing is connected yet.
    ///
    /// @param name the push name, from which the simulator draws the phone number
    /// @param folder where its state is kept
    /// @param trusted PEM file of the authority of the media hosts; they are not reached when null
    Baileys(String name, Path folder, @Nullable Path trusted) throws IOException {
        this.name = name;
        this.folder = folder;
        this.heard = new Heard<>("Baileys " + name);
        Path output = Path.of(System.getProperty("waggle.interop.output", "target"));
        process = NodeJs.start(
                "client.mjs",
                output.resolve("baileys-" + STARTED.incrementAndGet() + "-" + name + ".log")
                        .toAbsolutePath(),
                trusted);
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread.ofVirtual().name("baileys-" + name).start(this::listen);
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sort(JSON.readTree(line));
            }
            end("because its process ended");
        } catch (IOException e) {
            end("because its lines could not be read: " + e.getMessage());
        }
    }

    private void sort(JsonNode line) {
        if (line.has("event")) {
            heard.add(line);
            return;
        }
        CompletableFuture<JsonNode> reply = asked.remove(line.path("reply").asInt());
        if (reply != null && line.has("ok")) {
            reply.complete(line.path("ok"));
        } else if (reply != null) {
            reply.completeExceptionally(new AssertionError(name + ": "
                    + line.path("error").asText() + "\n" + line.path("trace").asText()));
        }
    }

    private void end(String why) {
        heard.end(why);
        asked.values().forEach(reply -> reply.completeExceptionally(new AssertionError(name + ": no reply, " + why)));
    }

    /// Tells it to do something and waits until it says that it did.
    JsonNode tell(String what, Map<String, ?> arguments) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        asked.put(id, reply);
        Map<String, Object> line = new TreeMap<>(arguments);
        line.put("id", id);
        line.put("do", what);
        try {
            synchronized (in) {
                in.write(JSON.writeValueAsString(line) + "\n");
                in.flush();
            }
            return reply.get(REPLY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("\"" + what + "\" went wrong", e.getCause());
        } catch (IOException | TimeoutException e) {
            throw new AssertionError(name + " was told \"" + what + "\" and did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Connects with the state of its folder: pairs when there is none, logs in when there is one.
    void connect(SimulatorDesk simulator) {
        connect(Map.of("url", simulator.ws().toString(), "rootKey", simulator.rootKey()));
    }

    void connect(Map<String, String> where) {
        Map<String, String> settings = new TreeMap<>(where);
        settings.put("state", folder.resolve(name + ".json").toString());
        settings.put("name", name);
        settings.put("log", System.getProperty("waggle.interop.log", "error"));
        tell("connect", settings);
    }

    /// Connects, shows a QR code, has it scanned, and is open when this returns.
    Baileys paired(SimulatorDesk simulator) {
        connect(simulator);
        simulator.scan(event("qr").path("qr").asText());
        event("open");
        return this;
    }

    JsonNode event(String kind) {
        return event(kind, one -> true);
    }

    /// The next event of that kind that fits.
    JsonNode event(String kind, Predicate<JsonNode> fits) {
        return heard.take(kind, one -> one.path("event").asText().equals(kind) && fits.test(one));
    }

    /// The next message with this text.
    JsonNode message(String text) {
        return event("message", one -> one.path("text").asText().equals(text));
    }

    /// Waits until the server has taken the message.
    void taken(String message) {
        JsonNode ack = event("ack", one -> one.path("id").asText().equals(message));
        if (ack.hasNonNull("error")) {
            throw new AssertionError(name + ": refused " + ack);
        }
    }

    /// Waits until that device says that it has the message.
    void delivered(String message, String device) {
        event(
                "status",
                one -> one.path("id").asText().equals(message)
                        && one.path("status").asText().equals("DELIVERY_ACK")
                        && one.path("chat").asText().equals(device));
    }

    /// The texts of every message so far, in order, copies included.
    List<String> texts() {
        return heard.all().stream()
                .filter(one -> one.path("event").asText().equals("message"))
                .map(one -> one.path("text").asText())
                .toList();
    }

    /// @return the message's id
    String send(String to, String text) {
        return tell("send", Map.of("to", to, "text", text)).path("id").asText();
    }

    List<String> sendAll(String to, List<String> texts) {
        return texts(tell("send-all", Map.of("to", to, "texts", texts)).path("ids"));
    }

    static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /// The next message with a file of this type.
    JsonNode file(String type) {
        return event("file", one -> one.path("type").asText().equals(type));
    }

    /// `pn` and `lid` of its user, `jid` of its device.
    JsonNode names() {
        return tell("names", Map.of());
    }

    /// Goes away; the state stays in its folder.
    void leave() {
        tell("leave", Map.of());
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
