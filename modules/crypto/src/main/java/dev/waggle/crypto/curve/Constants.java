package dev.waggle.crypto.curve;

import java.util.HexFormat;

/// The numbers of RFC 8032 section 5.1, written big-endian as there.
final class Constants {
    static final FieldElement D = number("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");
    static final FieldElement TWO_D = twice(D);
    static final FieldElement ROOT_OF_MINUS_ONE =
            number("2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0");
    static final FieldElement BASE_X = number("216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a");
    static final FieldElement BASE_Y = number("6666666666666666666666666666666666666666666666666666666666666658");

    private Constants() {}

    private static FieldElement number(String hex) {
        byte[] big = HexFormat.of().parseHex(hex);
        byte[] little = new byte[big.length];
        for (int i = 0; i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        return FieldElement.parse(little);
    }

    private static FieldElement twice(FieldElement a) {
        FieldElement out = FieldElement.zero();
        out.add(a, a);
        return out;
    }
}
