package dev.waggle.platform.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.chaos.History.Copies;
import dev.waggle.platform.chaos.History.Server;
import dev.waggle.platform.chaos.Web.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The simulated side, through its admin routes only: phones, contacts, and what the server saw.
public final class Town {
    private final URI admin;
    private final Web web;

    public Town(URI admin, Web web) {
        this.admin = admin;
        this.web = web;
    }

    private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        Reply reply = web.call(method, URI.create(admin + path), body, Map.of());
        if (reply.status() >= 300) {
            throw new IOException("simulator: " + path + ": " + reply.status() + " " + reply.body());
        }
        return reply.body();
    }

    public void scan(String qr) throws IOException, InterruptedException {
        call("POST", "/mock-phone/scan-qr", qr);
    }

    /// @return the contact's phone number, digits only
    public String contact(String name) throws IOException, InterruptedException {
        String body = Web.JSON.createObjectNode().put("name", name).toString();
        String pn = call("POST", "/contacts", body).path("pn").asText();
        return pn.contains("@") ? pn.substring(0, pn.indexOf('@')) : pn;
    }

    /// @return the message's id
    public String say(String contact, String account, String text) throws IOException, InterruptedException {
        String body =
                Web.JSON.createObjectNode().put("to", account).put("text", text).toString();
        return call("POST", "/contacts/" + contact + "/messages", body)
                .path("id")
                .asText();
    }

    /// Closes every connection without a word, once.
    public void cut() throws IOException, InterruptedException {
        String fault = call("POST", "/faults", "{\"kind\":\"cut\"}").path("id").asText();
        call("DELETE", "/faults/" + fault, "");
    }

    /// What the contact received, in its order.
    public List<JsonNode> heard(String contact) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        long after = 0;
        while (true) {
            JsonNode page = call("GET", "/contacts/" + contact + "/messages?after=" + after, "")
                    .path("messages");
            if (page.isEmpty()) {
                return all.stream()
                        .filter(one -> !one.path("fromMe").asBoolean())
                        .toList();
            }
            page.forEach(all::add);
            after = all.getLast().path("sequence").asLong();
        }
    }

    public Server server() throws IOException, InterruptedException {
        JsonNode report = call("GET", "/report", "");
        List<Copies> copies = new ArrayList<>();
        for (JsonNode message : report.path("messages")) {
            Map<String, Integer> devices = new HashMap<>();
            message.path("copies")
                    .properties()
                    .forEach(one -> devices.put(one.getKey(), one.getValue().asInt()));
            copies.add(new Copies(
                    message.path("sender").asText(),
                    message.path("id").asText(),
                    message.path("resends").asInt(),
                    devices));
        }
        return new Server(
                texts(report.path("reusedCounters")),
                texts(report.path("supersededStanzas")),
                texts(report.path("violations")),
                copies,
                report.path("overflow").asLong()
                        + report.path("counters").path("countersForgotten").asLong());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.toString()));
        return texts;
    }
}
