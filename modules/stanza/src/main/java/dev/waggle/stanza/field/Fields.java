package dev.waggle.stanza.field;

import dev.waggle.address.AddressException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads attributes and contents with their limits. Every method throws [NodeException] and nothing else.
public final class Fields {
    /// The last second of the year 9999; a time after it is nonsense that later arithmetic would trip over.
    private static final long SECONDS_MAX = 253_402_300_799L;

    private Fields() {}

    /// A time in whole seconds since 1970, or null when absent.
    public static @Nullable Instant time(Node node, String name) {
        if (!node.has(name)) {
            return null;
        }
        return Instant.ofEpochSecond(number(node, name, 0, SECONDS_MAX, 0));
    }

    /// A required time in whole seconds since 1970.
    public static Instant requireTime(Node node, String name) {
        node.require(name);
        return Instant.ofEpochSecond(number(node, name, 0, SECONDS_MAX, 0));
    }

    /// A whole number within `min..max`, or `otherwise` when absent.
    public static long number(Node node, String name, long min, long max, long otherwise) {
        long value = node.number(name, otherwise);
        if (node.has(name) && (value < min || value > max)) {
            throw new NodeException(node.tag() + '.' + name, Long.toString(value), min + ".." + max);
        }
        return value;
    }

    /// A count or code within `0..2^31-1`, or `otherwise` when absent.
    public static int count(Node node, String name, int otherwise) {
        return (int) number(node, name, 0, Integer.MAX_VALUE, otherwise);
    }

    public static OptionalInt optionalCount(Node node, String name) {
        return node.has(name) ? OptionalInt.of(count(node, name, 0)) : OptionalInt.empty();
    }

    public static boolean isTrue(Node node, String name) {
        String value = node.attr(name, "");
        return value.equals("true") || value.equals("1");
    }

    /// The required message id in attribute `name`.
    public static MessageId messageId(Node node, String name) {
        String value = node.require(name);
        try {
            return new MessageId(value);
        } catch (AddressException _) {
            throw new NodeException(node.tag() + '.' + name, value, "a message id");
        }
    }

    /// The JID of a group whose attribute holds either the whole JID or only its user part.
    public static Jid groupId(Node node, String name) {
        String value = node.require(name);
        try {
            return value.indexOf('@') >= 0 ? Jid.parse(value) : Jid.group(value);
        } catch (AddressException _) {
            throw new NodeException(node.tag() + '.' + name, value, "a group id");
        }
    }

    /// Content bytes of exactly `size`, read as one unsigned big-endian number.
    public static int bigEndian(Node node, int size) {
        Bytes bytes = node.requireBytes(size);
        int value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | bytes.get(i) & 0xFF;
        }
        return value;
    }

    /// `value` as `size` big-endian bytes.
    public static Bytes bigEndian(int value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >>> 8 * (size - 1 - i));
        }
        return Bytes.wrap(bytes);
    }
}
