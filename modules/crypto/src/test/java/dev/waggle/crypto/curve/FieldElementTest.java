package dev.waggle.crypto.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against BigInteger, with factors as large as the formulas ever make them.
class FieldElementTest {
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private final Random random = new Random(255);
    private final List<BigInteger> numbers = numbers();

    @Test
    void numbers_survive_parsing_and_writing() {
        for (BigInteger value : numbers) {
            assertThat(number(element(value))).isEqualTo(value.mod(PRIME));
        }
    }

    @Test
    void the_four_operations_are_those_of_the_field() {
        for (BigInteger a : numbers) {
            for (BigInteger b : numbers) {
                FieldElement out = FieldElement.zero();
                out.add(element(a), element(b));
                assertThat(number(out)).isEqualTo(a.add(b).mod(PRIME));
                out.subtract(element(a), element(b));
                assertThat(number(out)).isEqualTo(a.subtract(b).mod(PRIME));
                out.multiply(element(a), element(b));
                assertThat(number(out)).isEqualTo(a.multiply(b).mod(PRIME));
            }
        }
    }

    @Test
    void factors_may_be_differences_of_sums() {
        for (BigInteger a : numbers) {
            for (BigInteger b : numbers) {
                FieldElement left = FieldElement.zero();
                left.add(element(a), element(a));
                left.subtract(left, element(b));
                FieldElement right = FieldElement.zero();
                right.add(element(b), element(b));
                right.subtract(element(a), right);
                BigInteger x = a.add(a).subtract(b);
                BigInteger y = a.subtract(b).subtract(b);
                FieldElement out = FieldElement.zero();
                out.multiply(left, right);
                assertThat(number(out)).isEqualTo(x.multiply(y).mod(PRIME));
                out.square(left);
                assertThat(number(out)).isEqualTo(x.multiply(x).mod(PRIME));
                out.multiplySmall(right, 121_665);
                assertThat(number(out))
                        .isEqualTo(y.multiply(BigInteger.valueOf(121_665)).mod(PRIME));
            }
        }
    }

    @Test
    void inverses_and_root_powers_are_those_of_the_field() {
        for (BigInteger a : numbers) {
            FieldElement out = FieldElement.zero();
            out.invert(element(a));
            assertThat(number(out)).isEqualTo(a.modPow(PRIME.subtract(BigInteger.TWO), PRIME));
            out.powerForRoot(element(a));
            assertThat(number(out))
                    .isEqualTo(a.modPow(PRIME.subtract(BigInteger.valueOf(5)).shiftRight(3), PRIME));
        }
    }

    @Test
    void masks_choose_all_or_nothing() {
        FieldElement one = element(numbers.get(7));
        FieldElement other = element(numbers.get(8));
        FieldElement.swap(one, other, 0);
        assertThat(number(one)).isEqualTo(numbers.get(7).mod(PRIME));
        FieldElement.swap(one, other, -1);
        assertThat(number(one)).isEqualTo(numbers.get(8).mod(PRIME));
        one.setIf(other, 0);
        assertThat(number(one)).isEqualTo(numbers.get(8).mod(PRIME));
        one.setIf(other, -1);
        assertThat(number(one)).isEqualTo(numbers.get(7).mod(PRIME));
    }

    private List<BigInteger> numbers() {
        List<BigInteger> out = new ArrayList<>();
        for (int near = -20; near <= 20; near += 4) {
            out.add(PRIME.add(BigInteger.valueOf(Math.min(near, 18))));
            out.add(BigInteger.valueOf(near + 20));
        }
        for (int i = 0; i < 5; i++) {
            BigInteger limb = BigInteger.TWO.pow(51).subtract(BigInteger.ONE).shiftLeft(51 * i);
            out.add(limb);
            out.add(BigInteger.TWO.pow(255).subtract(BigInteger.ONE).xor(limb));
        }
        for (int i = 0; i < 20; i++) {
            out.add(new BigInteger(255, random));
        }
        return out;
    }

    private static FieldElement element(BigInteger value) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = value.shiftRight(8 * i).byteValue();
        }
        return FieldElement.parse(bytes);
    }

    private static BigInteger number(FieldElement element) {
        byte[] little = element.toBytes();
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[i] = little[31 - i];
        }
        return new BigInteger(1, big);
    }
}
