package dev.waggle.platform.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.proto.journal.Event;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/// Between journal events and what the journal plugin stores, for one account.
public final class SealedEvents extends EventAdapter<Event, Object> {
    private static final String FORM = "event-1";

    private final Sealing sealing;

    public SealedEvents(Sealing sealing) {
        this.sealing = sealing;
    }

    @Override
    public Object toJournal(Event event) {
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
