package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields of one protobuf message by number, read from the wire form without any schema. Where a number comes
/// twice, the last one counts. The simulator judges clients, so it does not share their generated code.
///
/// At most 1,024 different fields; groups are refused.
public final class Fields {
    private static final int FIELDS_MAX = 1024;

    private final Map<Integer, Object> values = new HashMap<>();
    private final String name;

    private Fields(String name) {
        this.name = name;
    }

    /// @param name how errors call the message
    /// @throws FieldException when the bytes are not a protobuf message
    public static Fields read(String name, Bytes bytes) {
        Fields fields = new Fields(name);
        Cursor cursor = new Cursor(name, bytes);
        while (cursor.more()) {
            fields.readOne(cursor);
        }
        return fields;
    }

    private void readOne(Cursor cursor) {
        long tag = cursor.varint();
        long number = tag >>> 3;
        if (number < 1 || number > 536_870_911 || values.size() >= FIELDS_MAX) {
            throw new FieldException(name, "field " + number, "a field number, at most " + FIELDS_MAX + " fields");
        }
        Object value = switch ((int) (tag & 7)) {
            case 0 -> cursor.varint();
            case 1 -> cursor.little(8);
            case 2 -> cursor.block();
            case 5 -> cursor.little(4);
            default -> throw new FieldException(name, "wire type " + (tag & 7), "0, 1, 2 or 5");
        };
        values.put((int) number, value);
    }

    public boolean has(int number) {
        return values.containsKey(number);
    }

    /// True when there is no field but these.
    public boolean only(Integer... numbers) {
        return Set.of(numbers).containsAll(values.keySet());
    }

    /// A length-delimited field.
    ///
    /// @throws FieldException when the field is there with another wire type
    public Optional<Bytes> bytes(int number) {
        return switch (values.get(number)) {
            case null -> Optional.empty();
            case Bytes bytes -> Optional.of(bytes);
            default -> throw new FieldException(name + '.' + number, "a number", "bytes");
        };
    }

    /// @throws FieldException when absent
    public Bytes require(int number) {
        return bytes(number).orElseThrow(() -> new FieldException(name + '.' + number, "absent", "bytes"));
    }

    /// @throws FieldException when there are not exactly `size` bytes
    public Bytes require(int number, int size) {
        Bytes bytes = require(number);
        if (bytes.size() != size) {
            throw new FieldException(name + '.' + number, bytes.size() + " bytes", size + " bytes");
        }
        return bytes;
    }

    /// A public key as Signal writes it, `05` first, given without that byte.
    ///
    /// @throws FieldException when it is not one
    public Bytes requireKey(int number) {
        Bytes key = require(number, 33);
        if (key.get(0) != 5) {
            throw new FieldException(name + '.' + number, "key type " + key.get(0), "5");
        }
        return key.slice(1, 33);
    }

    /// A varint or fixed field.
    ///
    /// @throws FieldException when the field is there with another wire type
    public long number(int number, long otherwise) {
        return switch (values.get(number)) {
            case null -> otherwise;
            case Long value -> value;
            default -> throw new FieldException(name + '.' + number, "bytes", "a number");
        };
    }

    /// @throws FieldException when absent or not a number
    public long requireNumber(int number) {
        if (!has(number)) {
            throw new FieldException(name + '.' + number, "absent", "a number");
        }
        return number(number, 0);
    }

    /// A nested message; empty when absent.
    ///
    /// @throws FieldException when it is not a message
    public Optional<Fields> message(int number, String called) {
        return bytes(number).map(bytes -> read(called, bytes));
    }

    private static final class Cursor {
        private final String name;
        private final byte[] bytes;
        private int at;

        Cursor(String name, Bytes bytes) {
            this.name = name;
            this.bytes = bytes.unsafeArray();
        }

        boolean more() {
            return at < bytes.length;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < 70; shift += 7) {
                byte next = one();
                value |= shift < 64 ? (long) (next & 0x7f) << shift : 0;
                if (next >= 0) {
                    return value;
                }
            }
            throw new FieldException(name, "varint of more than 10 bytes", "at most 10");
        }

        private byte one() {
            if (at >= bytes.length) {
                throw new FieldException(name, "end at byte " + at, "more bytes");
            }
            return bytes[at++];
        }

        long little(int size) {
            long value = 0;
            for (int i = 0; i < size; i++) {
                value |= (one() & 0xffL) << (8 * i);
            }
            return value;
        }

        Bytes block() {
            long size = varint();
            if (size < 0 || size > bytes.length - at) {
                throw new FieldException(name, "block of " + size + " bytes", "at most " + (bytes.length - at));
            }
            at += (int) size;
            return Bytes.wrap(Arrays.copyOfRange(bytes, at - (int) size, at));
        }
    }
}
