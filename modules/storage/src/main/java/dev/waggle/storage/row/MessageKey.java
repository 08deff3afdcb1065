package dev.waggle.storage.row;

import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import java.util.Comparator;

/// One message for all: an id is only unique per (chat, sender). Chat and sender are kept without device; the order
/// is that of the texts.
public record MessageKey(Jid chat, Jid sender, MessageId id) implements Comparable<MessageKey> {
    private static final Comparator<MessageKey> ORDER = Comparator.comparing((MessageKey key) -> key.chat.toString())
            .thenComparing(key -> key.sender.toString())
            .thenComparing(key -> key.id.value());

    public MessageKey {
        chat = chat.bare();
        sender = sender.bare();
    }

    /// The storage key: `chat|sender|id`.
    public String text() {
        return chat + "|" + sender + "|" + id;
    }

    @Override
    public int compareTo(MessageKey other) {
        return ORDER.compare(this, other);
    }
}
