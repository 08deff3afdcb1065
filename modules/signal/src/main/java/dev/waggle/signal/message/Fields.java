package dev.waggle.signal.message;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.waggle.signal.SignalException;
import java.io.IOException;

/// The common frame of the four messages: version byte, at most six protobuf fields, a tag of fixed length.
/// Written by hand because these are on the path of every message.
final class Fields {
    static final byte VERSION = 0x33;
    private static final int SESSION_VERSION = 3;
    /// A message is at most one stanza; WhatsApp's stay far below.
    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    private final String name;
    private final byte[][] bytes = new byte[7][];
    private final int[] ints = new int[7];
    private int present;

    private Fields(String name) {
        this.name = name;
    }

    /// Reads what stands between version byte and tag.
    static Fields read(String name, byte[] message, int tagBytes) {
        checkFrame(name, message, tagBytes);
        var fields = new Fields(name);
        var in = CodedInputStream.newInstance(message, 1, message.length - 1 - tagBytes);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                fields.accept(tag, in);
            }
        } catch (IOException e) {
            throw new SignalException(name, message.length + " bytes", "a protobuf message");
        }
        return fields;
    }

    private static void checkFrame(String name, byte[] message, int tagBytes) {
        if (message.length <= 1 + tagBytes || message.length > MESSAGE_BYTES_MAX) {
            throw new SignalException(name, message.length + " bytes", "more than " + (1 + tagBytes));
        }
        int version = (message[0] & 0xF0) >> 4;
        if (version != SESSION_VERSION || (message[0] & 0x0F) < SESSION_VERSION) {
            throw new SignalException(name + " version", version, "" + SESSION_VERSION);
        }
    }

    private void accept(int tag, CodedInputStream in) throws IOException {
        int field = WireFormat.getTagFieldNumber(tag);
        int type = WireFormat.getTagWireType(tag);
        boolean known = field < bytes.length;
        if (known && type == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            bytes[field] = in.readByteArray();
        } else if (known && type == WireFormat.WIRETYPE_VARINT) {
            ints[field] = in.readUInt32();
            present |= 1 << field;
        } else {
            in.skipField(tag);
        }
    }

    boolean has(int field) {
        return (present & 1 << field) != 0;
    }

    byte[] bytes(int field, String what) {
        var value = bytes[field];
        if (value == null || value.length == 0) {
            throw new SignalException(name + " " + what, "absent", "present");
        }
        return value;
    }

    /// 32 bits, to be compared as they are.
    int id(int field, String what) {
        if (!has(field)) {
            throw new SignalException(name + " " + what, "absent", "present");
        }
        return ints[field];
    }

    /// The last number is refused, so that there is always a next one.
    int counter(int field, String what) {
        int counter = id(field, what);
        if (counter < 0 || counter == Integer.MAX_VALUE) {
            throw new SignalException(name + " " + what, Integer.toUnsignedString(counter), "< 2^31 - 1");
        }
        return counter;
    }

    int idOr(int field, int absent) {
        return has(field) ? ints[field] : absent;
    }

    /// Writes into an array of exactly the given size behind the version byte.
    static byte[] write(int bodyBytes, Body body) {
        var message = new byte[1 + bodyBytes];
        message[0] = VERSION;
        var out = CodedOutputStream.newInstance(message, 1, bodyBytes);
        try {
            body.write(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("an array does not fail", e);
        }
        return message;
    }

    interface Body {
        void write(CodedOutputStream out) throws IOException;
    }
}
