package dev.waggle.crypto.curve;

import static java.lang.Math.unsignedMultiplyHigh;

/// A number modulo 2^255 - 19 as five limbs of 51 bits, mutable, written by the method called on it
/// (`out.multiply(a, b)`).
///
/// Limbs are allowed to grow: a product or a parsed number has limbs below 2^51 + 2^18, a sum of two of those below
/// 2^53, a difference below 2^54. Factors must stay below 2^54, subtrahends below 2^53 - 76; nothing checks it,
/// every formula in this package is built to keep it, so that sums and differences need no carry.
final class FieldElement {
    private static final long MASK = (1L << 51) - 1;
    private static final long FOUR_P0 = 4 * ((1L << 51) - 19);
    private static final long FOUR_P = 4 * ((1L << 51) - 1);
    private static final int LIMBS = 5;

    private long l0;
    private long l1;
    private long l2;
    private long l3;
    private long l4;

    static FieldElement zero() {
        return new FieldElement();
    }

    static FieldElement one() {
        return zero().setSmall(1);
    }

    /// 32 bytes little-endian; the top bit is ignored, a number above the prime is taken modulo the prime.
    static FieldElement parse(byte[] bytes) {
        FieldElement out = new FieldElement();
        long w0 = Words.read(bytes, 0);
        long w1 = Words.read(bytes, 8);
        long w2 = Words.read(bytes, 16);
        long w3 = Words.read(bytes, 24);
        out.l0 = w0 & MASK;
        out.l1 = (w0 >>> 51 | w1 << 13) & MASK;
        out.l2 = (w1 >>> 38 | w2 << 26) & MASK;
        out.l3 = (w2 >>> 25 | w3 << 39) & MASK;
        out.l4 = w3 >>> 12 & MASK;
        return out;
    }

    FieldElement setSmall(long value) {
        l0 = value;
        l1 = l2 = l3 = l4 = 0;
        return this;
    }

    FieldElement set(FieldElement a) {
        l0 = a.l0;
        l1 = a.l1;
        l2 = a.l2;
        l3 = a.l3;
        l4 = a.l4;
        return this;
    }

    FieldElement copy() {
        return new FieldElement().set(this);
    }

    void add(FieldElement a, FieldElement b) {
        l0 = a.l0 + b.l0;
        l1 = a.l1 + b.l1;
        l2 = a.l2 + b.l2;
        l3 = a.l3 + b.l3;
        l4 = a.l4 + b.l4;
    }

    void subtract(FieldElement a, FieldElement b) {
        l0 = a.l0 + FOUR_P0 - b.l0;
        l1 = a.l1 + FOUR_P - b.l1;
        l2 = a.l2 + FOUR_P - b.l2;
        l3 = a.l3 + FOUR_P - b.l3;
        l4 = a.l4 + FOUR_P - b.l4;
    }

    void negate(FieldElement a) {
        l0 = FOUR_P0 - a.l0;
        l1 = FOUR_P - a.l1;
        l2 = FOUR_P - a.l2;
        l3 = FOUR_P - a.l3;
        l4 = FOUR_P - a.l4;
    }

    /// A product p of two limbs counts p mod 2^51 in its column and p >> 51 in the next. With the factors shifted
    /// left by 13 together, the first is the product's lower word shifted back, the second its upper word: no
    /// 128-bit sums, no masks.
    void multiply(FieldElement a, FieldElement b) {
        long a0 = a.l0 << 10;
        long a1 = a.l1 << 10;
        long a2 = a.l2 << 10;
        long a3 = a.l3 << 10;
        long a4 = a.l4 << 10;
        long b0 = b.l0 << 3;
        long b1 = b.l1 << 3;
        long b2 = b.l2 << 3;
        long b3 = b.l3 << 3;
        long b4 = b.l4 << 3;
        long c1 = 19 * b1;
        long c2 = 19 * b2;
        long c3 = 19 * b3;
        long c4 = 19 * b4;
        carryColumns(
                low(a0, b0) + low(a1, c4) + low(a2, c3) + low(a3, c2) + low(a4, c1),
                low(a0, b1) + low(a1, b0) + low(a2, c4) + low(a3, c3) + low(a4, c2),
                low(a0, b2) + low(a1, b1) + low(a2, b0) + low(a3, c4) + low(a4, c3),
                low(a0, b3) + low(a1, b2) + low(a2, b1) + low(a3, b0) + low(a4, c4),
                low(a0, b4) + low(a1, b3) + low(a2, b2) + low(a3, b1) + low(a4, b0),
                high(a0, b0) + high(a1, c4) + high(a2, c3) + high(a3, c2) + high(a4, c1),
                high(a0, b1) + high(a1, b0) + high(a2, c4) + high(a3, c3) + high(a4, c2),
                high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, c4) + high(a4, c3),
                high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, c4),
                high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0));
    }

    void square(FieldElement a) {
        long a0 = a.l0 << 10;
        long a1 = a.l1 << 10;
        long a2 = a.l2 << 10;
        long a3 = a.l3 << 10;
        long a4 = a.l4 << 10;
        long b0 = a.l0 << 3;
        long b1 = a.l1 << 3;
        long b2 = a.l2 << 3;
        long b3 = a.l3 << 3;
        long b4 = a.l4 << 3;
        long d0 = 2 * b0;
        long d1 = 2 * b1;
        long c3 = 19 * b3;
        long c4 = 19 * b4;
        long e3 = 2 * c3;
        long e4 = 2 * c4;
        carryColumns(
                low(a0, b0) + low(a1, e4) + low(a2, e3),
                low(a1, d0) + low(a2, e4) + low(a3, c3),
                low(a2, d0) + low(a1, b1) + low(a3, e4),
                low(a3, d0) + low(a2, d1) + low(a4, c4),
                low(a4, d0) + low(a3, d1) + low(a2, b2),
                high(a0, b0) + high(a1, e4) + high(a2, e3),
                high(a1, d0) + high(a2, e4) + high(a3, c3),
                high(a2, d0) + high(a1, b1) + high(a3, e4),
                high(a3, d0) + high(a2, d1) + high(a4, c4),
                high(a4, d0) + high(a3, d1) + high(a2, b2));
    }

    void squareTimes(FieldElement a, int times) {
        square(a);
        for (int i = 1; i < times; i++) {
            square(this);
        }
    }

    /// `factor` is below 2^20.
    void multiplySmall(FieldElement a, long factor) {
        long k = factor << 3;
        long a0 = a.l0 << 10;
        long a1 = a.l1 << 10;
        long a2 = a.l2 << 10;
        long a3 = a.l3 << 10;
        long a4 = a.l4 << 10;
        carryColumns(
                low(a0, k),
                low(a1, k),
                low(a2, k),
                low(a3, k),
                low(a4, k),
                high(a0, k),
                high(a1, k),
                high(a2, k),
                high(a3, k),
                high(a4, k));
    }

    private static long low(long x, long y) {
        return (x * y) >>> 13;
    }

    private static long high(long x, long y) {
        return unsignedMultiplyHigh(x, y);
    }

    private void carryColumns(
            long low0,
            long low1,
            long low2,
            long low3,
            long low4,
            long high0,
            long high1,
            long high2,
            long high3,
            long high4) {
        carry(low0 + 19 * high4, low1 + high0, low2 + high1, low3 + high2, low4 + high3);
    }

    private void carry(long c0, long c1, long c2, long c3, long c4) {
        l0 = (c0 & MASK) + 19 * (c4 >>> 51);
        l1 = (c1 & MASK) + (c0 >>> 51);
        l2 = (c2 & MASK) + (c1 >>> 51);
        l3 = (c3 & MASK) + (c2 >>> 51);
        l4 = (c4 & MASK) + (c3 >>> 51);
    }

    /// 1/a; zero for zero.
    void invert(FieldElement a) {
        FieldElement z11 = zero();
        FieldElement t = power250(a, z11);
        t.squareTimes(t, 5);
        multiply(t, z11);
    }

    /// a^((p-5)/8) = a^(2^252 - 3), the heart of a square root.
    void powerForRoot(FieldElement a) {
        FieldElement base = a.copy();
        FieldElement t = power250(base, zero());
        t.squareTimes(t, 2);
        multiply(t, base);
    }

    /// a^(2^250 - 1); leaves a^11 in `z11`.
    private static FieldElement power250(FieldElement a, FieldElement z11) {
        FieldElement z9 = zero();
        FieldElement t = zero();
        FieldElement z5 = zero();
        FieldElement z10 = zero();
        z9.square(a);
        t.squareTimes(z9, 2);
        t.multiply(t, a);
        z11.multiply(t, z9);
        z9.set(t);
        t.square(z11);
        z5.multiply(t, z9);
        t.squareTimes(z5, 5);
        z10.multiply(t, z5);
        FieldElement z20 = z5;
        t.squareTimes(z10, 10);
        z20.multiply(t, z10);
        t.squareTimes(z20, 20);
        t.multiply(t, z20);
        t.squareTimes(t, 10);
        FieldElement z50 = z20;
        z50.multiply(t, z10);
        t.squareTimes(z50, 50);
        FieldElement z100 = z10;
        z100.multiply(t, z50);
        t.squareTimes(z100, 100);
        t.multiply(t, z100);
        t.squareTimes(t, 50);
        t.multiply(t, z50);
        return t;
    }

    /// Exchanges the two when `mask` is all ones, not when it is zero.
    static void swap(FieldElement a, FieldElement b, long mask) {
        long x0 = mask & (a.l0 ^ b.l0);
        long x1 = mask & (a.l1 ^ b.l1);
        long x2 = mask & (a.l2 ^ b.l2);
        long x3 = mask & (a.l3 ^ b.l3);
        long x4 = mask & (a.l4 ^ b.l4);
        a.l0 ^= x0;
        a.l1 ^= x1;
        a.l2 ^= x2;
        a.l3 ^= x3;
        a.l4 ^= x4;
        b.l0 ^= x0;
        b.l1 ^= x1;
        b.l2 ^= x2;
        b.l3 ^= x3;
        b.l4 ^= x4;
    }

    /// Becomes `a` when `mask` is all ones, stays when it is zero.
    void setIf(FieldElement a, long mask) {
        l0 ^= mask & (l0 ^ a.l0);
        l1 ^= mask & (l1 ^ a.l1);
        l2 ^= mask & (l2 ^ a.l2);
        l3 ^= mask & (l3 ^ a.l3);
        l4 ^= mask & (l4 ^ a.l4);
    }

    /// Reads the entry `index` (1..8) of eight that lie `stride` apart from `offset`, touching all; index 0 gives
    /// `neutral`.
    void select(long[] table, int offset, int stride, int index, long neutral) {
        long s0 = neutral & equalMask(index, 0);
        long s1 = 0;
        long s2 = 0;
        long s3 = 0;
        long s4 = 0;
        for (int j = 1, at = offset; j <= 8; j++, at += stride) {
            long mask = equalMask(index, j);
            s0 |= mask & table[at];
            s1 |= mask & table[at + 1];
            s2 |= mask & table[at + 2];
            s3 |= mask & table[at + 3];
            s4 |= mask & table[at + 4];
        }
        l0 = s0;
        l1 = s1;
        l2 = s2;
        l3 = s3;
        l4 = s4;
    }

    /// All ones when equal, zero when not.
    static long equalMask(int a, int b) {
        return ((long) (a ^ b) - 1) >> 63;
    }

    void store(long[] table, int offset) {
        table[offset] = l0;
        table[offset + 1] = l1;
        table[offset + 2] = l2;
        table[offset + 3] = l3;
        table[offset + LIMBS - 1] = l4;
    }

    boolean isZeroVartime() {
        for (byte b : toBytes()) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    boolean equalsVartime(FieldElement other) {
        FieldElement difference = zero();
        difference.subtract(this, other);
        return difference.isZeroVartime();
    }

    /// The lowest bit of the canonical number, which the Edwards form calls the sign.
    int sign() {
        return toBytes()[0] & 1;
    }

    /// 32 bytes little-endian, the canonical number below the prime.
    byte[] toBytes() {
        FieldElement t = copy();
        t.carry(t.l0, t.l1, t.l2, t.l3, t.l4);
        t.carry(t.l0, t.l1, t.l2, t.l3, t.l4);
        long q = (t.l0 + 19) >>> 51;
        q = (t.l1 + q) >>> 51;
        q = (t.l2 + q) >>> 51;
        q = (t.l3 + q) >>> 51;
        q = (t.l4 + q) >>> 51;
        long c0 = t.l0 + 19 * q;
        long c1 = t.l1 + (c0 >>> 51);
        long c2 = t.l2 + (c1 >>> 51);
        long c3 = t.l3 + (c2 >>> 51);
        long c4 = t.l4 + (c3 >>> 51);
        byte[] out = new byte[32];
        Words.write(out, 0, (c0 & MASK) | c1 << 51);
        Words.write(out, 8, (c1 & MASK) >>> 13 | c2 << 38);
        Words.write(out, 16, (c2 & MASK) >>> 26 | c3 << 25);
        Words.write(out, 24, (c3 & MASK) >>> 39 | (c4 & MASK) << 12);
        return out;
    }
}
