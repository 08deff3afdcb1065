package dev.waggle.platform.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.proto.journal.Event;
import java.util.function.Consumer;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/// Between journal events and what the journal plugin stores, for one account.
public final class SealedEvents extends EventAdapter<Event, Object> {
    private static final String FORM = "event-1";

    private final Sealing sealing;
    private final Consumer<String> failpoint;

    /// @param failpoint told `persisting` when an event is about to be written
    public SealedEvents(Sealing sealing, Consumer<String> failpoint) {
        this.sealing = sealing;
        this.failpoint = failpoint;
    }

    @Override
    public Object toJournal(Event event) {
        failpoint.accept("persisting");
        return new SealedRecord(FORM, sealing.seal(FORM, Bytes.wrap(event.toByteArray())));
    }

    @Override
    public String manifest(Event event) {
        return FORM;
    }

    @Override
    public EventSeq<Event> fromJournal(Object stored, String manifest) {
        SealedRecord sealed = (SealedRecord) stored;
        try {
            return EventSeq.single(
                    Event.parseFrom(sealing.open(FORM, sealed.bytes()).unsafeArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("journal: not an event", e);
        }
    }
}
