package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An account from its creation to its end, only over HTTP: what the guide promises, in the guide's order.
class WholeLifeTest {
    private static final String ACCOUNT = "/v1/accounts/bee";

    private final Desk desk;

    WholeLifeTest(@TempDir Path data) throws Exception {
        desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @Timeout(120)
    void an_account_lives_its_whole_life_over_http() throws Exception {
        created();
        paired(pairingBegun());
        String contact = contact();
        read(contact, sent(contact));
        resumed();
        answeredByPlugin(contact);
        ended();
    }

    private void created() throws Exception {
        HttpResponse<String> made = desk.call(
                "PUT", ACCOUNT, "{\"pushName\":\"Bee\",\"labels\":[\"test\"],\"metadata\":{\"team\":\"garden\"}}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(ACCOUNT);
        JsonNode account = Documented.check("Account", Desk.json(desk.get(ACCOUNT)));
        assertThat(account.at("/id").asText()).isEqualTo("bee");
        assertThat(account.at("/observedState").asText()).isEqualTo("UNPAIRED");
        assertThat(account.at("/desiredState").asText()).isEqualTo("RUNNING");
        assertThat(account.at("/metadata/team").asText()).isEqualTo("garden");
        assertThat(desk.call("PUT", ACCOUNT, "{}").statusCode()).isEqualTo(200);
        JsonNode list = Desk.json(desk.get("/v1/accounts"));
        assertThat(list.at("/items/0/id").asText()).isEqualTo("bee");
        assertThat(list.at("/next").isNull()).isTrue();
    }

    private String pairingBegun() throws Exception {
        HttpResponse<String> begun = desk.call("POST", ACCOUNT + "/pairings", "{\"method\":\"qr\"}");
        assertThat(begun.statusCode()).isEqualTo(201);
        String pairing = begun.headers().firstValue("Location").orElseThrow();
        assertThat(pairing).startsWith(ACCOUNT + "/pairings/");
        assertThat(Desk.json(desk.call("POST", ACCOUNT + "/pairings", "{\"method\":\"qr\"}"))
                        .at("/code")
                        .asText())
                .isEqualTo("pairing-in-progress");
        return pairing;
    }

    private void paired(String pairing) throws Exception {
        byte[] png =
                desk.bytes(desk.to(pairing).header("Accept", "image/png").GET()).body();
        String qr = Documented.check("Pairing", Desk.json(desk.get(pairing)))
                .at("/qr")
                .asText();
        assertThat(scanned(ImageIO.read(new ByteArrayInputStream(png)))).isEqualTo(qr);
        HttpResponse<String> svg = desk.send(desk.to(pairing).header("Accept", "image/svg+xml"));
        assertThat(svg.body()).startsWith("<svg").contains("<path");
        HttpResponse<String> text = desk.send(desk.to(pairing).header("Accept", "text/plain"));
        assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(text.body()).contains("█").contains("▀");
        List<String> changes = new ArrayList<>();
        try (SseReader events =
                new SseReader(desk.stream(desk.to(pairing + "/events")).body())) {
            changes.add(events.next().type());
            desk.simulate("/mock-phone/scan-qr", qr);
            for (SseReader.Event event = events.next(); !event.equals(SseReader.END); event = events.next()) {
                changes.add(event.type());
            }
        }
        assertThat(changes).startsWith("qr").endsWith("confirming", "paired");
        try (SseReader events = new SseReader(
                desk.stream(desk.to(ACCOUNT + "/events?types=account.state")).body())) {
            assertThat(events.until(event ->
                            event.data().at("/data/observedState").asText().equals("ONLINE")))
                    .isNotEqualTo(SseReader.END);
        }
        JsonNode account = Documented.check("Account", Desk.json(desk.get(ACCOUNT)));
        assertThat(account.at("/observedState").asText()).isEqualTo("ONLINE");
        assertThat(account.at("/pn").asText()).endsWith("@s.whatsapp.net");
        assertThat(account.at("/lid").asText()).endsWith("@lid");
    }

    /// As a picture that is nothing but the code: the search for one in a photograph finds 98 of 100.
    private static String scanned(BufferedImage image) throws Exception {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
    }

    private String contact() throws Exception {
        return Desk.json(desk.simulate("/contacts", "{\"name\":\"Carla\"}"))
                .at("/pn")
                .asText();
    }

    private HttpRequest.Builder post(String key, String chat, String text) {
        return desk.body(
                        "POST",
                        ACCOUNT + "/messages",
                        "{\"chat\":\"" + chat + "\",\"type\":\"text\",\"text\":\"" + text + "\"}")
                .header("Idempotency-Key", key);
    }

    private String sent(String contact) throws Exception {
        HttpResponse<String> accepted = desk.send(post("k1", contact, "hello").header("Prefer", "wait=600"));
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Preference-Applied")).contains("wait=60");
        JsonNode message = Documented.check("Message", Desk.json(accepted));
        assertThat(message.at("/state").asText()).isIn("SENT", "DELIVERED");
        String number = "+" + contact;
        JsonNode again = Desk.json(desk.send(post("k1", number, "hello")));
        assertThat(again.at("/id")).isEqualTo(message.at("/id"));
        HttpResponse<String> other = desk.send(post("k1", contact, "good bye"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(Desk.json(other).at("/code").asText()).isEqualTo("idempotency-mismatch");
        return accepted.headers().firstValue("Location").orElseThrow();
    }

    private void read(String contact, String message) throws Exception {
        JsonNode row = Documented.check("Message", Desk.json(desk.get(message)));
        assertThat(row.at("/chat/pn").asText()).isEqualTo(contact + "@s.whatsapp.net");
        assertThat(row.at("/acceptedAt").asText()).endsWith("Z");
        assertThat(row.at("/problem").isNull()).isTrue();
        String fresh = desk.send(post("k2", contact, "and now"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(desk.get(fresh).statusCode()).isEqualTo(200);
    }

    /// A page in steps of two and a stream that is taken up in the middle show the same events.
    private void resumed() throws Exception {
        List<Long> paged = new ArrayList<>();
        long after = 0;
        JsonNode page = Desk.json(desk.get(ACCOUNT + "/events?limit=2"));
        while (!page.at("/items").isEmpty()) {
            page.at("/items")
                    .forEach(event -> paged.add(checked(event).at("/sequence").asLong()));
            after = page.at("/next").asLong();
            page = Desk.json(desk.get(ACCOUNT + "/events?limit=2&after=" + after));
        }
        assertThat(page.at("/next").asLong()).isEqualTo(after);
        assertThat(paged.getFirst()).isEqualTo(1);
        long middle = paged.get(paged.size() / 2);
        try (SseReader events = new SseReader(
                desk.stream(desk.to(ACCOUNT + "/events?after=0").header("Last-Event-ID", Long.toString(middle)))
                        .body())) {
            for (long sequence : paged.subList(paged.size() / 2 + 1, paged.size())) {
                assertThat(events.next().id()).isEqualTo(Long.toString(sequence));
            }
        }
    }

    private static JsonNode checked(JsonNode event) {
        Documented.check("Event", event);
        String data = switch (event.at("/type").asText()) {
            case "account.state" -> "AccountStateData";
            case "message.received" -> "MessageData";
            case "message.undecryptable" -> "UndecryptableData";
            default -> "ProgressData";
        };
        Documented.check(data, event.at("/data"));
        return event;
    }

    private void answeredByPlugin(String contact) throws Exception {
        assertThat(desk.call("PUT", ACCOUNT + "/plugins/echo", "").statusCode()).isEqualTo(200);
        assertThat(Desk.json(desk.get(ACCOUNT)).at("/plugins/0").asText()).isEqualTo("echo");
        String account = Desk.json(desk.get(ACCOUNT)).at("/pn").asText();
        try (SseReader events =
                new SseReader(desk.stream(desk.to(ACCOUNT + "/events?after=latest&types=message.received,message.sent"))
                        .body())) {
            desk.simulate(
                    "/contacts/" + contact + "/messages", "{\"to\":\"" + account + "\",\"text\":\"who is there\"}");
            SseReader.Event heard = events.until(event -> event.type().equals("message.received"));
            assertThat(checked(heard.data()).at("/data/text").asText()).isEqualTo("who is there");
            assertThat(heard.data().at("/data/sender/pn").asText()).startsWith(contact);
            assertThat(heard.data().at("/sequence").isIntegralNumber()).isTrue();
            SseReader.Event sent = events.until(event -> event.type().equals("message.sent"));
            // Both names of the chat, so that a listener finds the same one in what came and in what went.
            assertThat(sent.data().at("/data/chat")).isEqualTo(heard.data().at("/data/chat"));
        }
        assertThat(desk.call("DELETE", ACCOUNT + "/plugins/echo", "").statusCode())
                .isEqualTo(204);
    }

    private void ended() throws Exception {
        JsonNode out = Desk.json(desk.call("POST", ACCOUNT + "/logout", ""));
        assertThat(out.at("/observedState").asText()).isEqualTo("LOGGED_OUT");
        assertThat(Desk.json(desk.call("PUT", ACCOUNT + "/desired-state", "{\"state\":\"STOPPED\"}"))
                        .at("/desiredState")
                        .asText())
                .isEqualTo("STOPPED");
        assertThat(desk.call("DELETE", ACCOUNT, "").statusCode()).isEqualTo(204);
        assertThat(Desk.json(desk.get(ACCOUNT)).at("/code").asText()).isEqualTo("account-not-found");
        assertThat(Desk.json(desk.get(ACCOUNT + "/events")).at("/code").asText())
                .isEqualTo("account-not-found");
    }
}
