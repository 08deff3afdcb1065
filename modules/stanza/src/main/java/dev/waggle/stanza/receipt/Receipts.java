package dev.waggle.stanza.receipt;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.wire.node.Node;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The receipts that we send.
public final class Receipts {
    /// How many messages one receipt speaks of at most; more are split over several.
    public static final int IDS_MAX = 256;

    private Receipts() {}

    /// Where a receipt goes: it echoes the message's own addresses.
    ///
    /// @param to the sender's device on direct messages, else the chat
    /// @param participant the sender's device when `to` is not a person
    /// @param recipient copied from a message of our own other device
    public record Way(
            Jid to, @Nullable Jid participant, @Nullable Jid recipient) {
        /// The way back of a message stanza; throws a `NodeException` when it has no sender.
        public static Way back(Node message) {
            return new Way(message.requireJid("from"), message.jid("participant"), message.jid("recipient"));
        }
    }

    /// Says that messages arrived; this is also their ack. The ids are of one sender in one chat.
    ///
    /// @param type [ReceiptType#DELIVERED], `INACTIVE`, `SENDER`, `PEER` or `HISTORY`
    /// @throws IllegalArgumentException for no id or more than [#IDS_MAX]
    public static Node delivered(Way way, List<MessageId> ids, ReceiptType type) {
        return start(way, ids, type).content(rest(ids)).done();
    }

    /// Says that a status update arrived.
    ///
    /// @throws IllegalArgumentException for no id or more than [#IDS_MAX]
    public static Node statusDelivered(Way way, List<MessageId> ids) {
        return start(way, ids, ReceiptType.DELIVERED)
                .attr("context", "status")
                .content(rest(ids))
                .done();
    }

    /// Says that messages were read or played. The ids are of one sender in one chat.
    ///
    /// @param participant the writer's bare address when the chat is not a person
    /// @param type [ReceiptType#READ], `READ_SELF`, `PLAYED` or `PLAYED_SELF`
    /// @throws IllegalArgumentException for no id or more than [#IDS_MAX]
    public static Node read(Jid chat, @Nullable Jid participant, List<MessageId> ids, Instant at, ReceiptType type) {
        return start(new Way(chat, participant, null), ids, type)
                .attr("t", at.getEpochSecond())
                .content(rest(ids))
                .done();
    }

    /// Asks the sender for a message that could not be decrypted. The bundle's private keys must be durable before.
    ///
    /// @param peer the message came from a device of our own, about the account
    /// @param retry its bundle is usually absent on the first try
    public static Node retry(Way way, Retry retry, boolean peer) {
        KeyBundle keys = retry.keys();
        Node.Builder block = Node.build("retry")
                .attr("v", 1)
                .attr("count", retry.count())
                .attr("id", retry.id().value())
                .attr("t", retry.at() == null ? null : Long.toString(retry.at().getEpochSecond()));
        if (retry.reason() != RetryReason.UNKNOWN) {
            block.attr("error", retry.reason().code());
        }
        Node registration = Node.of("registration", Fields.bigEndian(retry.registrationId(), 4));
        return start(way, List.of(retry.id()), ReceiptType.RETRY)
                .attr("category", peer ? "peer" : null)
                .content(
                        keys == null
                                ? List.of(block.done(), registration)
                                : List.of(block.done(), registration, keys.toRetryNode()))
                .done();
    }

    /// Asks our own phone to upload a file again.
    ///
    /// @param payload the sealed `ServerErrorReceipt` and its 12-byte nonce
    public static Node serverError(Jid self, MessageId id, MediaOwner owner, Bytes payload, Bytes nonce) {
        return start(new Way(self.bare(), null, null), List.of(id), ReceiptType.SERVER_ERROR)
                .content(
                        Node.of("encrypt", Node.of("enc_p", payload), Node.of("enc_iv", nonce)),
                        Node.build("rmr")
                                .attr("jid", owner.chat())
                                .attr("from_me", Boolean.toString(owner.fromMe()))
                                .attr("participant", owner.participant())
                                .done())
                .done();
    }

    /// Whose message carried the file.
    public record MediaOwner(
            Jid chat, boolean fromMe, @Nullable Jid participant) {}

    private static Node.Builder start(Way way, List<MessageId> ids, ReceiptType type) {
        if (ids.isEmpty() || ids.size() > IDS_MAX) {
            throw new IllegalArgumentException("receipt ids: " + ids.size() + " (expected: 1.." + IDS_MAX + ")");
        }
        return Node.build("receipt")
                .attr("id", ids.getFirst().value())
                .attr("to", way.to())
                .attr("participant", way.participant())
                .attr("recipient", way.recipient())
                .attr("type", type.wire());
    }

    private static List<Node> rest(List<MessageId> ids) {
        if (ids.size() == 1) {
            return List.of();
        }
        Node[] items = ids.stream()
                .skip(1)
                .map(id -> Node.build("item").attr("id", id.value()).done())
                .toArray(Node[]::new);
        return List.of(Node.of("list", items));
    }
}
