package dev.waggle.simulator.contact;

import dev.waggle.address.AddressException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.check.FieldException;
import dev.waggle.simulator.check.Fields;
import dev.waggle.simulator.check.FieldsWriter;
import java.util.Optional;

/// What stands in a message, as far as simulated people understand it: a text, a file, a sender key, and for a copy
/// of something that another device of the same user sent, where that went. `other` says that there is something
/// else.
record Content(
        Optional<String> text,
        Optional<FileKind.Told> file,
        Optional<Bytes> senderKey,
        Optional<Jid> sentTo,
        boolean other) {
    private static final int CONVERSATION = 1;
    private static final int SENDER_KEY = 2;
    private static final int EXTENDED_TEXT = 6;
    private static final int DEVICE_SENT = 31;
    private static final int CONTEXT_INFO = 35;
    private static final int CAPTIONED = 53;

    static Bytes text(String text) {
        return new FieldsWriter().text(CONVERSATION, text).done();
    }

    /// A sender key for one device.
    static Bytes senderKey(Jid group, Bytes distribution) {
        return new FieldsWriter()
                .message(SENDER_KEY, inner(group, distribution))
                .done();
    }

    /// A sender key and a message in one, for a device that asked again.
    static Bytes withKey(Jid group, Bytes distribution, Bytes message) {
        return new FieldsWriter()
                .raw(message)
                .message(SENDER_KEY, inner(group, distribution))
                .done();
    }

    /// A copy for our own other devices.
    static Bytes sentCopy(Jid chat, Bytes message) {
        var copy = new FieldsWriter().text(1, chat.toString()).bytes(2, message);
        return new FieldsWriter().message(DEVICE_SENT, copy).done();
    }

    private static FieldsWriter inner(Jid group, Bytes distribution) {
        return new FieldsWriter().text(1, group.toString()).bytes(2, distribution);
    }

    /// @throws FieldException when the bytes are not a message
    static Content read(Bytes bytes) {
        Fields message = Fields.read("message", bytes);
        Optional<Fields> sent = message.message(DEVICE_SENT, "device sent message");
        Optional<Jid> sentTo = sent.flatMap(copy -> copy.bytes(1)).map(Content::jid);
        Fields inside = sent.flatMap(copy -> copy.message(2, "message sent")).orElse(message);
        Optional<String> text = textOf(inside);
        Optional<FileKind.Told> file = fileOf(inside);
        Optional<Bytes> key = message.message(SENDER_KEY, "sender key").flatMap(skdm -> skdm.bytes(2));
        boolean nothing = inside.only(SENDER_KEY, CONTEXT_INFO);
        return new Content(text, file, key, sentTo, text.isEmpty() && file.isEmpty() && !nothing);
    }

    /// A file that cannot be read is something else. A document with a caption comes in a wrapper.
    private static Optional<FileKind.Told> fileOf(Fields message) {
        try {
            Fields unwrapped = message.message(CAPTIONED, "captioned document")
                    .flatMap(wrapper -> wrapper.message(1, "document inside"))
                    .orElse(message);
            return Optional.ofNullable(FileKind.read(unwrapped));
        } catch (FieldException e) {
            return Optional.empty();
        }
    }

    private static Jid jid(Bytes text) {
        try {
            return Jid.parse(text.toUtf8());
        } catch (AddressException e) {
            throw new FieldException("destination", text.size() + " bytes", "a JID");
        }
    }

    private static Optional<String> textOf(Fields message) {
        return message.bytes(CONVERSATION)
                .or(() -> message.message(EXTENDED_TEXT, "extended text").flatMap(extended -> extended.bytes(1)))
                .map(Bytes::toUtf8);
    }
}
