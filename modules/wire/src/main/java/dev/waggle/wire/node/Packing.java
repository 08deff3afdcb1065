package dev.waggle.wire.node;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Two characters in a byte: digits with `-` and `.` (nibbles) or upper-case hex digits. An odd text ends in the
/// nibble 15.
final class Packing {
    /// The longest text that travels packed.
    static final int CHARS_MAX = 127;

    /// Marks a byte that is no pair of nibble characters.
    static final short NO_PAIR = -1;

    static final int NIBBLE = 1;
    static final int HEX = 2;
    static final String NIBBLES = "0123456789-.";
    static final String HEXES = "0123456789ABCDEF";

    /// Packed bytes that [#spread] takes at a time.
    static final int WORD = 4;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /// One in each byte.
    private static final long EACH = 0x0101_0101_0101_0101L;

    private static final byte[] KINDS = new byte[128];
    private static final byte[] VALUES = new byte[128];
    private static final short[] NIBBLE_PAIRS = pairs(NIBBLES);
    private static final short[] HEX_PAIRS = pairs(HEXES);

    static {
        fill(HEXES, HEX);
        fill(NIBBLES, NIBBLE);
    }

    private Packing() {}

    private static void fill(String alphabet, int kind) {
        for (int i = 0; i < alphabet.length(); i++) {
            KINDS[alphabet.charAt(i)] |= (byte) kind;
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private static short[] pairs(String alphabet) {
        short[] pairs = new short[256];
        for (int i = 0; i < 256; i++) {
            int high = i >> 4;
            int low = i & 15;
            boolean known = high < alphabet.length() && low < alphabet.length();
            pairs[i] = known ? (short) ((alphabet.charAt(high) << 8) | alphabet.charAt(low)) : NO_PAIR;
        }
        return pairs;
    }

    /// The packings that hold the text: [#NIBBLE], [#HEX], both or 0.
    static int kinds(String text) {
        int kinds = NIBBLE | HEX;
        for (int i = 0; i < text.length() && kinds != 0; i++) {
            char c = text.charAt(i);
            kinds &= c < 128 ? KINDS[c] : 0;
        }
        return kinds;
    }

    /// Writes the packed text, whose characters one alphabet holds; returns the position after it.
    static int pack(String text, byte[] to, int at) {
        int even = text.length() & ~1;
        for (int i = 0; i < even; i += 2) {
            to[at++] = (byte) ((VALUES[text.charAt(i)] << 4) | VALUES[text.charAt(i + 1)]);
        }
        if (even < text.length()) {
            to[at++] = (byte) ((VALUES[text.charAt(even)] << 4) | 15);
        }
        return at;
    }

    /// Four packed bytes as eight, a value of 0..15 in each.
    static long spread(byte[] packed, int at) {
        long values = (int) INTS.get(packed, at) & 0xFFFF_FFFFL;
        values = (values | values << 16) & 0x0000_FFFF_0000_FFFFL;
        values = (values | values << 8) & 0x00FF_00FF_00FF_00FFL;
        return (values | values << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
    }

    /// True when every value is one of the nibble alphabet.
    static boolean areNibbles(long values) {
        return (values + (16 - NIBBLES.length()) * EACH & 0x10 * EACH) == 0;
    }

    /// The eight characters of the values, all in the alphabet, from `at` on.
    static void characters(long values, boolean nibbles, byte[] to, int at) {
        // One in each byte whose value is not a digit: those characters do not follow the digits.
        long others = (values + 6 * EACH) >>> 4 & EACH;
        long digits = values + '0' * EACH;
        LONGS.set(to, at, nibbles ? digits - ('0' + 10 - '-') * others : digits + ('A' - '0' - 10) * others);
    }

    /// Both characters of a packed byte, the first in the high half, or [#NO_PAIR].
    static short nibblePair(int packed) {
        return NIBBLE_PAIRS[packed];
    }

    static short hexPair(int packed) {
        return HEX_PAIRS[packed];
    }
}
