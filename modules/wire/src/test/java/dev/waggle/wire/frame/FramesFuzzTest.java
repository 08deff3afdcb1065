package dev.waggle.wire.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class FramesFuzzTest {
    /// Byte by byte or at once: the same frames, or both refused.
    @FuzzTest
    void chunk_borders_mean_nothing(byte[] stream) {
        List<byte[]> slowly = new ArrayList<>();
        boolean refused = false;
        Frames frames = new Frames(1 << 16);
        try {
            for (byte b : stream) {
                slowly.addAll(frames.accept(new byte[] {b}));
            }
        } catch (FrameException e) {
            refused = true;
        }
        compare(stream, slowly, refused);
    }

    private static void compare(byte[] stream, List<byte[]> slowly, boolean refused) {
        List<byte[]> atOnce;
        try {
            atOnce = new Frames(1 << 16).accept(stream);
        } catch (FrameException e) {
            if (!refused) {
                throw new AssertionError("refused only at once", e);
            }
            return;
        }
        if (refused || atOnce.size() != slowly.size()) {
            throw new AssertionError(atOnce.size() + " at once, " + slowly.size() + " slowly, refused " + refused);
        }
        for (int i = 0; i < atOnce.size(); i++) {
            if (!Arrays.equals(atOnce.get(i), slowly.get(i))) {
                throw new AssertionError("frame " + i + " differs");
            }
        }
    }
}
