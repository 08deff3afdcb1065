package dev.waggle.crypto.curve;

import java.util.ArrayList;
import java.util.List;

/// Multiples of the base point, computed once when the class is loaded (some 20 ms in a cold JVM).
final class BaseTable {
    static final int WINDOW_VARTIME = 8;
    private static final int WINDOWS = 32;
    private static final int MULTIPLES = 8;
    private static final int FIELD = 5;
    private static final int ENTRY = 3 * FIELD;

    /// 1..8 times 256^i times the base point, i = 0..31, flat so that a masked scan walks straight through.
    private static final long[] MASKED = new long[WINDOWS * MULTIPLES * ENTRY];

    /// 1, 3, 5, ..., 127 times the base point.
    static final List<NielsPoint> ODD;

    /// The same of 2^128 times the base point.
    static final List<NielsPoint> ODD_UPPER;

    static {
        EdwardsPoint base = EdwardsPoint.of(Constants.BASE_X, Constants.BASE_Y, FieldElement.one());
        List<NielsPoint> multiples = affine(windowMultiples(base.copy()));
        for (int i = 0; i < multiples.size(); i++) {
            multiples.get(i).yPlusX.store(MASKED, i * ENTRY);
            multiples.get(i).yMinusX.store(MASKED, i * ENTRY + FIELD);
            multiples.get(i).xy2d.store(MASKED, i * ENTRY + 2 * FIELD);
        }
        ODD = affine(oddMultiples(base, 1 << (WINDOW_VARTIME - 2)));
        ODD_UPPER = affine(oddMultiples(base.copy().twiceTimes(128), 1 << (WINDOW_VARTIME - 2)));
    }

    private BaseTable() {}

    private static List<EdwardsPoint> windowMultiples(EdwardsPoint point) {
        List<EdwardsPoint> out = new ArrayList<>();
        for (int window = 0; window < WINDOWS; window++) {
            NielsPoint step = NielsPoint.of(point);
            EdwardsPoint sum = EdwardsPoint.neutral();
            for (int i = 0; i < MULTIPLES; i++) {
                out.add(sum.add(step).copy());
            }
            point.twiceTimes(8);
        }
        return out;
    }

    static List<EdwardsPoint> oddMultiples(EdwardsPoint point, int count) {
        NielsPoint step = NielsPoint.of(point.copy().twice());
        List<EdwardsPoint> out = new ArrayList<>(count);
        EdwardsPoint sum = point.copy();
        out.add(sum.copy());
        for (int i = 1; i < count; i++) {
            out.add(sum.add(step).copy());
        }
        return out;
    }

    /// One inversion for all (Montgomery's trick).
    static List<NielsPoint> affine(List<EdwardsPoint> points) {
        FieldElement[] products = new FieldElement[points.size()];
        FieldElement product = FieldElement.one();
        for (int i = 0; i < products.length; i++) {
            products[i] = product.copy();
            product.multiply(product, points.get(i).z);
        }
        FieldElement inverse = FieldElement.zero();
        inverse.invert(product);
        NielsPoint[] out = new NielsPoint[products.length];
        for (int i = products.length - 1; i >= 0; i--) {
            products[i].multiply(products[i], inverse);
            out[i] = NielsPoint.affine(points.get(i), products[i]);
            inverse.multiply(inverse, points.get(i).z);
        }
        return List.of(out);
    }

    /// `digit` (-8..8) times 256^window times the base point into `out`; every entry of the window is read.
    static void select(NielsPoint out, FieldElement scratch, int window, int digit) {
        int sign = digit >> 31;
        int size = (digit ^ sign) - sign;
        int offset = window * MULTIPLES * ENTRY;
        out.yPlusX.select(MASKED, offset, ENTRY, size, 1);
        out.yMinusX.select(MASKED, offset + FIELD, ENTRY, size, 1);
        out.xy2d.select(MASKED, offset + 2 * FIELD, ENTRY, size, 0);
        FieldElement.swap(out.yPlusX, out.yMinusX, sign);
        scratch.negate(out.xy2d);
        out.xy2d.setIf(scratch, sign);
    }
}
