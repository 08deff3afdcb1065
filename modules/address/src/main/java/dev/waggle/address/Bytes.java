package dev.waggle.address;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable byte string with value equality, for records and events. Methods that compute take and give
/// `byte[]`. `toString` shows only the length: keys and texts travel in it.
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /// Copies.
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /// Takes the array as its own; the caller must not touch it again.
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws AddressException when the text is not an even number of hex digits
    public static Bytes hex(String text) {
        try {
            return wrap(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new AddressException("hex", text, "an even number of hex digits");
        }
    }

    public int size() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    public byte get(int index) {
        return array[index];
    }

    /// A copy.
    public byte[] toArray() {
        return array.clone();
    }

    /// The array itself, for codecs and ciphers that only read; never write to it, never keep it.
    public byte[] unsafeArray() {
        return array;
    }

    public Bytes slice(int from, int to) {
        return wrap(Arrays.copyOfRange(array, from, to));
    }

    public String toUtf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    public String toHex() {
        return HexFormat.of().formatHex(array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return "Bytes[" + array.length + "]";
    }
}
