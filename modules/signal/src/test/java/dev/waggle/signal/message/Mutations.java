package dev.waggle.signal.message;

import java.util.Arrays;
import java.util.Random;

/// Valid bytes with one to four things wrong: a byte changed, cut out, doubled, or the end cut off.
public final class Mutations {
    private Mutations() {}

    public static byte[] of(byte[] valid, Random dice) {
        byte[] data = valid.clone();
        for (int faults = 1 + dice.nextInt(4); faults > 0 && data.length > 1; faults--) {
            int at = dice.nextInt(data.length);
            data = switch (dice.nextInt(8)) {
                case 0 -> Arrays.copyOf(data, at);
                case 1 -> joined(data, at, at + 1);
                case 2 -> joined(data, at + 1, at);
                default -> changed(data, at, dice);
            };
        }
        return data;
    }

    private static byte[] changed(byte[] data, int at, Random dice) {
        data[at] = dice.nextBoolean() ? (byte) dice.nextInt() : (byte) (data[at] ^ 1 << dice.nextInt(8));
        return data;
    }

    /// What stands in front of `head`, then what stands from `tail` on.
    private static byte[] joined(byte[] data, int head, int tail) {
        byte[] joined = Arrays.copyOf(data, head + data.length - tail);
        System.arraycopy(data, tail, joined, head, data.length - tail);
        return joined;
    }
}
