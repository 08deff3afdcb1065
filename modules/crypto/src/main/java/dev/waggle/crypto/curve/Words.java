package dev.waggle.crypto.curve;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// 64-bit little-endian words inside byte arrays.
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static long read(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    static void write(byte[] bytes, int offset, long word) {
        LONGS.set(bytes, offset, word);
    }
}
