package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.Digest;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.storage.control.ApiKeyRow;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a wrong request is answered with: one row of the table, naming the value and the rule.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsTest {
    private static final String ACCOUNT = "/v1/accounts/bee";
    private static final String LONG = "x".repeat(70_000);

    private final Desk desk;

    ProblemsTest(@TempDir Path data) throws Exception {
        desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
    }

    @BeforeAll
    void create() throws Exception {
        assertThat(desk.call("PUT", ACCOUNT, "{}").statusCode()).isEqualTo(201);
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private static JsonNode problem(HttpResponse<String> response, Problem expected) throws Exception {
        assertThat(response.body()).startsWith("{");
        JsonNode body = Documented.check("Problem", Desk.json(response));
        assertThat(body.at("/code").asText()).as(response.body()).isEqualTo(expected.code());
        assertThat(response.statusCode()).isEqualTo(expected.status());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(body.at("/status").asInt()).isEqualTo(expected.status());
        assertThat(body.at("/type").asText()).isEqualTo("urn:waggle:problem:" + expected.code());
        assertThat(body.at("/requestId").asText())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElse(""));
        assertThat(response.body()).doesNotContain("Exception").doesNotContain("\tat ");
        return body;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /                                          | route-not-found
            GET    | /v1                                        | route-not-found
            GET    | /v1/accounts/                              | invalid-value
            GET    | /v1/accounts/bee/                          | route-not-found
            GET    | /v1/accounts/bee/nothing                   | route-not-found
            GET    | /v1/accounts/%2Fbee                        | invalid-value
            GET    | /v1/accounts/b%20ee                        | invalid-value
            GET    | /v1/accounts/-bee                          | invalid-value
            PATCH  | /v1/accounts/bee                           | method-not-allowed
            POST   | /v1/accounts                               | method-not-allowed
            DELETE | /health/live                               | method-not-allowed
            GET    | /v1/accounts?limit=0                       | invalid-value
            GET    | /v1/accounts?limit=1001                    | invalid-value
            GET    | /v1/accounts?limit=ten                     | invalid-value
            GET    | /v1/accounts?limt=10                       | invalid-value
            GET    | /v1/accounts?limit=1&limit=2               | invalid-value
            GET    | /v1/accounts/bee?x=1                       | invalid-value
            GET    | /v1/accounts/nobody                        | account-not-found
            DELETE | /v1/accounts/nobody                        | account-not-found
            GET    | /v1/accounts/nobody/events                 | account-not-found
            GET    | /v1/accounts/nobody/messages/m             | account-not-found
            GET    | /v1/accounts/nobody/pairings/p             | account-not-found
            POST   | /v1/accounts/nobody/logout                 | account-not-found
            DELETE | /v1/accounts/nobody/pairings/p             | account-not-found
            GET    | /v1/accounts/bee/pairings/p                | pairing-not-found
            DELETE | /v1/accounts/bee/pairings/p                | pairing-not-found
            GET    | /v1/accounts/bee/messages/3EB0             | message-not-found
            GET    | /v1/accounts/bee/messages/a%20b            | invalid-value
            GET    | /v1/accounts/bee/events?after=-1           | invalid-value
            GET    | /v1/accounts/bee/events?after=soon         | invalid-value
            GET    | /v1/accounts/bee/events?after=9223372036854775808 | invalid-value
            GET    | /v1/accounts/bee/events?types=             | invalid-value
            GET    | /v1/accounts/bee/events?types=message.eaten | invalid-value
            GET    | /v1/accounts/bee/events?limit=100000       | invalid-value
            PUT    | /v1/accounts/bee/plugins/nothing           | plugin-not-found
            DELETE | /v1/accounts/bee/plugins/echo              | plugin-not-found
            POST   | /v1/accounts/bee/logout                    | account-not-paired
            POST   | /v1/accounts/bee/messages                  | idempotency-key-missing
            """)
    void a_request_without_a_body_gets_its_row(String method, String path, String code) throws Exception {
        HttpResponse<String> response = desk.send(desk.to(path).method(method, BodyPublishers.noBody()));
        problem(response, Problem.ofCode(code).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            PUT  | ''                   | {                                   | malformed-json
            PUT  | ''                   | []                                  | malformed-json
            PUT  | ''                   | null                                | malformed-json
            PUT  | ''                   | "text"                              | malformed-json
            PUT  | ''                   | {} {}                               | malformed-json
            PUT  | ''                   | {"pushName":"a","pushName":"b"}     | malformed-json
            PUT  | ''                   | {"pushname":"a"}                    | unknown-field
            PUT  | ''                   | {"pushName":7}                      | invalid-value
            PUT  | ''                   | {"pushName":""}                     | invalid-value
            PUT  | ''                   | {"pushName":"\\ud800"}              | invalid-value
            PUT  | ''                   | {"labels":"a"}                      | invalid-value
            PUT  | ''                   | {"labels":[1]}                      | invalid-value
            PUT  | ''                   | {"labels":[null]}                   | invalid-value
            PUT  | ''                   | {"metadata":{"a":1}}                | invalid-value
            PUT  | ''                   | {"metadata":{"":"x"}}               | invalid-value
            PUT  | /desired-state       | {}                                  | invalid-value
            PUT  | /desired-state       | {"state":"running"}                 | invalid-value
            PUT  | /desired-state       | {"state":"RUNNING","now":true}      | unknown-field
            POST | /pairings            | {}                                  | invalid-value
            POST | /pairings            | {"method":"smoke"}                  | invalid-value
            POST | /pairings            | {"method":"code"}                   | invalid-value
            POST | /pairings            | {"method":"code","phone":"four"}    | invalid-value
            POST | /pairings            | {"method":"code","phone":"+1234"}   | invalid-value
            POST | /pairings            | {"method":"qr","phone":"+12345678"} | invalid-value
            POST | /messages            | {}                                  | invalid-value
            POST | /messages            | {"chat":"+4912345","type":"text"}   | invalid-value
            POST | /messages            | {"chat":"+4912345","type":"song","text":"la"} | invalid-value
            POST | /messages            | {"chat":"nobody","type":"text","text":"x"}    | invalid-value
            POST | /messages            | {"chat":"@g.us","type":"text","text":"x"}     | invalid-value
            POST | /messages            | {"chat":"status@broadcast","type":"text","text":"x"} | invalid-value
            POST | /messages            | {"chat":"+4912345","type":"text","text":"x","to":"y"} | unknown-field
            POST | /messages            | {"chat":"+4912345","type":"text","text":"x"}  | account-not-paired
            POST | /logout              | {"hard":true}                       | unknown-field
            PUT  | /plugins/echo        | {"config":[]}                       | invalid-value
            PUT  | /plugins/echo        | {"config":{"a":{}}}                 | invalid-value
            """)
    void a_body_that_breaks_a_rule_gets_its_row(String method, String path, String body, String code) throws Exception {
        HttpResponse<String> response =
                desk.send(desk.body(method, ACCOUNT + path, body).header("Idempotency-Key", "key"));
        problem(response, Problem.ofCode(code).orElseThrow());
    }

    @Test
    void a_problem_names_the_value_and_the_rule() throws Exception {
        JsonNode field = problem(desk.call("PUT", ACCOUNT, "{\"pushname\":\"Bee\"}"), Problem.UNKNOWN_FIELD);
        assertThat(field.at("/field").asText()).isEqualTo("pushname");
        assertThat(field.at("/detail").asText())
                .isEqualTo("field: pushname (expected: one of [labels, metadata, proxy, pushName])");
        JsonNode limit = problem(desk.get("/v1/accounts?limit=ten"), Problem.INVALID_VALUE);
        assertThat(limit.at("/detail").asText()).isEqualTo("limit: ten (expected: a number 1..1000)");
        assertThat(limit.at("/instance").asText()).isEqualTo("/v1/accounts");
        assertThat(limit.at("/retryable").asBoolean()).isFalse();
        String text = "{\"chat\":\"+4912345\",\"type\":\"text\",\"text\":\"" + LONG + "\"}";
        JsonNode length = problem(
                desk.send(desk.body("POST", ACCOUNT + "/messages", text).header("Idempotency-Key", "long")),
                Problem.INVALID_VALUE);
        assertThat(length.at("/detail").asText())
                .isEqualTo("text: 70000 characters (expected: a string of 1..65536 characters)");
    }

    @Test
    void a_wrong_method_is_told_which_ones_there_are() throws Exception {
        HttpResponse<String> response = desk.send(desk.to(ACCOUNT).method("PATCH", BodyPublishers.noBody()));
        assertThat(response.headers().firstValue("Allow")).contains("DELETE, GET, PUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "application/json;q=0"})
    void a_form_that_is_not_there_is_not_acceptable(String accept) throws Exception {
        problem(desk.send(desk.to(ACCOUNT).header("Accept", accept).GET()), Problem.NOT_ACCEPTABLE);
    }

    @Test
    void a_body_of_another_type_is_not_read() throws Exception {
        HttpRequest.Builder form = desk.to(ACCOUNT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofString("{}"));
        problem(desk.send(form), Problem.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void a_body_above_one_mebibyte_is_refused_whether_its_length_is_told_or_not() throws Exception {
        // By hand: a client may be so busy with its body that it does not hear the answer.
        tooLarge("Content-Length: 1048577\r\n\r\n");
        tooLarge("Transfer-Encoding: chunked\r\n\r\n" + ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(17));
    }

    private void tooLarge(String rest) throws Exception {
        String answer = RawHttp.ask(
                desk.server.address(),
                "PUT " + ACCOUNT + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Desk.KEY
                        + "\r\nContent-Type: application/json\r\n" + rest);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        JsonNode body = Documented.check("Problem", Desk.json(answer.substring(answer.indexOf("\r\n\r\n") + 4)));
        assertThat(body.at("/code").asText()).isEqualTo(Problem.BODY_TOO_LARGE.code());
    }

    @Test
    void bytes_that_are_no_text_are_no_json() throws Exception {
        byte[] bytes = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
        HttpRequest.Builder request =
                desk.to(ACCOUNT).header("Content-Type", "application/json").PUT(BodyPublishers.ofByteArray(bytes));
        problem(desk.send(request), Problem.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Basic dGhlOmtleQ==", "the-operators-own-key"})
    void without_a_key_that_holds_nothing_is_told(String authorization) throws Exception {
        for (String path : new String[] {"/v1/accounts", "/metrics", "/nowhere", ACCOUNT + "/events"}) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(desk.server.address().resolve(path)).GET();
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            HttpResponse<String> response = desk.send(request);
            assertThat(problem(response, Problem.UNAUTHORIZED).toString()).doesNotContain("wrong");
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    private void key(String id, String secret, Set<String> scopes, Instant until, boolean disabled) throws Exception {
        Bytes hash = Bytes.wrap(Digest.sha256(Bytes.utf8(secret).toArray()));
        desk.node
                .control()
                .putApiKey(new ApiKeyRow(id, hash, scopes, "", Instant.EPOCH, until, disabled))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> with(String secret) throws Exception {
        return desk.send(HttpRequest.newBuilder(desk.server.address().resolve("/v1/accounts"))
                .header("Authorization", "bearer " + secret));
    }

    @Test
    void a_key_must_reach_so_far_be_in_time_and_not_be_disabled() throws Exception {
        Instant far = Instant.parse("2999-01-01T00:00:00Z");
        key("reader", "reader-key", Set.of("read"), far, false);
        key("old", "old-key", Set.of("admin"), Instant.EPOCH, false);
        key("off", "off-key", Set.of("admin"), far, true);
        key("good", "good-key", Set.of("admin"), far, false);
        problem(with("reader-key"), Problem.FORBIDDEN);
        problem(with("old-key"), Problem.UNAUTHORIZED);
        problem(with("off-key"), Problem.UNAUTHORIZED);
        assertThat(with("good-key").statusCode()).isEqualTo(200);
    }

    @Test
    void health_is_open_to_all_and_says_why_not() throws Exception {
        HttpRequest.Builder live = HttpRequest.newBuilder(desk.server.address().resolve("/health/live"));
        assertThat(Documented.check("Live", Desk.json(desk.send(live)))
                        .at("/status")
                        .asText())
                .isEqualTo("live");
        HttpRequest.Builder ready = HttpRequest.newBuilder(desk.server.address().resolve("/health/ready"));
        assertThat(desk.send(ready).statusCode()).isEqualTo(200);
        desk.unready.add("draining");
        try {
            HttpResponse<String> not = desk.send(ready);
            assertThat(not.statusCode()).isEqualTo(503);
            assertThat(Documented.check("Ready", Desk.json(not))
                            .at("/reasons/0")
                            .asText())
                    .isEqualTo("draining");
        } finally {
            desk.unready.clear();
        }
    }

    @Test
    void metrics_count_accounts_and_requests() throws Exception {
        desk.get(ACCOUNT);
        String text = desk.get("/metrics").body();
        assertThat(text)
                .contains("waggle_accounts{observed=\"UNPAIRED\"} 1")
                .contains("waggle_accounts{observed=\"ONLINE\"} 0")
                .contains("route=\"/v1/accounts/{account}\"")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void a_request_id_of_the_client_is_kept() throws Exception {
        HttpResponse<String> response = desk.send(desk.to("/nowhere").header("X-Request-Id", "mine-7"));
        assertThat(problem(response, Problem.ROUTE_NOT_FOUND).at("/requestId").asText())
                .isEqualTo("mine-7");
    }
}
