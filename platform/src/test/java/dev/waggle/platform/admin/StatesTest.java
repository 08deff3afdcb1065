package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a send, told by its reader's receipts: the state and its time in the API, the event in the log.
@Timeout(120)
class StatesTest {
    private static final List<String> STATES = List.of("SENT", "DELIVERED", "READ", "PLAYED");

    private final PairedDesk bee;

    StatesTest(@TempDir Path data) throws Exception {
        bee = new PairedDesk(data);
    }

    @AfterEach
    void close() {
        bee.close();
    }

    /// The contact does that with a message; gives what the account is told of it.
    private JsonNode does(String what, String message) throws Exception {
        bee.desk.simulate(
                "/contacts/" + bee.contact + "/receipts", "{\"id\":\"" + message + "\",\"type\":\"" + what + "\"}");
        return told(what, message);
    }

    private JsonNode told(String state, String message) throws Exception {
        JsonNode event =
                bee.event("message." + state, one -> one.at("/data/id").asText().equals(message));
        Documented.check("ProgressData", event.at("/data"));
        assertThat(event.at("/data/chat/pn").asText()).startsWith(bee.contact);
        assertThat(event.at("/data/recipient/pn").asText()).startsWith(bee.contact);
        return event;
    }

    /// The message in its last state, once the stores have followed; no state that was reached lacks its time, and
    /// each time is the one that its event told.
    private void assertStands(String id, List<JsonNode> events) throws Exception {
        String last = events.getLast().at("/data/state").asText();
        JsonNode message = bee.message(id);
        while (!message.at("/state").asText().equals(last)) {
            message = bee.message(id);
        }
        assertThat(message.at("/acceptedAt").isTextual()).isTrue();
        assertThat(message.at("/failedAt").isNull()).isTrue();
        for (String state : STATES) {
            JsonNode time = message.at("/" + state.toLowerCase(java.util.Locale.ROOT) + "At");
            events.stream()
                    .filter(event -> event.at("/data/state").asText().equals(state))
                    .findFirst()
                    .ifPresentOrElse(
                            event -> assertThat(Instant.parse(time.asText()))
                                    .as(state)
                                    .isEqualTo(Instant.parse(
                                            event.at("/data/timestamp").asText())),
                            () -> assertThat(time.isNull() || state.equals("SENT"))
                                    .as(state)
                                    .isTrue());
        }
        assertThat(message.at("/sentAt").isTextual()).isTrue();
    }

    @Test
    void a_text_is_delivered_then_read_and_each_has_its_time() throws Exception {
        String id = bee.sent("text", "\"text\":\"hello\"").at("/id").asText();
        JsonNode delivered = told("delivered", id);
        assertStands(id, List.of(delivered));

        JsonNode read = does("read", id);

        assertStands(id, List.of(delivered, read));
        assertThat(read.at("/sequence").asLong())
                .isGreaterThan(delivered.at("/sequence").asLong());
        bee.assertClean();
    }

    @Test
    void a_voice_note_is_delivered_read_and_played() throws Exception {
        String media =
                bee.upload(new byte[5_000], "audio/ogg; codecs=opus").at("/id").asText();
        String id = bee.sent("voice", "\"media\":\"" + media + "\"").at("/id").asText();
        JsonNode delivered = told("delivered", id);
        JsonNode read = does("read", id);

        JsonNode played = does("played", id);

        assertStands(id, List.of(delivered, read, played));
        bee.assertClean();
    }

    @Test
    void a_voice_note_that_is_played_at_once_was_never_told_to_be_read() throws Exception {
        String media =
                bee.upload(new byte[5_000], "audio/ogg; codecs=opus").at("/id").asText();
        String id = bee.sent("voice", "\"media\":\"" + media + "\"").at("/id").asText();
        JsonNode delivered = told("delivered", id);

        JsonNode played = does("played", id);

        assertStands(id, List.of(delivered, played));
    }
}
