package dev.waggle.wire.node;

import dev.waggle.address.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From the plaintext of one frame to its node.
///
/// The first byte holds flags: bit 0x02 says that the rest is a zlib stream. Attribute values come out as `String`
/// or [dev.waggle.address.Jid] as the sender wrote them; content as children, [Bytes], a string, a JID or nothing.
public final class NodeReader {
    private final NodeInput in;
    private final NodeLimits limits;
    private int nodes;

    private NodeReader(NodeInput in, NodeLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// @throws NodeException as [#read(byte[], NodeLimits)] with [NodeLimits#DEFAULT]
    public static Node read(byte[] plaintext) {
        return read(plaintext, NodeLimits.DEFAULT);
    }

    /// The array is not kept. Text that is not UTF-8 reads with U+FFFD in it: one odd name must not cost the
    /// connection.
    ///
    /// @param plaintext with its flag byte
    /// @throws NodeException when the bytes are not exactly one node, or ask for more than the limits allow
    public static Node read(byte[] plaintext, NodeLimits limits) {
        if (plaintext.length == 0) {
            throw new NodeException("payload", "0 bytes", "a flag byte and a node");
        }
        boolean compressed = (plaintext[0] & Wap.COMPRESSED) != 0;
        NodeInput in = compressed
                ? new NodeInput(Inflated.of(plaintext, 1, limits.inflatedBytesMax()), 0)
                : new NodeInput(plaintext, 1);
        Node node = new NodeReader(in, limits).node(limits.depthMax());
        in.requireEnd();
        return node;
    }

    private Node node(int depthLeft) {
        if (depthLeft == 0) {
            throw new NodeException("node depth", "more", "at most " + limits.depthMax());
        }
        if (++nodes > limits.nodesMax()) {
            throw new NodeException("nodes", "more", "at most " + limits.nodesMax());
        }
        int size = size(in.u8());
        if (size == 0) {
            throw new NodeException("node", "an empty list", "at least a tag");
        }
        in.requireLeft(size);
        String tag = in.name("tag");
        Object[] attributes = attributes((size - 1) >> 1);
        return new Node(tag, attributes, (size & 1) == 0 ? content(depthLeft - 1) : null);
    }

    private Object[] attributes(int count) {
        if (count == 0) {
            return Node.NONE;
        }
        Object[] attributes = new Object[2 * count];
        for (int i = 0; i < attributes.length; i += 2) {
            attributes[i] = in.name("attribute name");
            attributes[i + 1] = in.value(in.u8());
        }
        return attributes;
    }

    private @Nullable Object content(int depthLeft) {
        int tag = in.u8();
        return switch (tag) {
            case Wap.LIST_EMPTY -> null;
            case Wap.LIST_8, Wap.LIST_16 -> children(size(tag), depthLeft);
            case Wap.BINARY_8, Wap.BINARY_20, Wap.BINARY_32 -> Bytes.wrap(in.bytes(in.length(tag)));
            default -> in.value(tag);
        };
    }

    private @Nullable List<Node> children(int count, int depthLeft) {
        if (count == 0) {
            return null;
        }
        // A node takes at least its list tag, its size and its name.
        in.requireLeft(3 * count);
        Node[] children = new Node[count];
        for (int i = 0; i < count; i++) {
            children[i] = node(depthLeft);
        }
        return List.of(children);
    }

    private int size(int tag) {
        int size = switch (tag) {
            case Wap.LIST_EMPTY -> 0;
            case Wap.LIST_8 -> in.u8();
            case Wap.LIST_16 -> in.u16();
            default -> throw in.unexpected(tag, "a list");
        };
        if (size > limits.listItemsMax()) {
            throw new NodeException("list size", Integer.toString(size), "at most " + limits.listItemsMax());
        }
        return size;
    }
}
