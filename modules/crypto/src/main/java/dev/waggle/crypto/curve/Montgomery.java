package dev.waggle.crypto.curve;

/// The curve as key agreement sees it: points are their u coordinate.
public final class Montgomery {
    private static final long A24 = 121_665;

    private Montgomery() {}

    /// X25519 of RFC 7748: `scalar` is clamped here, the top bit of `u` is ignored, u need not be below the prime.
    /// 32 bytes each. The result is all zero for a point of low order; the caller decides what that means.
    public static byte[] multiply(byte[] scalar, byte[] u) {
        byte[] k = Scalar.clamp(scalar);
        return new Ladder(FieldElement.parse(u)).climb(k);
    }

    private static final class Ladder {
        private final FieldElement x1;
        private final FieldElement x2 = FieldElement.one();
        private final FieldElement z2 = FieldElement.zero();
        private final FieldElement x3;
        private final FieldElement z3 = FieldElement.one();
        private final FieldElement sum2 = FieldElement.zero();
        private final FieldElement difference2 = FieldElement.zero();
        private final FieldElement sum3 = FieldElement.zero();
        private final FieldElement difference3 = FieldElement.zero();

        Ladder(FieldElement u) {
            x1 = u;
            x3 = u.copy();
        }

        byte[] climb(byte[] k) {
            int swapped = 0;
            for (int t = 254; t >= 0; t--) {
                int bit = (k[t >> 3] >>> (t & 7)) & 1;
                swapIf(swapped ^ bit);
                swapped = bit;
                step();
            }
            swapIf(swapped);
            z2.invert(z2);
            x2.multiply(x2, z2);
            return x2.toBytes();
        }

        private void swapIf(int bit) {
            FieldElement.swap(x2, x3, -bit);
            FieldElement.swap(z2, z3, -bit);
        }

        /// (x2, z2) is doubled, (x3, z3) becomes the sum of both.
        private void step() {
            sum2.add(x2, z2);
            difference2.subtract(x2, z2);
            sum3.add(x3, z3);
            difference3.subtract(x3, z3);
            difference3.multiply(difference3, sum2);
            sum3.multiply(sum3, difference2);
            x3.add(difference3, sum3);
            z3.subtract(difference3, sum3);
            x3.square(x3);
            z3.square(z3);
            z3.multiply(z3, x1);
            sum2.square(sum2);
            difference2.square(difference2);
            x2.multiply(sum2, difference2);
            difference2.subtract(sum2, difference2);
            z2.multiplySmall(difference2, A24);
            z2.add(z2, sum2);
            z2.multiply(z2, difference2);
        }
    }
}
