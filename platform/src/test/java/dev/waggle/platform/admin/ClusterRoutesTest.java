package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The routes of the cluster and of operations, asked of a node that is alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterRoutesTest {
    private final Desk desk;

    ClusterRoutesTest(@TempDir Path data) throws Exception {
        desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
        desk.call("PUT", "/v1/accounts/bee", "{\"pushName\":\"Bee\"}");
    }

    @AfterAll
    void close() {
        desk.close();
    }

    private static String code(HttpResponse<String> response) throws Exception {
        return Desk.json(response).path("code").asText();
    }

    @Test
    void a_node_that_is_alone_is_the_only_member_and_has_no_shards() throws Exception {
        JsonNode members = Documented.check("MemberList", Desk.json(desk.get("/v1/cluster/members")));
        assertThat(members.path("items")).hasSize(1);
        assertThat(members.at("/items/0/node").asText()).isEqualTo("node-1");
        assertThat(members.at("/items/0/status").asText()).isEqualTo("UP");
        assertThat(Documented.check("ShardList", Desk.json(desk.get("/v1/cluster/shards")))
                        .path("items"))
                .isEmpty();
    }

    @Test
    void what_is_no_member_or_no_state_is_named() throws Exception {
        String path = "/v1/cluster/members/node-9/desired-state";
        HttpResponse<String> nobody = desk.call("PUT", path, "{\"state\":\"DRAINING\"}");
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(code(nobody)).isEqualTo("member-not-found");
        assertThat(code(desk.call("PUT", path, "{\"state\":\"UP\"}"))).isEqualTo("invalid-value");
    }

    @Test
    void accounts_speak_as_the_web_client_that_was_set_last() throws Exception {
        String path = "/v1/runtime/wa-web-version";
        assertThat(Documented.check("WebVersion", Desk.json(desk.get(path)))
                        .path("version")
                        .asText())
                .matches("2\\.3000\\.\\d+");
        assertThat(desk.call("PUT", path, "{\"version\":\"2.3000.77\"}").statusCode())
                .isEqualTo(200);
        assertThat(Desk.json(desk.get(path)).path("version").asText()).isEqualTo("2.3000.77");
        assertThat(code(desk.call("PUT", path, "{\"version\":\"two\"}"))).isEqualTo("invalid-value");
    }

    @Test
    void the_connect_budget_is_what_was_set() throws Exception {
        String path = "/v1/cluster/connect-budget";
        assertThat(Documented.check("ConnectBudget", Desk.json(desk.get(path)))
                        .path("perSecond")
                        .asInt())
                .isEqualTo(100);
        assertThat(desk.call("PUT", path, "{\"perSecond\":50,\"burst\":70}").statusCode())
                .isEqualTo(200);
        JsonNode changed = Desk.json(desk.get(path));
        assertThat(changed.path("perSecond").asInt()).isEqualTo(50);
        assertThat(changed.path("burst").asInt()).isEqualTo(70);
        assertThat(code(desk.call("PUT", path, "{\"perSecond\":0,\"burst\":70}")))
                .isEqualTo("invalid-value");
        assertThat(code(desk.call("PUT", path, "{\"perSecond\":1}"))).isEqualTo("invalid-value");
    }

    @Test
    void an_account_that_is_restarted_begins_anew() throws Exception {
        long before = Desk.json(desk.get("/v1/accounts/bee")).path("epoch").asLong();
        HttpResponse<String> begun = desk.call("POST", "/v1/accounts/bee/operations", "{\"type\":\"restart\"}");
        assertThat(begun.statusCode()).isEqualTo(202);
        Documented.check("Operation", Desk.json(begun));
        JsonNode ended = ended(begun.headers().firstValue("Location").orElseThrow());
        assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(Desk.json(desk.get("/v1/accounts/bee")).path("epoch").asLong())
                .isGreaterThan(before);
    }

    private JsonNode ended(String path) throws Exception {
        JsonNode seen;
        do {
            seen = Documented.check("Operation", Desk.json(desk.get(path)));
        } while (seen.path("state").asText().equals("RUNNING"));
        return seen;
    }

    @Test
    void an_operation_that_is_refused_says_why() throws Exception {
        HttpResponse<String> begun = desk.call("POST", "/v1/accounts/bee/operations", "{\"type\":\"logout\"}");
        JsonNode ended = ended(begun.headers().firstValue("Location").orElseThrow());
        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("detail").asText()).contains("not connected");
    }

    @Test
    void what_cannot_be_begun_or_found_is_named() throws Exception {
        assertThat(code(desk.call("POST", "/v1/accounts/nobody/operations", "{\"type\":\"restart\"}")))
                .isEqualTo("account-not-found");
        assertThat(code(desk.call("POST", "/v1/accounts/bee/operations", "{\"type\":\"dance\"}")))
                .isEqualTo("invalid-value");
        assertThat(code(desk.get("/v1/operations/op_1"))).isEqualTo("operation-not-found");
    }
}
