package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.webhook.Receiver;
import dev.waggle.platform.webhook.Receiver.Says;
import dev.waggle.storage.control.Shelf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Webhooks and WebSockets over the real API of a real node.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class WebhooksTest {
    private static final String HOOKS = "/v1/webhooks";
    private static final String ACCOUNT = "/v1/accounts/bee";

    private final Desk desk;
    private final Receiver receiver = new Receiver();
    private String contact = "";
    private String own = "";

    WebhooksTest(@TempDir Path data) throws Exception {
        desk = new Desk(
                data,
                AdminSettings.of("127.0.0.1", 0, Desk.KEY),
                Map.of(
                        "waggle.webhook.allow-http", "on",
                        "waggle.webhook.allow-private", "on",
                        "waggle.webhook.retries", "20ms"));
    }

    @BeforeAll
    void pair() throws Exception {
        assertThat(desk.call("PUT", ACCOUNT, "{\"labels\":[\"garden\"]}").statusCode())
                .isEqualTo(201);
        HttpResponse<String> begun = desk.call("POST", ACCOUNT + "/pairings", "{\"method\":\"qr\"}");
        String pairing = begun.headers().firstValue("Location").orElseThrow();
        desk.send(desk.to(pairing).header("Accept", "text/plain").GET());
        desk.simulate(
                "/mock-phone/scan-qr", Desk.json(desk.get(pairing)).at("/qr").asText());
        try (SseReader events = new SseReader(
                desk.stream(desk.to(ACCOUNT + "/events?types=account.state")).body())) {
            events.until(
                    event -> event.data().at("/data/observedState").asText().equals("ONLINE"));
        }
        contact = Desk.json(desk.simulate("/contacts", "{\"name\":\"Carla\"}"))
                .at("/pn")
                .asText();
        own = Desk.json(desk.get(ACCOUNT)).at("/pn").asText();
    }

    @AfterAll
    void close() {
        receiver.close();
        desk.close();
    }

    /// Somebody writes to the account.
    private void happen() throws Exception {
        desk.simulate("/contacts/" + contact + "/messages", "{\"to\":\"" + own + "\",\"text\":\"hello\"}");
    }

    private JsonNode made(String more) throws Exception {
        HttpResponse<String> answer = desk.call("POST", HOOKS, "{\"url\":\"" + receiver.url() + "\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode made = Documented.check("WebhookMade", Desk.json(answer));
        assertThat(answer.headers().firstValue("Location"))
                .contains(HOOKS + "/" + made.at("/id").asText());
        return made;
    }

    private void gone(String path) throws Exception {
        assertThat(desk.send(desk.to(path).DELETE()).statusCode()).isEqualTo(204);
    }

    @Test
    void a_webhook_lives_its_whole_life_over_http() throws Exception {
        JsonNode made = made(",\"accounts\":[\"bee\"],\"headers\":{\"X-Team\":\"red\"},\"ordering\":\"account\"");
        String hook = HOOKS + "/" + made.at("/id").asText();
        JsonNode shown = Documented.check("Webhook", Desk.json(desk.get(hook)));
        assertThat(shown.at("/headers/0").asText()).isEqualTo("X-Team");
        assertThat(desk.get(hook).body()).doesNotContain("red").doesNotContain("whsec_");
        JsonNode trial = Documented.check("WebhookTrial", Desk.json(desk.call("POST", hook + "/test", "")));
        assertThat(trial.at("/taken").asBoolean()).isTrue();
        assertThat(receiver.taken().team()).isEqualTo("red");
        happen();
        Receiver.Got got = receiver.taken();
        Documented.check("Event", got.json());
        assertThat(got.json().at("/id").asText()).isEqualTo(got.id());
        JsonNode cursor = Documented.check("WebhookCursor", Desk.json(desk.get(hook + "/accounts/bee/cursor")));
        assertThat(cursor.at("/state").asText()).isEqualTo("RUNNING");
        assertThat(Desk.json(desk.get(hook + "/accounts?limit=1"))
                        .at("/items/0/account")
                        .asText())
                .isEqualTo("bee");
        rewound(hook);
        rotated(hook, made);
        buried(hook);
        gone(hook);
        assertThat(desk.get(hook).statusCode()).isEqualTo(404);
    }

    private void rewound(String hook) throws Exception {
        JsonNode moved = Documented.check(
                "WebhookCursor",
                Desk.json(desk.call("PUT", hook + "/accounts/bee/cursor", "{\"after\":\"earliest\"}")));
        assertThat(moved.at("/latest").asLong()).isPositive();
        Receiver.Got got = receiver.taken();
        while (got.sequence() != 1) {
            got = receiver.taken();
        }
        assertThat(desk.call("PUT", hook + "/accounts/bee/cursor", "{\"after\":0}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(desk.call("PUT", hook + "/accounts/bee/cursor", "{\"after\":999999}")
                        .statusCode())
                .isEqualTo(400);
    }

    private void rotated(String hook, JsonNode made) throws Exception {
        JsonNode second = Documented.check("WebhookMade", Desk.json(desk.call("POST", hook + "/secrets", "")));
        assertThat(second.at("/secret").asText())
                .isNotEqualTo(made.at("/secret").asText());
        assertThat(second.at("/secrets")).hasSize(2);
        gone(hook + "/secrets/" + made.at("/secrets/0/id").asText());
        assertThat(Desk.json(desk.get(hook)).at("/secrets")).hasSize(1);
    }

    private void buried(String hook) throws Exception {
        receiver.mood(_ -> new Says(500));
        happen();
        JsonNode letters = Desk.json(desk.get(hook + "/dead-letters"));
        while (letters.at("/items").isEmpty()) {
            letters = Desk.json(desk.get(hook + "/dead-letters"));
        }
        JsonNode letter = Documented.check("DeadLetter", letters.at("/items/0"));
        receiver.mood(_ -> Receiver.TAKEN);
        String path = hook + "/dead-letters/" + letter.at("/id").asText();
        JsonNode again = Desk.json(desk.call("POST", path + "/redelivery", ""));
        assertThat(Documented.check("WebhookTrial", again).at("/taken").asBoolean())
                .isTrue();
        assertThat(desk.send(desk.to(path).DELETE()).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_given_is_changed_and_the_rest_stays() throws Exception {
        JsonNode made = made(",\"labels\":[\"garden\"],\"types\":[\"message.received\"],\"enabled\":false");
        String hook = HOOKS + "/" + made.at("/id").asText();
        assertThat(made.at("/accounts")).isEmpty();
        JsonNode changed = Documented.check(
                "Webhook", Desk.json(desk.call("PATCH", hook, "{\"accounts\":[\"*\"],\"maxInFlight\":3}")));
        assertThat(changed.at("/accounts/0").asText()).isEqualTo("*");
        assertThat(changed.at("/labels")).isEmpty();
        assertThat(changed.at("/types/0").asText()).isEqualTo("message.received");
        assertThat(changed.at("/maxInFlight").asInt()).isEqualTo(3);
        assertThat(changed.at("/enabled").asBoolean()).isFalse();
        assertThat(Desk.json(desk.get(HOOKS)).findValuesAsText("id"))
                .contains(made.at("/id").asText());
        gone(hook);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /v1/webhooks                                   | {}                                        | invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://u:p@a.example/"}          | invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","typos":[]}   | unknown-field
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","types":["x"]}| invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","maxInFlight":0} | invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","ordering":"x"} | invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","accounts":[]} | invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","accounts":["*","a"]} | invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","accounts":["/"]} | invalid-value
            POST   | /v1/webhooks                                   | {"url":"https://a.example/","headers":{"Host":"x"}} | invalid-value
            PATCH  | /v1/webhooks/wh_none                           | {"start":"latest"}                        | unknown-field
            PATCH  | /v1/webhooks/wh_none                           | {}                                        | webhook-not-found
            GET    | /v1/webhooks/wh_none                           | ``                                        | webhook-not-found
            DELETE | /v1/webhooks/wh_none                           | ``                                        | webhook-not-found
            GET    | /v1/webhooks?limit=101                         | ``                                        | invalid-value
            POST   | /v1/webhooks/wh_none/test                      | ``                                        | webhook-not-found
            POST   | /v1/webhooks/wh_none/secrets                   | ``                                        | webhook-not-found
            DELETE | /v1/webhooks/wh_none/secrets/x                 | ``                                        | webhook-not-found
            GET    | /v1/webhooks/wh_none/accounts                  | ``                                        | webhook-not-found
            GET    | /v1/webhooks/wh_none/accounts/bee/cursor       | ``                                        | webhook-not-found
            PUT    | /v1/webhooks/wh_none/accounts/bee/cursor       | {"after":"first"}                         | invalid-value
            PUT    | /v1/webhooks/wh_none/accounts/bee/cursor       | {"after":-1}                              | invalid-value
            PUT    | /v1/webhooks/wh_none/accounts/bee/cursor       | {}                                        | invalid-value
            GET    | /v1/webhooks/wh_none/dead-letters              | ``                                        | webhook-not-found
            DELETE | /v1/webhooks/wh_none/dead-letters/bee          | ``                                        | invalid-value
            POST   | /v1/webhooks/wh_none/dead-letters/bee.1/redelivery | ``                                    | webhook-not-found
            """)
    void what_cannot_be_is_named(String method, String path, String body, String code) throws Exception {
        HttpResponse<String> answer = body.isEmpty()
                ? desk.send(desk.to(path).method(method, HttpRequest.BodyPublishers.noBody()))
                : desk.call(method, path, body);
        assertThat(Documented.check("Problem", Desk.json(answer)).at("/code").asText())
                .as(answer.body())
                .isEqualTo(code);
    }

    @Test
    void an_account_that_is_deleted_leaves_no_cursor() throws Exception {
        String hook = HOOKS + "/" + made("").at("/id").asText();
        assertThat(desk.call("PUT", "/v1/accounts/ant", "{}").statusCode()).isEqualTo(201);
        assertThat(desk.get(hook + "/accounts/ant/cursor").statusCode()).isEqualTo(200);
        gone("/v1/accounts/ant");
        assertThat(Desk.json(desk.get(hook + "/accounts/ant/cursor"))
                        .at("/code")
                        .asText())
                .isEqualTo("account-not-selected");
        assertThat(desk.node
                        .control()
                        .documents(Shelf.WEBHOOK_CURSOR, "", 100)
                        .toCompletableFuture()
                        .join())
                .noneMatch(document -> document.id().endsWith("/ant"));
        gone(hook);
    }

    @Test
    void the_name_of_the_installation_is_no_accounts() throws Exception {
        HttpResponse<String> answer = desk.call("PUT", "/v1/accounts/waggle.installation", "{}");
        assertThat(Desk.json(answer).at("/code").asText()).isEqualTo("invalid-value");
    }

    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        private JsonNode next() throws Exception {
            String message = messages.poll(20, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            return Desk.json(message);
        }
    }

    private WebSocket socket(String path, Heard heard) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + Desk.KEY)
                .buildAsync(URI.create(desk.server.address().toString().replace("http:", "ws:") + path), heard)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void a_websocket_tells_what_happens_and_goes_on_where_it_was() throws Exception {
        happen();
        Heard heard = new Heard();
        WebSocket socket = socket(ACCOUNT + "/events?after=0", heard);
        JsonNode first = Documented.check("Event", heard.next());
        assertThat(first.at("/sequence").asLong()).isEqualTo(1);
        socket.sendText("whatever a client says", true).get(20, TimeUnit.SECONDS);
        long second = heard.next().at("/sequence").asLong();
        assertThat(second).isEqualTo(2);
        socket.abort();
        Heard again = new Heard();
        WebSocket next = socket(ACCOUNT + "/events?after=2", again);
        happen();
        assertThat(again.next().at("/sequence").asLong()).isEqualTo(3);
        next.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_websocket_of_no_account_is_a_problem() {
        Throwable failure = catchThrowable(() -> socket("/v1/accounts/nobody/events", new Heard()));
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(404));
    }
}
