package dev.waggle.stanza.receipt;

import dev.waggle.address.MessageId;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A receiver could not decrypt and asks for the message again.
///
/// @param count how often it asked, from 1
/// @param at the message's time as the receiver saw it
/// @param registrationId of the receiver; another one than known means that it was installed anew
/// @param keys present when the receiver wants a new session, usually from the second time on
public record Retry(
        MessageId id,
        int count,
        RetryReason reason,
        @Nullable Instant at,
        int registrationId,
        @Nullable KeyBundle keys) {

    /// @throws NodeException when the retry block, the registration or the bundle is malformed
    public static Retry read(Node receipt) {
        Node retry = receipt.requireChild("retry");
        return new Retry(
                Fields.messageId(retry, "id"),
                (int) Fields.number(retry, "count", 0, 1000, 1),
                RetryReason.of(Fields.count(retry, "error", 0)),
                Fields.time(retry, "t"),
                Fields.bigEndian(receipt.requireChild("registration"), 4),
                receipt.child("keys") == null ? null : KeyBundle.read(receipt));
    }
}
