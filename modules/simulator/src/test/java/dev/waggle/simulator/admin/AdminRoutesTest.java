package dev.waggle.simulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdminRoutesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        simulator.close();
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.admin() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String method, String path, String body) throws IOException, InterruptedException {
        return MAPPER.readTree(call(method, path, body).body());
    }

    @Test
    void contacts_write_to_each_other_and_both_logs_say_so() throws Exception {
        JsonNode ann = json("POST", "/contacts", "{\"name\":\"Ann\"}");
        JsonNode bob = json("POST", "/contacts", "{\"name\":\"Bob\"}");
        assertThat(ann.get("pn").asText()).startsWith("888").hasSize(13);
        String say = "{\"to\":\"+" + bob.get("pn").asText() + "\",\"text\":\"hello\"}";
        HttpResponse<String> said = call("POST", "/contacts/" + ann.get("pn").asText() + "/messages", say);
        assertThat(said.statusCode()).isEqualTo(202);
        String id = MAPPER.readTree(said.body()).get("id").asText();
        JsonNode heard = json("GET", "/contacts/" + bob.get("pn").asText() + "/messages?after=0", "")
                .get("messages");
        assertThat(heard.get(0).get("text").asText()).isEqualTo("hello");
        assertThat(heard.get(0).get("id").asText()).isEqualTo(id);
        long last = heard.get(heard.size() - 1).get("sequence").asLong();
        assertThat(json("GET", "/contacts/" + bob.get("lidJid").asText() + "/messages?after=" + last, "")
                        .get("messages"))
                .isEmpty();
        assertThat(json("GET", "/report", "").get("messagesAccepted").asLong()).isEqualTo(1);
        assertThat(json("GET", "/report", "").get("violations")).isEmpty();
    }

    @Test
    void the_same_name_is_the_same_contact() throws Exception {
        assertThat(json("POST", "/contacts", "{\"name\":\"Ann\"}").get("pn"))
                .isEqualTo(json("POST", "/contacts", "{\"name\":\"Ann\"}").get("pn"));
    }

    @Test
    void contacts_talk_in_a_group_that_the_operator_made() throws Exception {
        String ann = json("POST", "/contacts", "{\"name\":\"Ann\"}").get("pn").asText();
        String bob = json("POST", "/contacts", "{\"name\":\"Bob\"}").get("pn").asText();
        String eve = json("POST", "/contacts", "{\"name\":\"Eve\"}").get("pn").asText();
        JsonNode group =
                json("POST", "/groups", "{\"subject\":\"Bees\",\"participants\":[\"" + ann + "\",\"" + bob + "\"]}");
        String id = group.get("id").asText();
        assertThat(group.get("participants")).hasSize(2);
        call("POST", "/contacts/" + ann + "/messages", "{\"to\":\"" + id + "\",\"text\":\"buzz\"}");
        assertThat(json("GET", "/contacts/" + bob + "/messages", "")
                        .get("messages")
                        .get(0)
                        .get("chat")
                        .asText())
                .isEqualTo(id);
        JsonNode grown = json(
                "POST", "/groups/" + id + "/participants", "{\"change\":\"add\",\"participants\":[\"" + eve + "\"]}");
        assertThat(grown.get("participants")).hasSize(3);
    }

    @Test
    void a_contact_says_that_it_read_what_it_was_sent_and_nothing_else() throws Exception {
        String ann = json("POST", "/contacts", "{\"name\":\"Ann\"}").get("pn").asText();
        String bob = json("POST", "/contacts", "{\"name\":\"Bob\"}").get("pn").asText();
        String id = json("POST", "/contacts/" + ann + "/messages", "{\"to\":\"" + bob + "\",\"text\":\"hello\"}")
                .get("id")
                .asText();
        String receipts = "/contacts/" + bob + "/receipts";
        refused("POST", receipts, "{\"id\":\"" + id + "\",\"type\":\"eaten\"}", 400, "invalid-field");
        refused("POST", receipts, "{\"id\":\"" + id + "\",\"type\":\"played\"}", 409, "contact-refused");
        refused("POST", receipts, "{\"id\":\"NONE\",\"type\":\"read\"}", 409, "contact-refused");

        HttpResponse<String> read = call("POST", receipts, "{\"id\":\"" + id + "\",\"type\":\"read\"}");

        assertThat(read.statusCode()).isEqualTo(204);
        assertThat(json("GET", "/contacts/" + ann + "/messages", "")
                        .at("/messages/0/status")
                        .asText())
                .isEqualTo("read");
    }

    @Test
    void faults_are_listed_and_disarmed() throws Exception {
        int id = json("POST", "/faults", "{\"kind\":\"delay\",\"ms\":50,\"target\":\"888123\"}")
                .get("id")
                .asInt();
        JsonNode armed = json("GET", "/faults", "").get("faults").get(0);
        assertThat(armed.get("kind").asText()).isEqualTo("delay");
        assertThat(armed.get("target").asText()).isEqualTo("888123@s.whatsapp.net");
        assertThat(call("DELETE", "/faults/" + id, "").statusCode()).isEqualTo(204);
        assertThat(call("DELETE", "/faults/" + id, "").statusCode()).isEqualTo(404);
        call("POST", "/faults", "{\"kind\":\"blackhole\"}");
        call("DELETE", "/faults", "");
        assertThat(json("GET", "/faults", "").get("faults")).isEmpty();
    }

    private void refused(String method, String path, String body, int status, String code) throws Exception {
        HttpResponse<String> response = call(method, path, body);
        assertThat(response.statusCode()).as(method + " " + path + " " + body).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(MAPPER.readTree(response.body()).get("code").asText()).isEqualTo(code);
        assertThat(MAPPER.readTree(response.body()).get("detail").asText()).contains("(expected: ");
    }

    @Test
    void wrong_requests_are_answered_by_problems() throws Exception {
        refused("GET", "/nothing", "", 404, "not-found");
        refused("PUT", "/contacts", "{}", 404, "not-found");
        refused("POST", "/contacts", "{", 400, "invalid-field");
        refused("POST", "/contacts", "[]", 400, "invalid-field");
        refused("POST", "/contacts", "{}", 400, "invalid-field");
        refused("POST", "/contacts", "{\"name\":7}", 400, "invalid-field");
        refused("GET", "/contacts/123/messages", "", 404, "unknown-user");
        refused("POST", "/faults", "{\"kind\":\"bogus\"}", 400, "invalid-field");
        refused("POST", "/faults", "{\"kind\":\"delay\",\"ms\":-1}", 400, "invalid-field");
        refused("POST", "/mock-phone/scan-qr", "a,b,c", 409, "phone-refused");
        refused("POST", "/mock-phone/enter-code", "{\"phone\":\"1\",\"code\":\"ABCD1234\"}", 409, "phone-refused");
        refused("POST", "/groups", "{\"subject\":\"x\",\"participants\":[]}", 400, "invalid-field");
        refused("DELETE", "/users/123/devices/1", "", 404, "unknown-user");
    }

    @Test
    void the_authority_is_published() throws Exception {
        assertThat(call("GET", "/ca.pem", "").body())
                .isEqualTo(simulator.caPem())
                .startsWith("-----BEGIN CERTIFICATE-----");
    }
}
