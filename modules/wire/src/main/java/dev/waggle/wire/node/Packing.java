package dev.waggle.wire.node;

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

    /// Both characters of a packed byte, the first in the high half, or [#NO_PAIR].
    static short nibblePair(int packed) {
        return NIBBLE_PAIRS[packed];
    }

    static short hexPair(int packed) {
        return HEX_PAIRS[packed];
    }
}
