package dev.waggle.wire.node;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import java.util.List;

/// From a node to the plaintext of one frame: a flag byte 0x00 (never compressed), then the tree.
///
/// Every string takes its shortest form: token, packed digits or hex digits, or UTF-8. A string that looks like a
/// JID stays a
/// string; only a [Jid] becomes a JID token.
public final class NodeWriter {
    /// One buffer per writing thread, so that the only allocation is the result; larger ones are not kept.
    private static final ThreadLocal<NodeOutput> SPARE = ThreadLocal.withInitial(NodeOutput::new);

    private final NodeOutput out;

    private NodeWriter(NodeOutput out) {
        this.out = out;
    }

    /// @throws NodeException when the tree is deeper than 128, a list has more than 65,535 items, or a JID does not
    /// fit the wire
    public static byte[] write(Node node) {
        NodeOutput out = SPARE.get();
        out.begin();
        new NodeWriter(out).node(node, NodeLimits.DEFAULT.depthMax());
        return out.finish();
    }

    private void node(Node node, int depthLeft) {
        if (depthLeft == 0) {
            throw new NodeException(
                    "node depth", "too deep at " + node.tag(), "at most " + NodeLimits.DEFAULT.depthMax());
        }
        if (node.tag().isEmpty()) {
            throw new NodeException("tag", "empty", "a name");
        }
        Object content = node.content();
        int attributes = node.attributeCount();
        out.list(2 * attributes + (content == null ? 1 : 2));
        out.string(node.tag());
        for (int i = 0; i < attributes; i++) {
            out.string(node.attributeName(i));
            value(node.attributeValue(i));
        }
        if (content != null) {
            content(content, depthLeft - 1);
        }
    }

    private void value(Object value) {
        if (value instanceof String text) {
            out.string(text);
        } else {
            out.jid((Jid) value);
        }
    }

    private void content(Object content, int depthLeft) {
        switch (content) {
            case Bytes bytes -> out.bytes(bytes.unsafeArray());
            case List<?> children -> children(children, depthLeft);
            default -> value(content);
        }
    }

    private void children(List<?> children, int depthLeft) {
        int size = children.size();
        out.list(size);
        for (int i = 0; i < size; i++) {
            node((Node) children.get(i), depthLeft);
        }
    }
}
