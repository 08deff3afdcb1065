package dev.waggle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.noise.RootKey;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A strict simulator, worked through its admin routes like a stranger would.
final class SimulatorDesk implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();

    URI ws() {
        return simulator.ws();
    }

    URI wss() {
        return simulator.wss();
    }

    String rootKey() {
        return simulator.rootKey().toHex();
    }

    RootKey root() {
        return new RootKey(simulator.rootKey());
    }

    String caPem() {
        return simulator.caPem();
    }

    JsonNode scan(String qr) {
        return post("/mock-phone/scan-qr", qr);
    }

    JsonNode enterCode(String phone, String code) {
        return post("/mock-phone/enter-code", Map.of("phone", phone, "code", code));
    }

    /// @return the contact's phone number
    String contact(String name) {
        return post("/contacts", Map.of("name", name)).path("pn").asText();
    }

    /// @return the group's JID
    String group(String subject, List<String> members) {
        return post("/groups", Map.of("subject", subject, "participants", members))
                .path("id")
                .asText();
    }

    void arm(String fault) {
        post("/faults", Map.of("kind", fault));
    }

    void disarm() {
        try {
            http.send(request("/faults").DELETE().build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode report() {
        return ask(request("/report").GET());
    }

    /// What strict inspection found, as `rule device detail`.
    List<String> violations() {
        return StreamSupport.stream(report().path("violations").spliterator(), false)
                .map(one -> one.path("rule").asText() + " " + one.path("device").asText() + " "
                        + one.path("detail").asText())
                .toList();
    }

    /// Strict inspection found nothing, and no counter was used twice.
    void assertClean() {
        List<String> found = violations();
        JsonNode reused = report().path("reusedCounters");
        if (!found.isEmpty() || !reused.isEmpty()) {
            throw new AssertionError("the simulator found " + found + " and reused counters " + reused);
        }
    }

    private JsonNode post(String path, Object body) {
        try {
            String text = body instanceof String plain ? plain : JSON.writeValueAsString(body);
            return ask(request(path).POST(HttpRequest.BodyPublishers.ofString(text)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.admin() + path)).header("Content-Type", "application/json");
    }

    private JsonNode ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError("simulator: " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        simulator.close();
    }
}
