package dev.waggle.stanza;

import dev.waggle.address.Bytes;
import dev.waggle.wire.node.Node;
import java.util.List;

/// Well-formed replies to questions, for tests that break them.
final class Replies {
    private Replies() {}

    private static Node result(Node content) {
        return Node.build("iq")
                .attr("id", "1")
                .attr("type", "result")
                .content(content)
                .done();
    }

    private static Node devices() {
        Node device = Node.build("device").attr("id", 3).attr("key-index", 2).done();
        Node devices =
                Node.of("devices", Node.of("device-list", device), Node.of("key-index-list", Samples.bytes(20, 1)));
        return Node.build("user")
                .attr("jid", Samples.BOB)
                .content(
                        devices,
                        Node.build("lid").attr("val", Samples.BOB_LID).done(),
                        Node.build("contact").attr("type", "in").content("+49").done())
                .done();
    }

    private static Node bundle() {
        return Node.build("user")
                .attr("jid", Samples.BOB.withDevice(3))
                .content(
                        Node.of("registration", Bytes.hex("00000009")),
                        Node.of("identity", Samples.bytes(32, 2)),
                        Samples.signedKey(),
                        Samples.oneTimeKey())
                .done();
    }

    private static Node digest() {
        return Node.of(
                "digest",
                Node.of("registration", Bytes.hex("00000009")),
                Samples.signedKey(),
                Node.of("list", Node.of("id", Bytes.hex("000001"))),
                Node.of("hash", Samples.bytes(20, 1)));
    }

    private static Node mediaHosts() {
        return Node.build("media_conn")
                .attr("auth", "secret")
                .attr("ttl", 300)
                .attr("auth_ttl", 200)
                .content(
                        Node.build("host")
                                .attr("hostname", "mmg-fna.example")
                                .attr("type", "fallback")
                                .done(),
                        Node.build("host")
                                .attr("hostname", "mmg.example:8443")
                                .attr("fallback_hostname", "mmg-2.example")
                                .done())
                .done();
    }

    static List<Node> all() {
        return List.of(
                result(mediaHosts()),
                result(Node.build("count").attr("value", 8).done()),
                result(digest()),
                result(Node.of("list", bundle())),
                result(Node.of("usync", Node.of("list", devices()))),
                result(Samples.group()),
                result(Node.of("groups", Samples.group())),
                result(Node.of(
                        "props",
                        Node.build("prop").attr("name", "a").attr("value", "b").done())),
                result(Node.of(
                        "list", Node.build("item").attr("jid", Samples.BOB).done())),
                result(Node.of(
                        "privacy",
                        Node.build("category")
                                .attr("name", "a")
                                .attr("value", "b")
                                .done())),
                Node.build("iq")
                        .attr("type", "error")
                        .content(Node.build("error")
                                .attr("code", 404)
                                .attr("backoff", 3)
                                .done())
                        .done());
    }
}
