package dev.waggle.simulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import dev.waggle.simulator.exchange.ExchangeLimits;
import dev.waggle.simulator.exchange.Hall;
import dev.waggle.simulator.server.HttpQuestion;
import dev.waggle.simulator.server.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever body is posted, the answer is a result or one problem that names the value and the rule; never 500.
class AdminBodiesFuzzTest {
    private static final List<String> ROUTES = List.of(
            "/admin/mock-phone/scan-qr",
            "/admin/mock-phone/enter-code",
            "/admin/contacts",
            "/admin/contacts/1/messages",
            "/admin/contacts/1/receipts",
            "/admin/groups",
            "/admin/groups/1@g.us/participants",
            "/admin/faults");
    private static final List<String> BODIES = List.of(
            "{\"name\":\"Ann\"}",
            "{\"phone\":\"4915100000002\",\"code\":\"ABCD1234\"}",
            "{\"to\":\"4915100000002\",\"text\":\"hello\"}",
            "{\"id\":\"3EB0AA\",\"type\":\"played\"}",
            "{\"subject\":\"bees\",\"participants\":[\"4915100000002\"]}",
            "{\"change\":\"add\",\"participants\":[\"4915100000002\"]}",
            "{\"kind\":\"delay\",\"ms\":50,\"target\":\"4915100000002\",\"count\":1,\"after\":0,\"code\":515}",
            "ref,AAAA,BBBB,CCCC");

    @FuzzTest
    void any_body_is_answered_by_every_route(byte[] body) {
        try (Hall hall = new Hall(ExchangeLimits.DEFAULT)) {
            AdminRoutes routes = new AdminRoutes(hall.exchange, () -> "");
            ROUTES.forEach(route -> check(routes, route, body));
        }
    }

    @Test
    void thousands_of_spoilt_bodies_are_answered_by_every_route() {
        Random dice = new Random(37);
        try (Hall hall = new Hall(ExchangeLimits.DEFAULT)) {
            AdminRoutes routes = new AdminRoutes(hall.exchange, () -> "");
            for (int i = 0; i < 1_000; i++) {
                byte[] body = BODIES.get(i % BODIES.size()).getBytes(StandardCharsets.UTF_8);
                for (int n = dice.nextInt(4); n > 0; n--) {
                    body[dice.nextInt(body.length)] = (byte) dice.nextInt(128);
                }
                byte[] sent = dice.nextInt(4) == 0 ? Arrays.copyOf(body, dice.nextInt(body.length)) : body;
                ROUTES.forEach(route -> check(routes, route, sent));
            }
        }
    }

    private static void check(AdminRoutes routes, String route, byte[] body) {
        HttpQuestion question = new HttpQuestion("POST", route, Map.of(), Bytes.of(body));
        HttpReply reply = routes.answer(question).toCompletableFuture().join();
        assertThat(reply.status()).as(() -> route + " " + reply.body().toUtf8()).isNotEqualTo(500);
        if (reply.status() >= 400) {
            assertThat(reply.body().toUtf8()).contains("(expected: ");
        }
    }
}
