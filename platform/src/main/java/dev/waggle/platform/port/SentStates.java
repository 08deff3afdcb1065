package dev.waggle.platform.port;

import dev.waggle.storage.row.OutboundRow;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What is known of a message that we sent.
public interface SentStates {
    CompletionStage<Optional<OutboundRow>> sent(String messageId);
}
