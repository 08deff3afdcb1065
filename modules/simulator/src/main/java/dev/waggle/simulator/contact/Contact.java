package dev.waggle.simulator.contact;

import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.ContactException;
import dev.waggle.simulator.exchange.Contacts.FileToSend;
import dev.waggle.simulator.exchange.Contacts.Heard;
import dev.waggle.simulator.exchange.DeviceLink;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One simulated person at device 0 of a user, with real sessions. On the exchange's thread only.
///
/// Answers every message with a delivery receipt, asks again for what it cannot read, and sends again what others
/// ask for. It can be told to make mistakes: see [#spoilNext], [#refuseNext] and [#forgetSessions].
public final class Contact implements DeviceLink {
    private final Desk desk;
    private final Speaking speaking;
    private final Asking asking;
    private final Listening listening;
    private boolean reading;

    private Contact(Desk desk) {
        this.desk = desk;
        this.speaking = new Speaking(desk);
        this.asking = new Asking(desk, speaking);
        this.listening = new Listening(desk, asking);
    }

    /// Gives a user without a device 0 one in this process: publishes its keys and attaches it.
    ///
    /// @throws ContactException when the user has a device 0 already
    public static Contact settle(User user, Neighbourhood hood, SecureRandom random) {
        if (user.device(0) != null) {
            throw new ContactException("device 0 of " + user, "there", "none yet");
        }
        SignalDevice signal = new SignalDevice(LocalIdentity.generate(random), random);
        Device device = user.addPrimary(signal.publicKeys());
        Desk desk = new Desk(device, signal, hood, random);
        Contact contact = new Contact(desk);
        desk.supplyKeys();
        desk.exit(hood.attachment().attach(device, contact));
        return contact;
    }

    public User user() {
        return desk.device.user();
    }

    /// The identity key pair of this primary device: it also signs companions in.
    public KeyPair identity() {
        return desk.signal.local().identity();
    }

    /// Writes a text to a user (PN or LID) or a group.
    ///
    /// @return the message id
    /// @throws ContactException when the addressee is unknown, or the text empty or longer than 65,536 characters
    public String send(Jid to, String text) {
        return speaking.say(to, text);
    }

    /// Sends a file to a user (PN or LID) or a group.
    ///
    /// @return the message id
    /// @throws ContactException when the addressee is unknown or the type is none
    public String send(Jid to, FileToSend file) {
        return speaking.send(to, file);
    }

    /// What was received and sent after a sequence number (0 = from the start), oldest first.
    public List<Heard> messagesAfter(long sequence) {
        return desk.log.after(sequence);
    }

    /// Completes with the first message, there already or to come, that is wanted; a message counts anew at each
    /// change of its status or copies.
    public CompletableFuture<Heard> await(Predicate<Heard> wanted) {
        return desk.log.await(wanted);
    }

    /// Sends a read receipt for a received message.
    ///
    /// @throws ContactException when it was not received
    public void read(String id) {
        confirm(received(id), "read");
    }

    /// Sends the receipt that says that a voice note was listened to.
    ///
    /// @throws ContactException when no such one was received
    public void play(String id) {
        Heard heard = received(id);
        if (!heard.type().equals("voice")) {
            throw new ContactException("message", heard.type() + " " + id, "a voice note");
        }
        confirm(heard, "played");
    }

    private Heard received(String id) {
        @Nullable Heard heard = desk.log.find(id);
        if (heard == null || heard.fromMe()) {
            throw new ContactException("message", id, "a received one");
        }
        return heard;
    }

    private void confirm(Heard heard, String type) {
        Node.Builder receipt = Node.build("receipt").attr("id", heard.id()).attr("type", type);
        receipt.attr("to", heard.chat());
        receipt.attr("participant", heard.chat().isGroup() ? heard.sender() : null);
        desk.submit(receipt.attr("t", desk.hood.now().getAsLong()).done());
    }

    /// From now on sends a read receipt for everything at once, or not any more.
    public void readEverything(boolean on) {
        reading = on;
    }

    /// Makes the next so many messages that it sends unreadable for all their receivers.
    public void spoilNext(int messages) {
        speaking.spoil(messages);
    }

    /// Treats the next so many messages that it receives as unreadable, though its sessions stay as they are.
    public void refuseNext(int messages) {
        listening.refuse(messages);
    }

    /// Forgets the sessions and sender keys of all devices of a user, as after a reinstallation of its storage.
    public void forgetSessions(User other) {
        for (int device = 0; device <= other.lastDevice(); device++) {
            desk.signal.forget(other.pn().withDevice(device));
        }
    }

    @Override
    public void deliver(Node stanza) {
        switch (stanza.tag()) {
            case "message" -> message(stanza);
            case "receipt" -> receipt(stanza);
            case "notification", "call" -> acknowledge(stanza);
            default -> {}
        }
    }

    private void message(Node stanza) {
        listening.message(stanza);
        @Nullable Heard heard = reading ? desk.log.find(stanza.require("id")) : null;
        if (heard != null && !heard.fromMe()) {
            read(heard.id());
        }
    }

    private void receipt(Node receipt) {
        String type = receipt.attr("type", "");
        switch (type) {
            case "retry" -> asking.asked(receipt);
            case "server-error" -> desk.files.asked(receipt);
            case "read", "played" -> confirmed(receipt, "read");
            case "", "inactive" -> confirmed(receipt, "delivered");
            default -> {}
        }
        acknowledge(receipt);
    }

    private void confirmed(Node receipt, String status) {
        Jid own = desk.device.user().lid();
        desk.log.confirmed(own, receipt.require("id"), status);
        Node list = receipt.child("list");
        if (list != null) {
            list.children("item").forEach(item -> desk.log.confirmed(own, item.require("id"), status));
        }
    }

    private void acknowledge(Node stanza) {
        desk.submit(Node.build("ack")
                .attr("class", stanza.tag())
                .attr("id", stanza.require("id"))
                .attr("to", stanza.requireJid("from"))
                .attr("participant", stanza.jid("participant"))
                .attr("type", stanza.attr("type"))
                .done());
        desk.supplyKeys();
    }

    @Override
    public void close() {
        desk.exit(stanza -> {});
    }
}
