package dev.waggle.crypto.curve;

import java.util.List;

/// Sums of several points, each times its own scalar, sharing the doublings (Straus). Variable time.
final class VartimeSum {
    private VartimeSum() {}

    static byte[] encoded(Term... terms) {
        EdwardsPoint sum = EdwardsPoint.neutral();
        for (int i = highest(terms); i >= 0; i--) {
            if (allZero(terms, i)) {
                sum.twiceWithoutT();
            } else {
                sum.twice();
                for (Term term : terms) {
                    term.addDigit(sum, i);
                }
            }
        }
        return sum.encode();
    }

    private static int highest(Term... terms) {
        int i = 0;
        for (Term term : terms) {
            i = Math.max(i, term.digits.length - 1);
        }
        while (i >= 0 && allZero(terms, i)) {
            i--;
        }
        return i;
    }

    private static boolean allZero(Term[] terms, int i) {
        for (Term term : terms) {
            if (term.digit(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /// One point, as its odd multiples, times `factor` (1 or -1) times a scalar.
    static final class Term {
        private final int[] digits;
        private final List<NielsPoint> odd;
        private final int factor;

        Term(byte[] scalar, int width, List<NielsPoint> odd, int factor) {
            digits = Digits.nonAdjacent(scalar, width);
            this.odd = odd;
            this.factor = factor;
        }

        int digit(int i) {
            return i < digits.length ? factor * digits[i] : 0;
        }

        void addDigit(EdwardsPoint sum, int i) {
            int digit = digit(i);
            if (digit > 0) {
                sum.add(odd.get(digit >> 1));
            } else if (digit < 0) {
                sum.subtract(odd.get(-digit >> 1));
            }
        }
    }
}
