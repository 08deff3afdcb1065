package dev.waggle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.proto.journal.PublicEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Baileys and two Waggle accounts in one group.
@Timeout(90)
@ExtendWith(NodeJsCondition.class)
class GroupTest {
    @TempDir
    Path folder;

    @Test
    void everybody_hears_everybody_in_a_group_that_baileys_made() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount one = desk.account("one");
            WaggleAccount two = desk.account("two");
            Baileys bea = desk.baileys("Bea");
            JsonNode made = bea.tell("create-group", Map.of("subject", "Bees", "members", List.of(one.pn(), two.pn())));
            assertThat(made.path("members")).hasSize(3);
            everybodyTalks(bea, one, two, made.path("id").asText());
            desk.simulator().assertClean();
        }
    }

    @Test
    void everybody_hears_everybody_in_a_group_that_somebody_else_made() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleAccount one = desk.account("one");
            WaggleAccount two = desk.account("two");
            Baileys bea = desk.baileys("Bea");
            String group = desk.simulator()
                    .group(
                            "Bees",
                            List.of(two.pn(), one.pn(), bea.names().path("pn").asText()));
            everybodyTalks(bea, one, two, group);
            desk.simulator().assertClean();
        }
    }

    /// Twice around: the first time keys are handed out, the second time they are there.
    private static void everybodyTalks(Baileys bea, WaggleAccount one, WaggleAccount two, String group) {
        for (String round : List.of("first", "second")) {
            bea.send(group, round + " of Bea");
            for (WaggleAccount account : List.of(one, two)) {
                PublicEvent heard = account.received(round + " of Bea");
                assertThat(heard.getMessage().getChat().getJid()).isEqualTo(group);
                assertThat(heard.getMessage().getSender().getLid())
                        .isEqualTo(bea.names().path("lid").asText());
            }
            says(one, group, round + " of one", two, bea);
            says(two, group, round + " of two", one, bea);
        }
        assertThat(one.texts()).containsExactly("first of Bea", "first of two", "second of Bea", "second of two");
        assertThat(two.texts()).containsExactly("first of Bea", "first of one", "second of Bea", "second of one");
        assertThat(bea.texts()).containsExactly("first of one", "first of two", "second of one", "second of two");
    }

    private static void says(WaggleAccount speaker, String group, String text, WaggleAccount other, Baileys bea) {
        String sent = speaker.send(group, text);
        PublicEvent heard = other.received(text);
        assertThat(heard.getMessage().getChat().getJid()).isEqualTo(group);
        assertThat(heard.getMessage().getSender().getLid()).isEqualTo(speaker.lid());
        JsonNode message = bea.message(text);
        assertThat(message.path("chat").asText()).isEqualTo(group);
        assertThat(message.path("sender").asText()).startsWith(speaker.lid().replaceAll("@.*", ""));
        speaker.progress("message.delivered", sent);
    }
}
