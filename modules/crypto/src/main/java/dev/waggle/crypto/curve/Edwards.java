package dev.waggle.crypto.curve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The curve as signatures see it, and the fixed-base multiplication that key pairs need. Numbers are 32 bytes
/// little-endian.
public final class Edwards {
    private static final int WINDOW_VARTIME = 5;

    private Edwards() {}

    /// `scalar` (below 2^255) times the base point, encoded as y with the sign of x in the top bit. Constant time.
    public static byte[] multiplyBase(byte[] scalar) {
        return multiplyBasePoint(scalar).encode();
    }

    /// Two base multiplications sharing one inversion; both encodings in order, 64 bytes. Constant time.
    public static byte[] multiplyBase(byte[] first, byte[] second) {
        EdwardsPoint p = multiplyBasePoint(first);
        EdwardsPoint q = multiplyBasePoint(second);
        FieldElement inverse = FieldElement.zero();
        FieldElement share = FieldElement.zero();
        inverse.multiply(p.z, q.z);
        inverse.invert(inverse);
        share.multiply(inverse, q.z);
        byte[] both = Arrays.copyOf(p.encodeWith(share), 64);
        share.multiply(inverse, p.z);
        System.arraycopy(q.encodeWith(share), 0, both, 32, 32);
        return both;
    }

    /// `scalar` times the base point as a Montgomery u, which is a public key for agreement. Constant time.
    public static byte[] multiplyBaseToMontgomery(byte[] scalar) {
        EdwardsPoint p = multiplyBasePoint(scalar);
        FieldElement u = FieldElement.zero();
        FieldElement denominator = FieldElement.zero();
        denominator.subtract(p.z, p.y);
        denominator.invert(denominator);
        u.add(p.z, p.y);
        u.multiply(u, denominator);
        return u.toBytes();
    }

    /// A public key for agreement as the Edwards point with the given sign of x: 32 bytes, ready to be hashed, and
    /// null when u is not below the prime, is on the twist, or is a point of low order.
    public static @Nullable PublicPoint liftVartime(byte[] u, int sign) {
        FieldElement element = FieldElement.parse(u);
        if (!Arrays.equals(element.toBytes(), u)) {
            return null;
        }
        return PublicPoint.lift(element, sign);
    }

    /// As [#liftVartime] for both signs, with tables for many verifications: about 6 KB, and the time of one
    /// verification.
    public static @Nullable PreparedPoint prepareVartime(byte[] u) {
        PublicPoint point = liftVartime(u, 0);
        return point == null ? null : PreparedPoint.of(point);
    }

    /// The encoding of s B - h A. Variable time: for verification, where all is public.
    public static byte[] checkPointVartime(byte[] s, byte[] h, PublicPoint a) {
        return VartimeSum.encoded(
                new VartimeSum.Term(s, BaseTable.WINDOW_VARTIME, BaseTable.ODD, 1),
                new VartimeSum.Term(h, WINDOW_VARTIME, a.oddMultiples(1 << (WINDOW_VARTIME - 2)), -1));
    }

    /// The same for A with the given sign of x in half the doublings: both scalars are cut at 2^128, and the
    /// multiples of both points by that number are at hand.
    public static byte[] checkPointVartime(byte[] s, byte[] h, PreparedPoint a, int sign) {
        int factor = sign == 0 ? -1 : 1;
        return VartimeSum.encoded(
                new VartimeSum.Term(Arrays.copyOf(s, 16), BaseTable.WINDOW_VARTIME, BaseTable.ODD, 1),
                new VartimeSum.Term(Arrays.copyOfRange(s, 16, 32), BaseTable.WINDOW_VARTIME, BaseTable.ODD_UPPER, 1),
                new VartimeSum.Term(Arrays.copyOf(h, 16), PreparedPoint.WINDOW_VARTIME, a.odd(), factor),
                new VartimeSum.Term(Arrays.copyOfRange(h, 16, 32), PreparedPoint.WINDOW_VARTIME, a.oddUpper(), factor));
    }

    private static EdwardsPoint multiplyBasePoint(byte[] scalar) {
        byte[] digits = Digits.radix16(scalar);
        EdwardsPoint sum = EdwardsPoint.neutral();
        NielsPoint chosen = NielsPoint.affineNeutral();
        FieldElement scratch = FieldElement.zero();
        for (int i = 1; i < digits.length; i += 2) {
            BaseTable.select(chosen, scratch, i >> 1, digits[i]);
            sum.add(chosen);
        }
        sum.twiceTimes(4);
        for (int i = 0; i < digits.length; i += 2) {
            BaseTable.select(chosen, scratch, i >> 1, digits[i]);
            sum.add(chosen);
        }
        return sum;
    }
}
