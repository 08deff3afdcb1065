package dev.waggle.platform.port;

import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.StoreDelta;
import java.util.List;

/// What one stanza brought that must not be forgotten. The public events carry no sequence and no epoch yet: the
/// account, the only writer, stamps them in the order in which they are journaled.
public record Recordable(List<PublicEvent> published, List<StoreDelta> deltas, List<Progress> progress) {
    public Recordable {
        published = List.copyOf(published);
        deltas = List.copyOf(deltas);
        progress = List.copyOf(progress);
    }

    public static Recordable nothing() {
        return new Recordable(List.of(), List.of(), List.of());
    }

    public boolean isEmpty() {
        return published.isEmpty() && deltas.isEmpty() && progress.isEmpty();
    }

    /// Bytes that it will take in the journal, roughly.
    public int size() {
        int size = 0;
        for (PublicEvent event : published) {
            size += event.getSerializedSize();
        }
        for (StoreDelta delta : deltas) {
            size += delta.getSerializedSize();
        }
        return size + 64 * progress.size();
    }
}
