package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import dev.waggle.address.MessageId;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.message.Alternates;
import dev.waggle.stanza.receipt.ReceiptType;
import dev.waggle.stanza.receipt.Retry;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device tells what became of messages. It is acknowledged with class `receipt`.
///
/// @param id of the receipt stanza, which its ack names; also the first message's
/// @param ids the messages that it speaks of
/// @param from the device, or the group
/// @param participant the device when `from` is a group
/// @param recipient on receipts of our own devices: the chat
/// @param readers instead of `participant`: everybody whom one grouped receipt speaks for
/// @param retry present exactly for [ReceiptType#RETRY]
public record Receipt(
        String id,
        List<MessageId> ids,
        Jid from,
        @Nullable Jid participant,
        @Nullable Jid recipient,
        Alternates alternates,
        ReceiptType type,
        @Nullable Instant at,
        boolean offline,
        List<Reader> readers,
        @Nullable Retry retry)
        implements Stanza {
    private static final int IDS_MAX = 4096;

    /// One of many in a grouped receipt.
    public record Reader(MessageId id, Jid user, Instant at) {}

    public Receipt {
        ids = List.copyOf(ids);
        readers = List.copyOf(readers);
    }

    /// @throws NodeException without id or sender, or with a malformed list or retry block
    static Receipt read(Node node) {
        ReceiptType type = ReceiptType.of(node.attr("type"));
        Jid from = node.requireJid("from");
        List<Reader> readers = readers(node);
        Jid participant = node.jid("participant");
        if (from.isGroup() && participant == null && readers.isEmpty()) {
            throw new NodeException("receipt.participant", "absent", "a JID or a list of readers in a group");
        }
        return new Receipt(
                node.require("id"),
                ids(node, readers),
                from,
                participant,
                node.jid("recipient"),
                Alternates.read(node),
                type,
                Fields.time(node, "t"),
                node.has("offline"),
                readers,
                type == ReceiptType.RETRY ? Retry.read(node) : null);
    }

    private static List<MessageId> ids(Node node, List<Reader> readers) {
        List<MessageId> ids = new ArrayList<>();
        if (readers.isEmpty()) {
            ids.add(Fields.messageId(node, "id"));
        } else {
            readers.stream().map(Reader::id).distinct().forEach(ids::add);
        }
        Node list = node.child("list");
        List<Node> items = list == null ? List.of() : list.children("item");
        if (items.size() > IDS_MAX) {
            throw new NodeException("receipt/list", items.size() + " items", "0.." + IDS_MAX);
        }
        items.stream()
                .filter(item -> item.has("id"))
                .map(item -> Fields.messageId(item, "id"))
                .forEach(ids::add);
        return ids;
    }

    private static List<Reader> readers(Node node) {
        List<Reader> readers = new ArrayList<>();
        for (Node group : node.children("participants")) {
            for (Node user : group.children("user")) {
                readers.add(new Reader(
                        Fields.messageId(group, "key"), user.requireJid("jid"), Fields.requireTime(user, "t")));
            }
        }
        if (readers.size() > IDS_MAX) {
            throw new NodeException("receipt/participants", readers.size() + " readers", "0.." + IDS_MAX);
        }
        return readers;
    }

    /// The device that speaks: the participant where there is one.
    public Jid speaker() {
        return participant == null ? from : participant;
    }

    /// Says that the receipt is about a group, the status list or a broadcast list.
    public boolean isShared() {
        return from.isGroup() || from.server().equals(JidServer.BROADCAST);
    }
}
