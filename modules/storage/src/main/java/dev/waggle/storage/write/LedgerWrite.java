package dev.waggle.storage.write;

import dev.waggle.address.Bytes;
import dev.waggle.address.MessageId;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.row.Times;
import java.time.Instant;

/// Changes to the account's own books: its device, its events, what it has seen, what it sends, the secrets and
/// files of messages.
public sealed interface LedgerWrite extends StoreWrite {
    record PutDevice(Bytes device) implements LedgerWrite {}

    /// A sequence that is there already stays as it is.
    record AppendEvent(EventRow event) implements LedgerWrite {}

    /// The first sight counts: the time of a row that is there stays.
    record PutSeen(MessageKey key, Instant at) implements LedgerWrite {
        public PutSeen {
            at = Times.millis(at);
        }
    }

    record PutOutbound(OutboundRow row) implements LedgerWrite {}

    /// Changes a row that exists and never makes one; whether the step is a step forward is for the caller to know.
    /// The first time of a state counts.
    ///
    /// @param problem a stable code, or empty
    record SetOutboundState(MessageId id, OutboundState state, String problem, Instant at) implements LedgerWrite {
        public SetOutboundState {
            at = Times.millis(at);
        }
    }

    /// Merges with a row that is there: the new secret, the later expiry ("never" is the latest), the later message
    /// time.
    record PutMsgSecret(MsgSecret secret) implements LedgerWrite {}

    /// Replaces a row of the same message.
    record PutMedia(MediaRow row) implements LedgerWrite {}
}
