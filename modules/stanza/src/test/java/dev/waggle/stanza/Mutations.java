package dev.waggle.stanza;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Breaks well-formed nodes a little: drops, replaces and doubles attributes, children and contents.
final class Mutations {
    private static final List<Object> VALUES = List.of(
            "",
            "-1",
            "0",
            "7",
            "4294967296",
            "99999999999999999999",
            "253402300800",
            "x@y@z:1:2",
            "a:b@g.us",
            "1:70000@s.whatsapp.net",
            "true",
            "\u0000\uD83D",
            "x".repeat(300),
            "retry",
            "lid",
            "set",
            Samples.GROUP,
            Jid.SERVER,
            Samples.ALICE_LID.withDevice(65_535),
            Jid.of("1", "newsletter"));
    private static final List<String> NAMES = List.of("id", "from", "t", "type", "participant", "count", "jid", "code");

    private static final List<Node> SAMPLES = Samples.all();

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    Node of(Node node) {
        Node.Builder copy = Node.build(node.tag());
        for (int i = 0; i < node.attributeCount(); i++) {
            switch (random.nextInt(8)) {
                case 0 -> {}
                case 1 -> put(copy, node.attributeName(i), pick(VALUES));
                default -> put(copy, node.attributeName(i), node.attributeValue(i));
            }
        }
        if (random.nextInt(4) == 0) {
            put(copy, pick(NAMES), pick(VALUES));
        }
        Bytes bytes = node.bytes();
        return bytes == null ? copy.content(children(node)).done() : content(copy, bytes);
    }

    private List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        for (Node child : node.children()) {
            switch (random.nextInt(8)) {
                case 0 -> {}
                case 1 -> children.addAll(List.of(of(child), of(child)));
                case 2 -> children.add(of(pick(SAMPLES)));
                default -> children.add(of(child));
            }
        }
        return children;
    }

    private Node content(Node.Builder copy, Bytes bytes) {
        return switch (random.nextInt(6)) {
            case 0 -> copy.done();
            case 1 -> copy.content(Samples.bytes(random.nextInt(90), 1)).done();
            case 2 -> copy.content("text").done();
            case 3 -> copy.content(of(pick(SAMPLES))).done();
            default -> copy.content(bytes).done();
        };
    }

    private static void put(Node.Builder copy, String name, Object value) {
        if (value instanceof Jid jid) {
            copy.attr(name, jid);
        } else {
            copy.attr(name, value.toString());
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
