package dev.waggle.platform.admin.form;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A square black-and-white PNG (ISO/IEC 15948: greyscale, one bit per pixel), without the desktop module.
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    interface Black {
        boolean at(int x, int y);
    }

    private Png() {}

    static byte[] of(int side, Black black) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(side).putInt(side);
        header.put((byte) 1).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", deflated(rows(side, black)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /// Each row begins with its filter (none); a set bit is white.
    private static byte[] rows(int side, Black black) {
        int width = 1 + (side + 7) / 8;
        byte[] rows = new byte[width * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (!black.at(x, y)) {
                    rows[y * width + 1 + x / 8] |= (byte) (0x80 >> (x % 8));
                }
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4_096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
        chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        png.writeBytes(chunk.putInt((int) crc.getValue()).array());
    }
}
