package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import java.io.ByteArrayOutputStream;

/// Writes protobuf fields in the order of the calls.
public final class FieldsWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    /// A varint field.
    public FieldsWriter number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    /// A bare varint, as packed repeated fields hold them.
    public FieldsWriter packed(long value) {
        varint(value);
        return this;
    }

    public FieldsWriter bytes(int field, Bytes value) {
        varint((long) field << 3 | 2);
        varint(value.size());
        out.write(value.unsafeArray(), 0, value.size());
        return this;
    }

    public FieldsWriter text(int field, String value) {
        return bytes(field, Bytes.utf8(value));
    }

    public FieldsWriter message(int field, FieldsWriter value) {
        return bytes(field, value.done());
    }

    /// Fields that were written before.
    public FieldsWriter raw(Bytes fields) {
        out.write(fields.unsafeArray(), 0, fields.size());
        return this;
    }

    public Bytes done() {
        return Bytes.wrap(out.toByteArray());
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
