package dev.waggle.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.OwnerChanged;
import java.io.NotSerializableException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.Test;

/// What stands around an event in every row of a journal: names and numbers that never change.
class JournalFormTest {
    private static final Event EVENT = Event.newBuilder()
            .setAtMillis(1_767_225_600_011L)
            .setOwnerChanged(OwnerChanged.newBuilder().setEpoch(3))
            .build();
    private static final SealedEvents EVENTS = new SealedEvents(Sealing.PLAIN, point -> {});

    @Test
    void a_row_is_the_events_bytes_under_a_fixed_name_and_number() throws NotSerializableException {
        ActorTestKit kit = ActorTestKit.create();
        try {
            Object stored = EVENTS.toJournal(EVENT);
            var serializer = (SerializerWithStringManifest)
                    SerializationExtension.get(Adapter.toClassic(kit.system())).findSerializerFor(stored);
            assertThat(serializer.identifier()).isEqualTo(90_471);
            assertThat(serializer.manifest(stored)).isEqualTo("event-1");
            byte[] bytes = serializer.toBinary(stored);
            assertThat(Bytes.of(bytes).toHex()).isEqualTo("088bd0eab6b7336a020803");
            assertThat(EVENTS.fromJournal(serializer.fromBinary(bytes, "event-1"), "event-1")
                            .events()
                            .head())
                    .isEqualTo(EVENT);
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void bytes_that_are_no_event_are_not_taken_for_one() {
        SealedRecord broken = new SealedRecord("event-1", Bytes.hex("0affff"));
        assertThatThrownBy(() -> EVENTS.fromJournal(broken, "event-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not an event");
    }
}
