package dev.waggle.crypto.curve;

import org.jspecify.annotations.Nullable;

/// A point prepared as the second operand of additions: y + x, y - x, 2dxy, and z unless z is one.
final class NielsPoint {
    final FieldElement yPlusX = FieldElement.zero();
    final FieldElement yMinusX = FieldElement.zero();
    final FieldElement xy2d = FieldElement.zero();
    final @Nullable FieldElement z;

    private NielsPoint(@Nullable FieldElement z) {
        this.z = z;
    }

    /// For any Z; each addition then costs one multiplication more.
    static NielsPoint of(EdwardsPoint point) {
        NielsPoint out = new NielsPoint(point.z.copy());
        out.fill(point.x, point.y, point.t);
        return out;
    }

    /// For Z = 1, reached with the given 1/Z.
    static NielsPoint affine(EdwardsPoint point, FieldElement inverse) {
        NielsPoint out = affineNeutral();
        FieldElement x = FieldElement.zero();
        FieldElement y = FieldElement.zero();
        FieldElement t = FieldElement.zero();
        x.multiply(point.x, inverse);
        y.multiply(point.y, inverse);
        t.multiply(x, y);
        out.fill(x, y, t);
        return out;
    }

    static NielsPoint affineNeutral() {
        NielsPoint out = new NielsPoint(null);
        out.yPlusX.setSmall(1);
        out.yMinusX.setSmall(1);
        return out;
    }

    private void fill(FieldElement x, FieldElement y, FieldElement t) {
        yPlusX.add(y, x);
        yMinusX.subtract(y, x);
        yMinusX.multiplySmall(yMinusX, 1);
        xy2d.multiply(t, Constants.TWO_D);
    }
}
