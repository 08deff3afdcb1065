package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.safekeeping.Backup;
import dev.waggle.platform.safekeeping.Restore;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.storage.BackendDriver;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup is restored although more was sent and received since it was taken: the server, which remembers every
/// counter that it saw, is the judge.
class RestoreTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final int LEASED = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private String account = "";
    private String carla = "";
    private String group = "";
    private int said;
    /// Seconds of a day on which no counting of seconds begins anew.
    private Instant now = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void no_message_key_is_used_twice_and_messages_flow_both_ways_again() throws Exception {
        try (Demo demo = Demo.start("sqlite", line -> {})) {
            account = demo.pair();
            carla = demo.contact("Carla");
            group = JSON.readTree(demo.post(
                            "/groups",
                            "{\"subject\":\"Bees\",\"participants\":[\"" + carla + "\",\"" + account + "\"]}"))
                    .path("id")
                    .asText();
            talk(demo, 2);
            backup(demo, "first");
            monologue(demo);
            talk(demo, 2);
            List<PublicEvent> before = events(demo);
            restored(demo, "first");
            goesOn(demo, before);
            // The same backup again: what the first restored life sent must not come back either.
            List<PublicEvent> between = events(demo);
            restored(demo, "first");
            goesOn(demo, between);
            // And a backup of a restored store.
            backup(demo, "second");
            talk(demo, 2);
            List<PublicEvent> last = events(demo);
            restored(demo, "second");
            goesOn(demo, last);
        }
    }

    private void backup(Demo demo, String name) {
        NodeSettings settings = demo.settings();
        Backup.take(
                BackendDriver.named(settings.backend()),
                settings.storage(),
                folder.resolve(name),
                InstantSource.fixed(now));
    }

    private void restored(Demo demo, String name) {
        NodeSettings settings = demo.settings();
        now = now.plusSeconds(60);
        demo.restart(() -> Restore.run(
                BackendDriver.named(settings.backend()),
                settings.storage(),
                folder.resolve(name),
                true,
                control -> {},
                InstantSource.fixed(now)));
    }

    /// In the chat and in the group; in the group the contact is answered to.
    private void talk(Demo demo, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            said++;
            demo.exchange(carla, account, "chat " + said);
            demo.exchange(carla, group, "group " + said);
        }
    }

    /// Beyond what the backup's chains have been given in advance, so that going on there would be seen.
    private void monologue(Demo demo) throws Exception {
        for (int i = 0; i < LEASED + 10; i++) {
            said++;
            send(demo, contact(), "alone " + said);
            send(demo, Jid.parse(group), "alone to all " + said);
        }
        heard(demo, "alone " + said);
        heard(demo, "alone to all " + said);
    }

    private Jid contact() {
        return Jid.pn(carla.replaceAll("@.*", ""));
    }

    /// The account speaks first: with what it believes to share with the others.
    private void goesOn(Demo demo, List<PublicEvent> before) throws Exception {
        demo.online();
        said++;
        send(demo, contact(), "by itself " + said);
        send(demo, Jid.parse(group), "to all " + said);
        heard(demo, "by itself " + said);
        heard(demo, "to all " + said);
        talk(demo, 3);
        JsonNode report = JSON.readTree(demo.get("/report"));
        assertThat(report.path("reusedCounters")).isEmpty();
        assertThat(report.path("violations")).isEmpty();
        assertThat(report.path("counters").path("countersForgotten").asLong()).isZero();
        List<PublicEvent> after = events(demo);
        PublicEvent newest = after.getLast();
        assertThat(newest.getSequence()).isGreaterThan(before.getLast().getSequence() + 1_000);
        assertThat(newest.getEpoch()).isGreaterThan(before.getLast().getEpoch());
        assertThat(after).extracting(PublicEvent::getSequence).isSorted().doesNotHaveDuplicates();
    }

    private static void send(Demo demo, Jid chat, String text) throws Exception {
        demo.granted((ActorRef<Answer<AccountCommand.Accepted>> to) ->
                new AccountCommand.Send(chat, "text", text, MessageContent.text(text), text, Bytes.utf8(text), to));
    }

    private void heard(Demo demo, String text) throws Exception {
        demo.until(
                text,
                () -> {
                    try {
                        return demo.get("/contacts/" + carla + "/messages?after=0");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                all -> Demo.echoes(all, text) == 1);
    }

    private static List<PublicEvent> events(Demo demo) throws Exception {
        return demo.node()
                .events()
                .page(ACCOUNT, 0, Set.of(), 1_000)
                .toCompletableFuture()
                .get();
    }
}
