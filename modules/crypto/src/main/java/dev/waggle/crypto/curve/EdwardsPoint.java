package dev.waggle.crypto.curve;

import org.jspecify.annotations.Nullable;

/// A point of -x^2 + y^2 = 1 + d x^2 y^2 as (X : Y : Z : T), x = X/Z, y = Y/Z, xy = T/Z; mutable, changed in place.
/// The formulas are complete (Hisil, Wong, Carter, Dawson 2008): no special case for equal or neutral points.
final class EdwardsPoint {
    final FieldElement x;
    final FieldElement y;
    final FieldElement z;
    final FieldElement t;

    private final FieldElement a = FieldElement.zero();
    private final FieldElement b = FieldElement.zero();
    private final FieldElement c = FieldElement.zero();
    private final FieldElement d = FieldElement.zero();
    private final FieldElement e = FieldElement.zero();
    private final FieldElement g = FieldElement.zero();

    private EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.t = t;
    }

    static EdwardsPoint neutral() {
        return new EdwardsPoint(FieldElement.zero(), FieldElement.one(), FieldElement.one(), FieldElement.zero());
    }

    /// The point with these fractions X/Z and Y/Z.
    static EdwardsPoint of(FieldElement x, FieldElement y, FieldElement z) {
        EdwardsPoint point =
                new EdwardsPoint(FieldElement.zero(), FieldElement.zero(), FieldElement.zero(), FieldElement.zero());
        point.x.multiply(x, z);
        point.y.multiply(y, z);
        point.z.square(z);
        point.t.multiply(x, y);
        return point;
    }

    EdwardsPoint copy() {
        return new EdwardsPoint(x.copy(), y.copy(), z.copy(), t.copy());
    }

    EdwardsPoint twice() {
        twiceWithoutT();
        t.multiply(e, d);
        return this;
    }

    /// `times` is positive.
    EdwardsPoint twiceTimes(int times) {
        for (int i = 1; i < times; i++) {
            twiceWithoutT();
        }
        return twice();
    }

    /// Doubles and leaves T wrong: enough before another doubling, which does not read it.
    void twiceWithoutT() {
        a.square(x);
        b.square(y);
        c.square(z);
        c.add(c, c);
        e.add(x, y);
        e.square(e);
        d.add(a, b);
        e.subtract(d, e);
        g.subtract(a, b);
        c.add(c, g);
        x.multiply(e, c);
        y.multiply(g, d);
        z.multiply(c, g);
    }

    EdwardsPoint add(NielsPoint q) {
        addSwapped(q.yPlusX, q.yMinusX, q.z);
        c.multiply(t, q.xy2d);
        g.subtract(d, c);
        c.add(d, c);
        finishAddition();
        return this;
    }

    EdwardsPoint subtract(NielsPoint q) {
        addSwapped(q.yMinusX, q.yPlusX, q.z);
        c.multiply(t, q.xy2d);
        g.add(d, c);
        c.subtract(d, c);
        finishAddition();
        return this;
    }

    private void addSwapped(FieldElement plus, FieldElement minus, @Nullable FieldElement qz) {
        a.subtract(y, x);
        a.multiply(a, minus);
        b.add(y, x);
        b.multiply(b, plus);
        if (qz == null) {
            d.add(z, z);
        } else {
            d.multiply(z, qz);
            d.add(d, d);
        }
    }

    private void finishAddition() {
        e.subtract(b, a);
        d.add(b, a);
        x.multiply(e, g);
        y.multiply(c, d);
        t.multiply(e, d);
        z.multiply(g, c);
    }

    /// True for the eight points whose order divides 8.
    boolean isSmallOrderVartime() {
        EdwardsPoint q = copy().twiceTimes(3);
        return q.x.isZeroVartime() && q.y.equalsVartime(q.z);
    }

    /// y with the sign of x in the top bit, 32 bytes.
    byte[] encode() {
        FieldElement inverse = FieldElement.zero();
        inverse.invert(z);
        return encodeWith(inverse);
    }

    /// As [#encode()], with 1/Z already at hand.
    byte[] encodeWith(FieldElement inverse) {
        a.multiply(x, inverse);
        b.multiply(y, inverse);
        byte[] out = b.toBytes();
        out[31] |= (byte) (a.sign() << 7);
        return out;
    }
}
