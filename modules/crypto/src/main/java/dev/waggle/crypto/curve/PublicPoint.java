package dev.waggle.crypto.curve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Edwards point of somebody's public key, for verifying. Made by [Edwards#liftVartime].
public final class PublicPoint {
    private final EdwardsPoint point;
    private final byte[] encoded;

    private PublicPoint(EdwardsPoint point, byte[] encoded) {
        this.point = point;
        this.encoded = encoded;
    }

    /// 32 bytes: y with the sign of x in the top bit.
    public byte[] encoded() {
        return encoded.clone();
    }

    EdwardsPoint point() {
        return point.copy();
    }

    List<NielsPoint> oddMultiples(int count) {
        List<NielsPoint> out = new ArrayList<>(count);
        for (EdwardsPoint multiple : BaseTable.oddMultiples(point, count)) {
            out.add(NielsPoint.of(multiple));
        }
        return out;
    }

    /// With n = u - 1 and m = u + 1: y = n/m and x^2 = (n^2 - m^2) / (d n^2 + m^2) = N/D. One power gives
    /// w = 1/sqrt(N D m^2), and from it x = N m w and 1/m = m N D w^2.
    static @Nullable PublicPoint lift(FieldElement u, int sign) {
        FieldElement n = FieldElement.zero();
        FieldElement m = FieldElement.zero();
        n.subtract(u, FieldElement.one());
        m.add(u, FieldElement.one());
        FieldElement n2 = squared(n);
        FieldElement m2 = squared(m);
        FieldElement top = FieldElement.zero();
        top.subtract(n2, m2);
        FieldElement bottom = product(n2, Constants.D);
        bottom.add(bottom, m2);
        FieldElement topBottom = product(top, bottom);
        FieldElement w = inverseRoot(product(topBottom, m2));
        if (w == null) {
            return null;
        }
        FieldElement x = product(product(top, m), w);
        FieldElement y = product(n, product(product(topBottom, m), squared(w)));
        if (x.sign() != sign) {
            x.negate(x);
        }
        EdwardsPoint point = EdwardsPoint.of(x, y, FieldElement.one());
        return point.isSmallOrderVartime() ? null : new PublicPoint(point, encode(y, sign));
    }

    private static byte[] encode(FieldElement y, int sign) {
        byte[] out = y.toBytes();
        out[31] |= (byte) (sign << 7);
        return out;
    }

    /// 1/sqrt(v), null when v is zero or no square.
    private static @Nullable FieldElement inverseRoot(FieldElement v) {
        FieldElement v3 = product(squared(v), v);
        FieldElement r = product(squared(v3), v);
        r.powerForRoot(r);
        r.multiply(r, v3);
        FieldElement check = product(squared(r), v);
        FieldElement one = FieldElement.one();
        if (check.equalsVartime(one)) {
            return r;
        }
        r.multiply(r, Constants.ROOT_OF_MINUS_ONE);
        return product(squared(r), v).equalsVartime(one) ? r : null;
    }

    private static FieldElement squared(FieldElement a) {
        FieldElement out = FieldElement.zero();
        out.square(a);
        return out;
    }

    private static FieldElement product(FieldElement a, FieldElement b) {
        FieldElement out = FieldElement.zero();
        out.multiply(a, b);
        return out;
    }
}
