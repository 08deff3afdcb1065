package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.check.FieldException;
import dev.waggle.simulator.exchange.Contacts.HeardFile;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reading messages: pairwise parts first, then the group's; what cannot be read is asked for again.
final class Listening {
    private static final int ENCS_MAX = 4;

    private final Desk desk;
    private final Asking asking;
    private int toRefuse;

    Listening(Desk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
    }

    /// Treats the next so many messages as unreadable, without touching the sessions.
    void refuse(int messages) {
        toRefuse = messages;
    }

    void message(Node message) {
        Jid from = message.requireJid("from");
        Jid author = message.has("participant") ? message.requireJid("participant") : from;
        if (toRefuse > 0) {
            toRefuse--;
            asking.again(message, author, 0);
            return;
        }
        List<Content> read = new ArrayList<>();
        Optional<Opened.Failed> failed = parts(message, author, read);
        // An old counter of a message that never came through is a reused key or a lost one, not a copy.
        boolean seen = desk.log.has(desk.hood.chat(author), message.require("id"));
        if (failed.isPresent()) {
            asking.again(message, author, failed.get().reason());
        } else if (read.isEmpty() && !seen) {
            asking.again(message, author, 7);
        } else {
            read.forEach(content -> heard(message, author, content));
            receipt(message, author, read);
        }
        desk.supplyKeys();
    }

    /// Reads every `enc`; keys for the group count at once.
    ///
    /// @param read receives what could be read
    private Optional<Opened.Failed> parts(Node message, Jid author, List<Content> read) {
        List<Node> encs = new ArrayList<>(message.children("enc"));
        encs.sort((one, other) -> Boolean.compare(isGroup(one), isGroup(other)));
        for (Node enc : encs.stream().limit(ENCS_MAX).toList()) {
            switch (open(message, author, enc)) {
                case Opened.Failed failed -> {
                    return Optional.of(failed);
                }
                case Opened.Again ignored -> {}
                case Opened.Plain plain -> {
                    if (!take(message, author, plain.message(), read)) {
                        return Optional.of(new Opened.Failed(4));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isGroup(Node enc) {
        return "skmsg".equals(enc.attr("type"));
    }

    private Opened open(Node message, Jid author, Node enc) {
        Bytes bytes = enc.requireBytes();
        Jid device = desk.hood.name(author);
        return isGroup(enc)
                ? desk.signal.openGroup(message.requireJid("from"), device, bytes)
                : desk.signal.open(device, new Cipher(enc.require("type"), bytes));
    }

    private boolean take(Node message, Jid author, Bytes plain, List<Content> read) {
        try {
            Content content = Content.read(plain);
            read.add(content);
            return content.senderKey()
                    .map(key -> desk.signal.learn(message.requireJid("from"), desk.hood.name(author), key))
                    .orElse(true);
        } catch (FieldException e) {
            return false;
        }
    }

    private void heard(Node message, Jid author, Content content) {
        if (content.text().isEmpty() && content.file().isEmpty() && !content.other()) {
            return;
        }
        boolean own = desk.isSelf(author);
        Jid from = message.requireJid("from");
        Jid chat = from.isGroup() ? from : content.sentTo().map(desk.hood::chat).orElseGet(() -> desk.hood.chat(from));
        HeardFile file = content.file()
                .map(told -> desk.files.heard(message.require("id"), told))
                .orElse(null);
        String type = content.text().isPresent() ? "text" : file == null ? message.attr("type", "other") : file.type();
        desk.log.add(
                message.require("id"),
                chat,
                desk.hood.chat(author).withDevice(author.device()),
                own,
                message.number("t", desk.hood.now().getAsLong()),
                type,
                content.text().orElse(file == null ? "" : file.caption()),
                file);
    }

    private void receipt(Node message, Jid author, List<Content> read) {
        Jid from = message.requireJid("from");
        boolean ownCopy = desk.isSelf(author) && !from.isGroup();
        Optional<Jid> sentTo =
                read.stream().flatMap(content -> content.sentTo().stream()).findFirst();
        Jid recipient = message.has("recipient") ? message.requireJid("recipient") : sentTo.orElse(from.bare());
        desk.submit(Node.build("receipt")
                .attr("id", message.require("id"))
                .attr("to", from)
                .attr("participant", message.jid("participant"))
                .attr("type", ownCopy ? "sender" : null)
                .attr("recipient", ownCopy ? recipient : null)
                .done());
    }
}
