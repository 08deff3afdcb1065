package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.PreKeyServer;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.iq.Questions;
import dev.waggle.simulator.iq.Registry;
import dev.waggle.simulator.media.MediaShelf;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.Optional;

/// What happens to each stanza of a linked device. A malformed one is answered like the real server answers it and
/// hurts nobody else.
final class Routes {
    private final Exchange exchange;
    private final Messages messages;
    private final Receipts receipts;
    private final Questions questions;

    Routes(Exchange exchange) {
        this.exchange = exchange;
        this.messages = new Messages(exchange);
        this.receipts = new Receipts(exchange);
        this.questions = new Questions(new ExchangeRegistry(exchange));
    }

    Questions questions() {
        return questions;
    }

    void stanza(Device from, Node stanza) {
        try {
            if (exchange.inspector().stanza(from, stanza) instanceof Verdict.Refused refused) {
                refuse(from, stanza, refused.code(), refused.rule());
            } else {
                route(from, stanza);
            }
        } catch (NodeException | IllegalArgumentException | IllegalStateException e) {
            exchange.report().violation("malformed", from.pn(), String.valueOf(e.getMessage()));
            refuse(from, stanza, stanza.is("message") ? 479 : 400, "bad-request");
        }
    }

    private void refuse(Device from, Node stanza, int code, String text) {
        exchange.report().add("refused", 1);
        Line line = exchange.line(from);
        switch (stanza.tag()) {
            case "message" -> line.sendNow(Replies.refused(stanza, code));
            case "iq" -> line.sendNow(Replies.error(stanza, code, text));
            case "receipt" -> line.sendNow(Replies.acked(stanza).with("error", Integer.toString(code)));
            default -> {
                // nothing waits for an answer
            }
        }
    }

    private void route(Device from, Node stanza) {
        switch (stanza.tag()) {
            case "message" -> messages.accept(from, stanza);
            case "receipt" -> receipts.accept(from, stanza);
            case "ack" -> exchange.line(from).confirm(stanza.require("class"), stanza.require("id"), stanza.jid("to"));
            case "iq" -> question(from, stanza);
            case "presence" -> presence(from, stanza);
            case "chatstate" -> chatstate(from, stanza);
            case "call" -> exchange.line(from).sendNow(Replies.acked(stanza));
            case "ib" -> batch(from, stanza);
            default -> exchange.report().violation("unknown-stanza", from.pn(), stanza.tag());
        }
    }

    private void question(Device from, Node iq) {
        String type = iq.attr("type", "");
        if (!type.equals("get") && !type.equals("set")) {
            return;
        }
        iq.require("id");
        boolean passive = iq.attr("xmlns", "").equals("passive");
        Node answer = passive ? Replies.result(iq) : questions.answer(from, iq);
        exchange.line(from).sendNow(answer);
        if (passive && iq.child("active") != null) {
            exchange.line(from).activate();
        }
    }

    private void presence(Device from, Node presence) {
        String name = presence.attr("name", "");
        if (!name.isEmpty()) {
            from.user().pushName(name);
        }
    }

    private void chatstate(Device from, Node state) {
        Jid to = state.requireJid("to");
        User user = exchange.directory().user(to);
        if (user == null) {
            return;
        }
        Node copy = Node.build("chatstate")
                .attr("from", from.user().like(to))
                .content(state.children())
                .done();
        for (Device device : user.devices()) {
            if (exchange.online(device)) {
                exchange.line(device).sendNow(copy);
            }
        }
    }

    private void batch(Device from, Node ib) {
        Node batch = ib.child("offline_batch");
        if (batch != null) {
            exchange.line(from).batch(batch.number("count", 1));
        }
    }

    /// The exchange as the answers see it.
    private record ExchangeRegistry(Exchange exchange) implements Registry {
        @Override
        public Directory directory() {
            return exchange.directory();
        }

        @Override
        public Groups groups() {
            return exchange.groups();
        }

        @Override
        public PreKeyServer preKeys() {
            return exchange.preKeys();
        }

        @Override
        public Optional<Fault> strike(Fault.Kind kind, Device device) {
            return exchange.faults().strike(kind, device);
        }

        @Override
        public void count(String counter) {
            exchange.report().add(counter, 1);
        }

        @Override
        public long now() {
            return exchange.now();
        }

        @Override
        public Bytes keyIndexList(User user) {
            return exchange.phones().keyIndexList(user);
        }

        @Override
        public MediaShelf media() {
            return exchange.media();
        }

        @Override
        public int membersMax() {
            return exchange.limits().membersMax();
        }

        @Override
        public void send(Device to, Node notification) {
            exchange.line(to).send(notification);
        }

        @Override
        public String nextId() {
            return exchange.nextNotification();
        }

        @Override
        public void remove(Device device) {
            exchange.run(() -> exchange.remove(device));
        }
    }
}
