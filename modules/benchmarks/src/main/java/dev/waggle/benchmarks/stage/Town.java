package dev.waggle.benchmarks.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.benchmarks.stage.Web.Reply;
import dev.waggle.simulator.SimulatorMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The simulator in a process of its own, through its admin routes.
public final class Town implements AutoCloseable {
    private final Child process;
    private final Web web;
    private final Path authority;

    private Town(Child process, Web web, Path authority) {
        this.process = process;
        this.web = web;
        this.authority = authority;
    }

    /// @param directory for its log and its certificate
    /// @param strict whether it inspects what it is sent; that costs it more than the rest
    public static Town start(Path directory, Web web, boolean strict) throws IOException, InterruptedException {
        Child process = Child.start(
                List.of("-Xmx1600m"),
                SimulatorMain.class.getName(),
                strict ? List.of() : List.of("--lenient"),
                Map.of(),
                directory.resolve("simulator.log").toFile());
        Town town = new Town(process, web, directory.resolve("ca.pem"));
        try {
            Files.write(town.authority, web.bytes(URI.create(town.admin() + "/ca.pem")));
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return town;
    }

    /// What a node has to know of it.
    ///
    /// @param tls whether the node speaks TLS to it, as it does to WhatsApp
    public Map<String, String> settings(boolean tls) {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "waggle.whatsapp.url", process.ready().path(tls ? "wss" : "ws").asText());
        settings.put("waggle.whatsapp.root-key", process.ready().path("rootKey").asText());
        if (tls) {
            settings.put("waggle.whatsapp.trust-file", authority.toString());
        }
        return settings;
    }

    public long pid() {
        return process.pid();
    }

    private String admin() {
        return process.ready().path("admin").asText();
    }

    private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        Reply reply = web.call(method, URI.create(admin() + path), body, Map.of());
        if (reply.status() >= 300) {
            throw new IOException("simulator: " + path + ": " + reply.status() + " " + reply.body());
        }
        return reply.body();
    }

    /// @return the phone number of the user whose phone it was, digits only
    public String scan(String qr) throws IOException, InterruptedException {
        return call("POST", "/mock-phone/scan-qr", qr).path("pn").asText();
    }

    /// @return the contact's phone number, digits only
    public String contact(String name) throws IOException, InterruptedException {
        String body = Web.JSON.createObjectNode().put("name", name).toString();
        return call("POST", "/contacts", body).path("pn").asText();
    }

    /// @param to a phone number or a group's address
    /// @return the message's id
    public String say(String contact, String to, String text) throws IOException, InterruptedException {
        String body =
                Web.JSON.createObjectNode().put("to", to).put("text", text).toString();
        return call("POST", "/contacts/" + contact + "/messages", body)
                .path("id")
                .asText();
    }

    /// @param members phone numbers, the first makes it
    /// @return its address
    public String group(String subject, List<String> members) throws IOException, InterruptedException {
        ObjectNode body = Web.JSON.createObjectNode().put("subject", subject);
        members.forEach(body.putArray("participants")::add);
        return call("POST", "/groups", body.toString()).path("id").asText();
    }

    /// A device and when it last logged in and was last gone, in epoch milliseconds.
    ///
    /// @param user its phone number, digits only
    public record Presence(String user, boolean present, long logins, long came, long left) {}

    /// Of every device that ever logged in.
    public List<Presence> attendance() throws IOException, InterruptedException {
        List<Presence> all = new ArrayList<>();
        call("GET", "/attendance", "").path("devices").forEach(one -> {
            String device = one.path("device").asText();
            all.add(new Presence(
                    device.substring(0, device.indexOf(':')),
                    one.path("present").asBoolean(),
                    one.path("logins").asLong(),
                    one.path("came").asLong(),
                    one.path("left").asLong()));
        });
        return all;
    }

    /// What is wrong with what it was sent; empty when it does not inspect.
    public List<String> violations() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        call("GET", "/report", "").path("violations").forEach(one -> found.add(one.toString()));
        return found;
    }

    @Override
    public void close() {
        process.close();
    }
}
