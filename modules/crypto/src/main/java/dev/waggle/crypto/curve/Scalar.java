package dev.waggle.crypto.curve;

/// Numbers modulo the order L = 2^252 + 27742317777372353535851937790883648493 of the base point. Little-endian
/// bytes. Constant time: twelve limbs of 21 bits, whose excess folds back by 2^252 =
/// -27742317777372353535851937790883648493.
public final class Scalar {
    private static final int LIMB_BITS = 21;
    private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;
    /// -27742317777372353535851937790883648493 in signed limbs of 21 bits.
    private static final long[] FOLD = {666_643, 470_296, 654_183, -997_805, 136_657, -683_901};

    private static final byte[] ORDER = {
        (byte) 0xed,
        (byte) 0xd3,
        (byte) 0xf5,
        0x5c,
        0x1a,
        0x63,
        0x12,
        0x58,
        (byte) 0xd6,
        (byte) 0x9c,
        (byte) 0xf7,
        (byte) 0xa2,
        (byte) 0xde,
        (byte) 0xf9,
        (byte) 0xde,
        0x14,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0x10
    };

    private Scalar() {}

    /// A copy with the bits set as X25519 wants them: a multiple of 8 between 2^254 and 2^255.
    public static byte[] clamp(byte[] scalar) {
        byte[] k = scalar.clone();
        k[0] &= (byte) 0xf8;
        k[31] &= 0x7f;
        k[31] |= 0x40;
        return k;
    }

    /// 64 bytes modulo L, 32 bytes.
    public static byte[] reduce(byte[] wide) {
        return encode(fold(limbs(wide, 24)));
    }

    /// (a * b + c) modulo L; 32 bytes each, any value.
    public static byte[] multiplyAdd(byte[] a, byte[] b, byte[] c) {
        long[] x = limbs(a, 13);
        long[] y = limbs(b, 13);
        long[] sum = new long[26];
        System.arraycopy(limbs(c, 13), 0, sum, 0, 13);
        for (int i = 0; i < 13; i++) {
            for (int j = 0; j < 13; j++) {
                sum[i + j] += x[i] * y[j];
            }
        }
        for (int i = 0; i < 25; i++) {
            carryFloor(sum, i);
        }
        return encode(fold(sum));
    }

    /// True when the 32 bytes are a number below L.
    public static boolean isCanonicalVartime(byte[] scalar) {
        for (int i = 31; i >= 0; i--) {
            int difference = Byte.toUnsignedInt(scalar[i]) - Byte.toUnsignedInt(ORDER[i]);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    /// The bytes cut into `count` limbs of 21 bits; the last takes all that is left (29 bits of 64 bytes).
    private static long[] limbs(byte[] bytes, int count) {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            int bit = i * LIMB_BITS;
            long word = 0;
            for (int k = 0; k < 5 && (bit >> 3) + k < bytes.length; k++) {
                word |= (bytes[(bit >> 3) + k] & 0xffL) << (8 * k);
            }
            word >>>= bit & 7;
            out[i] = i == count - 1 ? word : word & LIMB_MASK;
        }
        return out;
    }

    /// From up to 26 limbs down to twelve; the shape (which limb is folded or carried when) never depends on
    /// values. The rounding carries leave a value within +-(2^251 + 2^147), so that the last fold, by 0 or -1, ends
    /// in [0, L).
    private static long[] fold(long[] s) {
        for (int i = s.length - 1; i >= 18; i--) {
            foldLimb(s, i);
        }
        for (int i = 6; i <= 17; i++) {
            carryRound(s, i);
        }
        foldLimb(s, 18);
        for (int i = 17; i >= 12; i--) {
            foldLimb(s, i);
        }
        for (int i = 0; i < 12; i++) {
            carryRound(s, i);
        }
        foldLimb(s, 12);
        for (int i = 0; i < 12; i++) {
            carryFloor(s, i);
        }
        foldLimb(s, 12);
        for (int i = 0; i < 11; i++) {
            carryFloor(s, i);
        }
        return s;
    }

    private static void foldLimb(long[] s, int i) {
        long excess = s[i];
        s[i] = 0;
        for (int k = 0; k < FOLD.length; k++) {
            s[i - 12 + k] += excess * FOLD[k];
        }
    }

    private static void carryFloor(long[] s, int i) {
        long carry = s[i] >> LIMB_BITS;
        s[i] -= carry << LIMB_BITS;
        s[i + 1] += carry;
    }

    private static void carryRound(long[] s, int i) {
        long carry = (s[i] + (1L << (LIMB_BITS - 1))) >> LIMB_BITS;
        s[i] -= carry << LIMB_BITS;
        s[i + 1] += carry;
    }

    private static byte[] encode(long[] s) {
        byte[] out = new byte[32];
        for (int i = 0; i < 12; i++) {
            int bit = i * LIMB_BITS;
            long word = s[i] << (bit & 7);
            for (int k = 0; k < 4 && (bit >> 3) + k < 32; k++) {
                out[(bit >> 3) + k] |= (byte) (word >>> (8 * k));
            }
        }
        return out;
    }
}
