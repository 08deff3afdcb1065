package dev.waggle.crypto.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against BigInteger: random numbers, and those around multiples of the order where carries and folds meet their
/// limits.
class ScalarTest {
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private final Random random = new Random(252);

    @Test
    void wide_numbers_are_reduced_as_by_division() {
        for (BigInteger value : wide()) {
            assertThat(number(Scalar.reduce(bytes(value, 64)))).isEqualTo(value.mod(ORDER));
        }
    }

    @Test
    void products_and_sums_are_reduced_as_by_division() {
        List<BigInteger> narrow = narrow();
        for (BigInteger a : narrow) {
            for (BigInteger b : narrow) {
                BigInteger c = narrow.get(random.nextInt(narrow.size()));
                assertThat(number(Scalar.multiplyAdd(bytes(a, 32), bytes(b, 32), bytes(c, 32))))
                        .isEqualTo(a.multiply(b).add(c).mod(ORDER));
            }
        }
    }

    @Test
    void only_numbers_below_the_order_are_canonical() {
        for (BigInteger value : narrow()) {
            assertThat(Scalar.isCanonicalVartime(bytes(value, 32))).isEqualTo(value.compareTo(ORDER) < 0);
        }
    }

    @Test
    void digits_add_up_to_the_number() {
        for (BigInteger value : narrow()) {
            if (value.bitLength() <= 255) {
                BigInteger sum = BigInteger.ZERO;
                byte[] digits = Digits.radix16(bytes(value, 32));
                for (int i = 0; i < digits.length; i++) {
                    assertThat((int) digits[i]).isBetween(-8, 8);
                    sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(4 * i));
                }
                assertThat(sum).isEqualTo(value);
            }
        }
    }

    @Test
    void sparse_digits_add_up_to_the_number_and_are_sparse() {
        for (BigInteger value : narrow()) {
            if (value.bitLength() <= 253) {
                checkSparse(value, 5);
                checkSparse(value, 8);
            }
        }
    }

    private static void checkSparse(BigInteger value, int width) {
        int[] digits = Digits.nonAdjacent(bytes(value, 32), width);
        BigInteger sum = BigInteger.ZERO;
        int last = -width;
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] != 0) {
                assertThat(digits[i] & 1).isEqualTo(1);
                assertThat(Math.abs(digits[i])).isLessThan(1 << (width - 1));
                assertThat(i - last).isGreaterThanOrEqualTo(width);
                last = i;
            }
            sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
        }
        assertThat(sum).isEqualTo(value);
    }

    private List<BigInteger> wide() {
        List<BigInteger> out = new ArrayList<>(List.of(BigInteger.TWO.pow(512).subtract(BigInteger.ONE)));
        BigInteger most = BigInteger.TWO.pow(512).divide(ORDER);
        for (int i = 0; i < 300; i++) {
            BigInteger multiple = ORDER.multiply(new BigInteger(random.nextInt(261), random).min(most));
            for (int near = -2; near <= 2; near++) {
                out.add(multiple.add(BigInteger.valueOf(near)).max(BigInteger.ZERO));
            }
            out.add(new BigInteger(512, random));
            out.add(BigInteger.TWO.pow(random.nextInt(512)).subtract(BigInteger.valueOf(random.nextInt(2))));
        }
        out.removeIf(value -> value.bitLength() > 512);
        return out;
    }

    private List<BigInteger> narrow() {
        List<BigInteger> out =
                new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));
        for (int times = 1; times < 16; times++) {
            for (int near = -1; near <= 1; near++) {
                out.add(ORDER.multiply(BigInteger.valueOf(times)).add(BigInteger.valueOf(near)));
            }
        }
        for (int i = 0; i < 40; i++) {
            out.add(new BigInteger(256, random));
            out.add(new BigInteger(252, random));
            out.add(BigInteger.TWO.pow(random.nextInt(256)));
        }
        return out;
    }

    private static byte[] bytes(BigInteger value, int size) {
        byte[] out = new byte[size];
        for (int i = 0; i < size; i++) {
            out[i] = value.shiftRight(8 * i).byteValue();
        }
        return out;
    }

    private static BigInteger number(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[big.length - 1 - i];
        }
        return new BigInteger(1, Arrays.copyOf(big, big.length));
    }
}
