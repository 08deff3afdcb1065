package dev.waggle.crypto.curve;

/// Scalars cut into signed digits.
final class Digits {
    private Digits() {}

    /// 64 digits of -8..8, the lowest first; `scalar` is below 2^255. Constant time.
    static byte[] radix16(byte[] scalar) {
        byte[] digits = new byte[64];
        for (int i = 0; i < 32; i++) {
            digits[2 * i] = (byte) (scalar[i] & 15);
            digits[2 * i + 1] = (byte) ((scalar[i] >> 4) & 15);
        }
        int carry = 0;
        for (int i = 0; i < 63; i++) {
            int digit = digits[i] + carry;
            carry = (digit + 8) >> 4;
            digits[i] = (byte) (digit - (carry << 4));
        }
        digits[63] += (byte) carry;
        return digits;
    }

    /// The lowest first, each zero or odd with |digit| < 2^(width-1), at most one of any `width` neighbours not
    /// zero. `scalar` is 16 bytes, or 32 bytes below 2^253. Variable time.
    static int[] nonAdjacent(byte[] scalar, int width) {
        long[] words = new long[5];
        for (int i = 0; i < scalar.length / Long.BYTES; i++) {
            words[i] = Words.read(scalar, Long.BYTES * i);
        }
        int[] digits = new int[scalar.length * Byte.SIZE + 1];
        int size = 1 << width;
        int carry = 0;
        int position = 0;
        while (position < digits.length) {
            int window = carry + bits(words, position, size - 1);
            if ((window & 1) == 0) {
                position++;
                continue;
            }
            carry = window < size / 2 ? 0 : 1;
            digits[position] = window - carry * size;
            position += width;
        }
        return digits;
    }

    private static int bits(long[] words, int position, int mask) {
        int shift = position & 63;
        long word = words[position >> 6] >>> shift;
        if (shift > 0) {
            word |= words[(position >> 6) + 1] << (64 - shift);
        }
        return (int) word & mask;
    }
}
