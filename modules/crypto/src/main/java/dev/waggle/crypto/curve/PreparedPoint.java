package dev.waggle.crypto.curve;

import java.util.List;

/// A public key together with tables of its multiples. Immutable. Made by [Edwards#prepareVartime].
public final class PreparedPoint {
    static final int WINDOW_VARTIME = 6;
    private static final int MULTIPLES = 1 << (WINDOW_VARTIME - 2);

    private final byte[] encoded;
    private final List<NielsPoint> odd;
    private final List<NielsPoint> oddUpper;

    private PreparedPoint(byte[] encoded, List<NielsPoint> odd, List<NielsPoint> oddUpper) {
        this.encoded = encoded;
        this.odd = odd;
        this.oddUpper = oddUpper;
    }

    /// For the sign 0; the point with the sign 1 is its negative.
    static PreparedPoint of(PublicPoint key) {
        EdwardsPoint upper = key.point().twiceTimes(128);
        return new PreparedPoint(
                key.encoded(),
                BaseTable.affine(BaseTable.oddMultiples(key.point(), MULTIPLES)),
                BaseTable.affine(BaseTable.oddMultiples(upper, MULTIPLES)));
    }

    /// 32 bytes: y with the given sign of x in the top bit.
    public byte[] encoded(int sign) {
        byte[] out = encoded.clone();
        out[31] |= (byte) (sign << 7);
        return out;
    }

    List<NielsPoint> odd() {
        return odd;
    }

    List<NielsPoint> oddUpper() {
        return oddUpper;
    }
}
