package dev.waggle.wire.node;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The content of a zlib stream, refused as soon as it is longer than the limit.
final class Inflated {
    private static final int START_MIN = 512;

    private Inflated() {}

    static byte[] of(byte[] in, int from, int bytesMax) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(in, from, in.length - from);
            return inflate(inflater, new byte[start(in.length, bytesMax)], bytesMax);
        } catch (DataFormatException e) {
            throw new NodeException("compressed payload", String.valueOf(e.getMessage()), "a zlib stream");
        }
    }

    /// One byte more than the limit, so that a full buffer is an excess.
    private static int start(int compressed, int bytesMax) {
        return (int) Math.min(Math.max(START_MIN, 4L * compressed), bytesMax + 1L);
    }

    private static byte[] inflate(Inflater inflater, byte[] first, int bytesMax) throws DataFormatException {
        byte[] out = first;
        int size = 0;
        while (!inflater.finished()) {
            if (size == out.length) {
                out = Arrays.copyOf(out, (int) Math.min(2L * size, bytesMax + 1L));
            }
            int more = inflater.inflate(out, size, out.length - size);
            size += more;
            if (size > bytesMax) {
                throw new NodeException("inflated payload", "more bytes", "at most " + bytesMax);
            }
            if (more == 0 && !inflater.finished()) {
                throw new NodeException("compressed payload", size + " bytes, then no more", "a whole zlib stream");
            }
        }
        return size == out.length ? out : Arrays.copyOf(out, size);
    }
}
