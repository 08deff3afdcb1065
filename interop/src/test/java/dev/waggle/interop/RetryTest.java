package dev.waggle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// One side cannot read what the other side wrote, says so, and gets it again.
@Timeout(90)
@ExtendWith(NodeJsCondition.class)
class RetryTest {
    @TempDir
    Path folder;

    @Test
    void the_account_asks_again_for_what_it_cannot_read() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            // Baileys resends in the shape of a fan-out, which the real server refuses.
            desk.simulator().arm("tolerate-retry-fanout");
            WaggleAccount account = desk.account("reader");
            Baileys bea = desk.baileys("Bea");
            acquaint(account, bea);

            bea.tell("spoil-session", Map.of("device", account.lidDevice()));
            String garbled = bea.send(account.pn(), "garbled, then clear");
            account.event(
                    "message.undecryptable",
                    one -> one.getUndecryptable().getId().equals(garbled));
            bea.event("retry", one -> one.path("id").asText().equals(garbled));
            account.received("garbled, then clear");

            bea.send(account.pn(), "and on");
            account.received("and on");
            assertThat(account.texts()).containsExactly("good day", "garbled, then clear", "and on");
            assertThat(resends(desk, garbled)).isEqualTo(1);
            desk.simulator().assertClean();
        }
    }

    /// Why the tolerance is needed: what the real server does with such a resend.
    @Test
    void a_resend_in_the_shape_of_a_fan_out_is_refused() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount account = desk.account("reader");
            Baileys bea = desk.baileys("Bea");
            acquaint(account, bea);

            bea.tell("spoil-session", Map.of("device", account.lidDevice()));
            String garbled = bea.send(account.pn(), "garbled");
            bea.taken(garbled);
            JsonNode refused = bea.event("ack", one -> one.path("id").asText().equals(garbled));
            assertThat(refused.path("error").asText()).isEqualTo("479");
            assertThat(desk.simulator().violations()).singleElement().asString().startsWith("resend-fanout");
        }
    }

    @Test
    void the_account_answers_when_baileys_cannot_read() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount account = desk.account("writer");
            Baileys bea = desk.baileys("Bea");
            String pn = bea.names().path("pn").asText();
            acquaint(account, bea);

            bea.tell("forget-session", Map.of("device", account.lidDevice()));
            String lost = account.send(pn, "lost, then found");
            bea.event("undecryptable", one -> one.path("id").asText().equals(lost));
            bea.message("lost, then found");
            account.progress("message.delivered", lost);

            account.send(pn, "and on");
            bea.message("and on");
            assertThat(bea.texts()).containsExactly("and to you", "lost, then found", "and on");
            // Asked for without keys first, and then with them.
            assertThat(resends(desk, lost)).isBetween(1, 2);
            desk.simulator().assertClean();
        }
    }

    private static int resends(Desk desk, String message) {
        for (JsonNode one : desk.simulator().report().path("messages")) {
            if (one.path("id").asText().equals(message)) {
                return one.path("resends").asInt();
            }
        }
        throw new AssertionError("the server never saw " + message);
    }

    /// Both have a session that both have confirmed.
    private static void acquaint(WaggleAccount account, Baileys bea) {
        bea.send(account.pn(), "good day");
        account.received("good day");
        String answer = account.send(bea.names().path("pn").asText(), "and to you");
        bea.message("and to you");
        account.progress("message.delivered", answer);
    }
}
