package dev.waggle.storage.sqlite.journal;

import static dev.waggle.storage.sqlite.journal.PluginProbe.atomic;
import static dev.waggle.storage.sqlite.journal.PluginProbe.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentRepr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Pekko's journal kit asks of a journal, and what we promise above it.
class SqliteJournalTest {
    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    Path directory;

    private PluginProbe kit;

    @BeforeEach
    void start() {
        kit = new PluginProbe(directory);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void all_events_are_replayed_in_order() {
        kit.write("p", 1, 5);
        assertThat(kit.replay("p", 1, ALL, ALL)).containsExactly("a-1", "a-2", "a-3", "a-4", "a-5", 5L);
    }

    @Test
    void replay_keeps_to_its_lower_and_upper_bound() {
        kit.write("p", 1, 5);
        assertThat(kit.replay("p", 3, ALL, ALL)).containsExactly("a-3", "a-4", "a-5", 5L);
        assertThat(kit.replay("p", 1, 3, ALL)).containsExactly("a-1", "a-2", "a-3", 5L);
        assertThat(kit.replay("p", 2, 3, ALL)).containsExactly("a-2", "a-3", 5L);
        assertThat(kit.replay("p", 3, 3, ALL)).containsExactly("a-3", 5L);
    }

    @Test
    void replay_keeps_to_its_limit() {
        kit.write("p", 1, 5);
        assertThat(kit.replay("p", 1, ALL, 0)).containsExactly(5L);
        assertThat(kit.replay("p", 1, ALL, 3)).containsExactly("a-1", "a-2", "a-3", 5L);
        assertThat(kit.replay("p", 2, 4, 2)).containsExactly("a-2", "a-3", 5L);
    }

    @Test
    void replay_with_a_lower_bound_above_the_upper_gives_nothing() {
        kit.write("p", 1, 5);
        assertThat(kit.replay("p", 3, 2, ALL)).containsExactly(5L);
    }

    @Test
    void actors_do_not_see_each_other() {
        kit.write("p", 1, 2);
        kit.write("q", 1, 1);
        assertThat(kit.replay("nobody", 1, ALL, ALL)).containsExactly(0L);
        assertThat(kit.replay("q", 1, ALL, ALL)).containsExactly("a-1", 1L);
    }

    @Test
    void a_replay_of_many_pages_is_whole() {
        kit.write("p", 1, 1_203);
        assertThat(kit.replay("p", 1, ALL, ALL))
                .hasSize(1_204)
                .startsWith("a-1")
                .endsWith("a-1203", 1_203L);
        assertThat(kit.replay("p", 1, ALL, 501)).hasSize(502).endsWith("a-501", 1_203L);
    }

    @Test
    void deleted_events_are_not_replayed_and_their_numbers_are_not_used_again() {
        kit.write("p", 1, 5);
        kit.deleteTo("p", 3);
        assertThat(kit.replay("p", 1, ALL, ALL)).containsExactly("a-4", "a-5", 5L);
        kit.deleteTo("p", ALL);
        kit.deleteTo("p", ALL);
        assertThat(kit.replay("p", 1, ALL, ALL)).containsExactly(5L);
        kit.write("p", 6, 6);
        assertThat(kit.replay("p", 1, ALL, ALL)).containsExactly("a-6", 6L);
    }

    @Test
    void deleting_beyond_the_end_does_not_raise_the_highest_number() {
        kit.write("p", 1, 2);
        kit.deleteTo("p", 100);
        assertThat(kit.replay("p", 1, ALL, ALL)).containsExactly(2L);
    }

    @Test
    void everything_that_belongs_to_an_event_reads_back() {
        PersistentRepr written = event("p", 1, "payload").withManifest("adapted");
        kit.send(atomic(written));
        kit.probe.expectMsgEquals(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
        kit.probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
        kit.journal.tell(new JournalProtocol.ReplayMessages(1, 1, 1, "p", kit.probe.getRef()), kit.probe.getRef());
        PersistentRepr read =
                kit.probe.expectMsgClass(JournalProtocol.ReplayedMessage.class).persistent();
        assertThat(read.payload()).isEqualTo("payload");
        assertThat(read.manifest()).isEqualTo("adapted");
        assertThat(read.writerUuid()).isEqualTo(PluginProbe.WRITER);
        assertThat(read.timestamp()).isEqualTo(1_001);
        assertThat(read.persistenceId()).isEqualTo("p");
    }

    @Test
    void an_event_that_cannot_be_serialised_rejects_its_whole_atomic_write_and_no_other() {
        Object unserialisable = new Object() {
            @Override
            public String toString() {
                return "not serialisable";
            }
        };
        kit.send(
                atomic(event("p", 1, "a-1")),
                atomic(event("p", 2, "a-2"), event("p", 3, unserialisable)),
                atomic(event("p", 4, "a-4")));
        kit.probe.expectMsgEquals(JournalProtocol.WriteMessagesSuccessful$.MODULE$);
        kit.probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
        kit.probe.expectMsgClass(JournalProtocol.WriteMessageRejected.class);
        kit.probe.expectMsgClass(JournalProtocol.WriteMessageRejected.class);
        kit.probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
        assertThat(kit.replay("p", 1, ALL, ALL)).containsExactly("a-1", "a-4", 4L);
    }

    @Test
    void a_number_used_twice_fails_the_write_and_stores_nothing_of_it() {
        kit.write("p", 1, 2);
        kit.send(atomic(event("p", 3, "new"), event("p", 2, "again")));
        JournalProtocol.WriteMessagesFailed failed =
                kit.probe.expectMsgClass(JournalProtocol.WriteMessagesFailed.class);
        assertThat(failed.cause())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(StoreException.Code.STORAGE_REFUSED));
        kit.probe.expectMsgClass(JournalProtocol.WriteMessageFailure.class);
        kit.probe.expectMsgClass(JournalProtocol.WriteMessageFailure.class);
        assertThat(kit.replay("p", 1, ALL, ALL)).containsExactly("a-1", "a-2", 2L);
    }

    @Test
    void a_full_disk_fails_the_write_with_its_code() {
        try (SqliteFile file = SqliteFile.shared(directory.resolve("waggle.db"))) {
            file.write(session -> session.number("PRAGMA max_page_count = 1")).join();
            kit.send(atomic(event("p", 1, "x".repeat(500_000))));
            JournalProtocol.WriteMessagesFailed failed =
                    kit.probe.expectMsgClass(JournalProtocol.WriteMessagesFailed.class);
            assertThat(failed.cause()).hasMessageStartingWith("storage-full: ");
            kit.probe.expectMsgClass(JournalProtocol.WriteMessageFailure.class);
            file.write(session -> session.number("PRAGMA max_page_count = 100000"))
                    .join();
        }
        kit.write("p", 1, 1);
    }

    @Test
    void events_survive_the_actor_system() {
        kit.write("p", 1, 30);
        kit.close();
        kit = new PluginProbe(directory);
        assertThat(kit.replay("p", 1, ALL, ALL))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 31)
                        .<Object>mapToObj(i -> i == 31 ? (Object) 30L : "a-" + i)
                        .toList());
    }
}
