package dev.waggle.wire.node;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One element of the XMPP-like binary tree: a tag, attributes in order, and text, bytes, children or nothing.
///
/// An attribute value is a `String` or a [Jid]: on the wire they differ and strict peers insist on the difference,
/// so a builder passes a [Jid] wherever the protocol has an address. Lookups are linear: stanzas carry a handful of
/// attributes.
public final class Node {
    static final Object[] NONE = new Object[0];

    private final String tag;
    private final Object[] attributes;
    private final @Nullable Object content;

    Node(String tag, Object[] attributes, @Nullable Object content) {
        this.tag = tag;
        this.attributes = attributes;
        this.content = content;
    }

    public static Node of(String tag) {
        return new Node(tag, NONE, null);
    }

    public static Node of(String tag, Node... children) {
        return new Node(tag, NONE, children.length == 0 ? null : List.of(children));
    }

    public static Node of(String tag, Bytes content) {
        return new Node(tag, NONE, content);
    }

    public static Builder build(String tag) {
        return new Builder(tag);
    }

    public String tag() {
        return tag;
    }

    public boolean is(String name) {
        return tag.equals(name);
    }

    public int attributeCount() {
        return attributes.length / 2;
    }

    public String attributeName(int index) {
        return (String) attributes[2 * index];
    }

    /// A `String` or a [Jid].
    public Object attributeValue(int index) {
        return attributes[2 * index + 1];
    }

    private @Nullable Object value(String name) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i].equals(name)) {
                return attributes[i + 1];
            }
        }
        return null;
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    /// The attribute as text (a JID in its text form), or null when absent.
    public @Nullable String attr(String name) {
        Object value = value(name);
        return value == null ? null : value.toString();
    }

    public String attr(String name, String otherwise) {
        Object value = value(name);
        return value == null ? otherwise : value.toString();
    }

    /// The attribute as a JID, or null when absent.
    ///
    /// @throws NodeException when it is text that is not a JID
    public @Nullable Jid jid(String name) {
        Object value = value(name);
        if (value == null || value instanceof Jid) {
            return (Jid) value;
        }
        try {
            return Jid.parse((String) value);
        } catch (IllegalArgumentException e) {
            throw new NodeException(tag + '.' + name, (String) value, "a JID");
        }
    }

    /// @throws NodeException when absent
    public String require(String name) {
        String value = attr(name);
        if (value == null) {
            throw new NodeException(tag + '.' + name, "absent", "an attribute");
        }
        return value;
    }

    /// @throws NodeException when absent or not a JID
    public Jid requireJid(String name) {
        Jid value = jid(name);
        if (value == null) {
            throw new NodeException(tag + '.' + name, "absent", "a JID");
        }
        return value;
    }

    /// @throws NodeException when present but not a decimal number
    public long number(String name, long otherwise) {
        String value = attr(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new NodeException(tag + '.' + name, value, "a decimal number");
        }
    }

    /// The children; empty when the content is bytes, text or nothing.
    @SuppressWarnings("unchecked")
    public List<Node> children() {
        return content instanceof List<?> list ? (List<Node>) list : List.of();
    }

    public @Nullable Node child(String name) {
        for (Node child : children()) {
            if (child.tag.equals(name)) {
                return child;
            }
        }
        return null;
    }

    public List<Node> children(String name) {
        List<Node> found = new ArrayList<>();
        for (Node child : children()) {
            if (child.tag.equals(name)) {
                found.add(child);
            }
        }
        return found;
    }

    /// @throws NodeException when absent
    public Node requireChild(String name) {
        Node child = child(name);
        if (child == null) {
            throw new NodeException(tag + '/' + name, "absent", "a child");
        }
        return child;
    }

    /// The content as bytes (text in UTF-8), or null when it is children or nothing.
    public @Nullable Bytes bytes() {
        return switch (content) {
            case Bytes bytes -> bytes;
            case String text -> Bytes.utf8(text);
            case Jid jid -> Bytes.utf8(jid.toString());
            case null, default -> null;
        };
    }

    /// @throws NodeException when there are no content bytes
    public Bytes requireBytes() {
        Bytes bytes = bytes();
        if (bytes == null) {
            throw new NodeException(tag, "no bytes", "content bytes");
        }
        return bytes;
    }

    /// @throws NodeException when there are not exactly `size` content bytes
    public Bytes requireBytes(int size) {
        Bytes bytes = requireBytes();
        if (bytes.size() != size) {
            throw new NodeException(tag, bytes.size() + " bytes", size + " bytes");
        }
        return bytes;
    }

    /// The content as text, or null when it is children or nothing.
    public @Nullable String text() {
        return switch (content) {
            case String text -> text;
            case Bytes bytes -> bytes.toUtf8();
            case Jid jid -> jid.toString();
            case null, default -> null;
        };
    }

    /// The raw content: `List<Node>`, [Bytes], `String`, [Jid] or null. For codecs.
    @Nullable
    Object content() {
        return content;
    }

    /// A copy with one attribute set or replaced.
    public Node with(String name, Object value) {
        Builder copy = new Builder(tag);
        boolean replaced = false;
        for (int i = 0; i < attributeCount(); i++) {
            boolean same = attributeName(i).equals(name);
            copy.put(attributeName(i), same ? value : attributeValue(i));
            replaced |= same;
        }
        if (!replaced) {
            copy.put(name, value);
        }
        copy.content = content;
        return copy.done();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Node that
                && tag.equals(that.tag)
                && Arrays.equals(attributes, that.attributes)
                && Objects.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tag, Arrays.hashCode(attributes), content);
    }

    /// The shape without contents: safe for a protocol trace, not for parsing.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<").append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append('=').append(attributes[i + 1]);
        }
        if (content instanceof List<?> children) {
            text.append('>');
            children.forEach(text::append);
            return text.append("</").append(tag).append('>').toString();
        }
        Bytes bytes = bytes();
        return text.append(bytes == null ? "/>" : ">[" + bytes.size() + "]").toString();
    }

    /// Collects attributes in order. Attributes whose value is null are left out, so optional ones need no `if`.
    public static final class Builder {
        private final String tag;
        private final List<Object> attributes = new ArrayList<>(12);
        private @Nullable Object content;

        private Builder(String tag) {
            this.tag = tag;
        }

        private void put(String name, Object value) {
            attributes.add(name);
            attributes.add(value);
        }

        public Builder attr(String name, @Nullable String value) {
            if (value != null) {
                put(name, value);
            }
            return this;
        }

        public Builder attr(String name, long value) {
            put(name, Long.toString(value));
            return this;
        }

        public Builder attr(String name, @Nullable Jid value) {
            if (value != null) {
                put(name, value);
            }
            return this;
        }

        public Builder content(Bytes bytes) {
            content = bytes;
            return this;
        }

        public Builder content(String text) {
            content = text;
            return this;
        }

        public Builder content(List<Node> children) {
            content = children.isEmpty() ? null : List.copyOf(children);
            return this;
        }

        public Builder content(Node... children) {
            return content(List.of(children));
        }

        public Node done() {
            return new Node(tag, attributes.isEmpty() ? NONE : attributes.toArray(), content);
        }
    }
}
