package dev.waggle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.proto.journal.PublicEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// One Baileys client and one Waggle account.
@Timeout(90)
@ExtendWith(NodeJsCondition.class)
class ConversationTest {
    private static final int TEXTS = 100;

    @TempDir
    Path folder;

    @Test
    void a_hundred_texts_come_back_from_the_echo_bot_in_order_and_once() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount echo = desk.account("echo");
            echo.bind("echo");
            Baileys bea = desk.baileys("Bea");
            List<String> texts =
                    IntStream.rangeClosed(1, TEXTS).mapToObj(i -> "text " + i).toList();

            bea.sendAll(echo.pn(), texts);
            bea.message("text " + TEXTS);
            // What comes after the last echo would be a copy too many.
            bea.send(echo.pn(), "over");
            bea.message("over");

            List<String> all = IntStream.rangeClosed(1, TEXTS + 1)
                    .mapToObj(i -> i > TEXTS ? "over" : "text " + i)
                    .toList();
            assertThat(bea.texts()).isEqualTo(all);
            assertThat(echo.texts()).isEqualTo(all);
            desk.simulator().assertClean();
        }
    }

    @Test
    void what_is_sent_while_the_account_is_stopped_arrives_after_its_start() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount account = desk.account("sleeper");
            Baileys bea = desk.baileys("Bea");
            bea.send(account.pn(), "awake");
            account.received("awake");

            account.stop();
            String first = bea.send(account.pn(), "are you there?");
            String second = bea.send(account.pn(), "never mind");
            bea.taken(first);
            bea.taken(second);
            assertThat(account.texts()).containsExactly("awake");

            account.start();
            account.received("are you there?");
            account.received("never mind");
            account.online();
            bea.delivered(second, account.jid());
            assertThat(account.texts()).containsExactly("awake", "are you there?", "never mind");
            desk.simulator().assertClean();
        }
    }

    @Test
    void what_is_sent_while_baileys_is_away_arrives_when_it_comes_back() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount account = desk.account("writer");
            Baileys bea = desk.baileys("Bea");
            String pn = bea.names().path("pn").asText();
            account.progress("message.delivered", account.send(pn, "here?"));
            bea.message("here?");

            bea.leave();
            String missed = account.send(pn, "call me");
            account.progress("message.sent", missed);
            bea.connect(desk.simulator());
            bea.message("call me");
            account.progress("message.delivered", missed);
            assertThat(bea.texts()).containsExactly("here?", "call me");
            desk.simulator().assertClean();
        }
    }

    @Test
    void a_sent_message_is_sent_then_delivered_then_read_as_baileys_reads() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount account = desk.account("writer");
            Baileys bea = desk.baileys("Bea");
            String pn = bea.names().path("pn").asText();

            String sent = account.send(pn, "a letter");
            JsonNode letter = bea.message("a letter");
            account.progress("message.delivered", sent);
            // X
            bea.tell("read", Map.of("chat", letter.path("chat").asText(), "message", sent));
            PublicEvent read = account.progress("message.read", sent);

            assertThat(read.getProgress().getRecipient().getPn()).isEqualTo(pn);
            assertThat(account.life(sent)).containsExactly("message.sent", "message.delivered", "message.read");
            desk.simulator().assertClean();
        }
    }

    @Test
    void baileys_hears_that_its_message_was_delivered() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount account = desk.account("reader");
            Baileys bea = desk.baileys("Bea");
            String sent = bea.send(account.pn(), "did it arrive?");
            PublicEvent received = account.received("did it arrive?");
            bea.delivered(sent, account.jid());

            assertThat(received.getMessage().getId()).isEqualTo(sent);
            assertThat(received.getMessage().getPushName()).isEqualTo("Bea");
            assertThat(received.getMessage().getSender().getPn())
                    .isEqualTo(bea.names().path("pn").asText());
            assertThat(received.getMessage().getSender().getLid())
                    .isEqualTo(bea.names().path("lid").asText());
            desk.simulator().assertClean();
        }
    }
}
