package dev.waggle.simulator.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.exchange.Hall.Client;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import dev.waggle.wire.node.NodeReader;
import dev.waggle.wire.node.NodeWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever stanza a client sends, no step of the exchange fails and the others are served.
final class HostileStanzasTest {
    private final Hall hall = new Hall();
    private final Client ann = hall.client(hall.user("ann"));
    private final Client bob = hall.client(hall.user("bob"));

    @AfterEach
    void close() {
        hall.close();
    }

    private List<Node> samples() {
        Jid to = bob.device.pn();
        Node user = Node.build("user").attr("jid", to).done();
        return List.of(
                hall.message(to.bare(), "M1", bob.device),
                retry(to),
                Node.build("ack")
                        .attr("id", "M1")
                        .attr("class", "message")
                        .attr("to", to)
                        .done(),
                Node.build("presence")
                        .attr("type", "available")
                        .attr("name", "ann")
                        .done(),
                Node.build("chatstate")
                        .attr("to", to)
                        .content(Node.of("composing"))
                        .done(),
                Hall.iq("get", "encrypt", Jid.SERVER, Node.of("count")),
                Hall.iq("get", "encrypt", Jid.SERVER, Node.of("key", user)),
                upload(),
                Hall.iq("get", "usync", Jid.SERVER, usync(user)),
                Hall.iq("set", "w:g2", Jid.of("", "g.us"), group(to)),
                Hall.iq("set", "passive", Jid.SERVER, Node.of("active")));
    }

    private static Node retry(Jid to) {
        Node retry = Node.build("retry")
                .attr("count", 1)
                .attr("id", "M1")
                .attr("t", "1")
                .attr("v", 1)
                .done();
        Node registration = Node.of("registration", Bytes.hex("00000009"));
        return Node.build("receipt")
                .attr("id", "M1")
                .attr("to", to)
                .attr("type", "retry")
                .content(retry, registration)
                .done();
    }

    private Node upload() {
        Node id = Node.of("id", Bytes.hex("000001"));
        Node value = Node.of("value", hall.bytes(32));
        return Hall.iq(
                "set",
                "encrypt",
                Jid.SERVER,
                Node.of("registration", Bytes.hex("00000009")),
                Node.of("type", Bytes.hex("05")),
                Node.of("identity", hall.bytes(32)),
                Node.of("list", Node.of("key", id, value)),
                Node.of("skey", id, value, Node.of("signature", hall.bytes(64))));
    }

    private static Node usync(Node user) {
        Node query = Node.of("query", Node.build("devices").attr("version", 2).done());
        return Node.build("usync")
                .attr("sid", "1")
                .attr("index", "0")
                .attr("last", "true")
                .attr("mode", "query")
                .attr("context", "message")
                .content(query, Node.of("list", user))
                .done();
    }

    private static Node group(Jid member) {
        Node participant = Node.build("participant").attr("jid", member.bare()).done();
        return Node.build("create")
                .attr("subject", "bees")
                .attr("key", "k")
                .content(participant)
                .done();
    }

    @Test
    void thousands_of_broken_stanzas_fail_no_step_and_close_nobody_else() {
        Random dice = new Random(31);
        List<byte[]> valid = samples().stream().map(NodeWriter::write).toList();
        Routes routes = new Routes(hall.exchange);
        int sent = 0;
        for (int i = 0; i < 6_000; i++) {
            byte[] spoilt = valid.get(i % valid.size()).clone();
            for (int n = dice.nextInt(1, 4); n > 0; n--) {
                spoilt[1 + dice.nextInt(spoilt.length - 1)] = (byte) dice.nextInt();
            }
            Node stanza;
            try {
                stanza = NodeReader.read(spoilt);
            } catch (NodeException e) {
                continue;
            }
            hall.on(() -> {
                routes.stanza(ann.device, stanza);
                return 0;
            });
            sent++;
        }
        assertThat(sent).isGreaterThan(1_000);
        assertThat(bob.closed).isFalse();
        assertThat(hall.ask(bob, Hall.iq("get", "encrypt", Jid.SERVER, Node.of("count")))
                        .require("type"))
                .isEqualTo("result");
    }
}
