package dev.waggle.platform.port;

import dev.waggle.address.Jid;
import java.util.concurrent.CompletionStage;

/// Whether a message was journaled before, by (chat, sender, id). Both JIDs bare, LID-first, as in the journaled
/// delta.
public interface Seen {
    CompletionStage<Boolean> seen(Jid chat, Jid sender, String id);
}
