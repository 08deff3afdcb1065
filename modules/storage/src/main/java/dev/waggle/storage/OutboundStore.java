package dev.waggle.storage;

import dev.waggle.address.MessageId;
import dev.waggle.storage.row.OutboundRow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Sends from their acceptance on: what readers of `GET /messages` see and what is still to be done.
public interface OutboundStore extends StoreWriter {
    CompletionStage<Optional<OutboundRow>> outboundById(MessageId id);

    /// The newest send (by sequence) with this key.
    CompletionStage<Optional<OutboundRow>> outboundByIdempotencyKey(String key);

    /// Sends without a final server answer (see [dev.waggle.storage.row.OutboundState#finished]) above
    /// `afterSequence`, by ascending sequence.
    CompletionStage<List<OutboundRow>> unfinishedOutbound(long afterSequence, int limit);
}
