package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.Predicate;

/// A desk with one account, `bee`, that is linked and online, and Carla, who talks with it.
final class PairedDesk implements AutoCloseable {
    static final String ACCOUNT = "/v1/accounts/bee";

    final Desk desk;
    final String account;
    final String contact;
    private int keys;
    private long read;

    PairedDesk(Path data) throws Exception {
        desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
        account = pair();
        event("account.state", event -> event.at("/data/observedState").asText().equals("ONLINE"));
        contact = Desk.json(desk.simulate("/contacts", "{\"name\":\"Carla\"}"))
                .at("/pn")
                .asText();
    }

    private String pair() throws Exception {
        desk.call("PUT", ACCOUNT, "{\"pushName\":\"Bee\"}");
        String pairing = desk.call("POST", ACCOUNT + "/pairings", "{\"method\":\"qr\"}")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        try (SseReader events =
                new SseReader(desk.stream(desk.to(pairing + "/events")).body())) {
            events.until(event -> event.type().equals("qr"));
            String qr = Desk.json(desk.get(pairing)).at("/qr").asText();
            return Desk.json(desk.simulate("/mock-phone/scan-qr", qr)).at("/pn").asText();
        }
    }

    /// The first event of that type after the last one that was waited for.
    JsonNode event(String type, Predicate<JsonNode> fits) throws Exception {
        String path = ACCOUNT + "/events?types=" + type + "&after=" + read;
        try (SseReader events = new SseReader(desk.stream(desk.to(path)).body())) {
            SseReader.Event found = events.until(event -> fits.test(event.data()));
            assertThat(found).isNotEqualTo(SseReader.END);
            read = found.data().at("/sequence").asLong();
            return found.data();
        }
    }

    JsonNode upload(byte[] file, String mimetype) throws Exception {
        HttpResponse<String> stored = desk.send(desk.to(ACCOUNT + "/media")
                .header("Content-Type", mimetype)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
        return Documented.check("Media", Desk.json(stored));
    }

    /// @param body further fields of the request, as JSON
    HttpResponse<String> post(String type, String body) throws Exception {
        return desk.send(desk.body(
                        "POST",
                        ACCOUNT + "/messages",
                        "{\"chat\":\"" + contact + "\",\"type\":\"" + type + "\"," + body + "}")
                .header("Idempotency-Key", "k" + ++keys)
                .header("Prefer", "wait=20"));
    }

    /// The message, once the server has it.
    JsonNode sent(String type, String body) throws Exception {
        HttpResponse<String> response = post(type, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        JsonNode message = Desk.json(response);
        assertThat(message.at("/state").asText()).as(response.body()).isIn("SENT", "DELIVERED");
        return message;
    }

    JsonNode message(String id) throws Exception {
        return Documented.check("Message", Desk.json(desk.get(ACCOUNT + "/messages/" + id)));
    }

    /// The message that the contact heard last.
    JsonNode heard() throws Exception {
        JsonNode messages = Desk.json(desk.heard(contact)).at("/messages");
        return messages.get(messages.size() - 1);
    }

    void assertClean() {
        assertThat(desk.simulator
                        .exchange()
                        .ask(() -> desk.simulator.exchange().report().snapshot())
                        .join()
                        .violations())
                .isEmpty();
    }

    @Override
    public void close() {
        desk.close();
    }
}
