package dev.waggle.simulator.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The few DER forms that a certificate is written in.
final class Der {
    private Der() {}

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] value(int tag, byte[]... content) {
        byte[] all = join(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (all.length < 0x80) {
            out.write(all.length);
        } else if (all.length < 0x100) {
            out.write(0x81);
            out.write(all.length);
        } else {
            out.write(0x82);
            out.write(all.length >> 8);
            out.write(all.length);
        }
        out.writeBytes(all);
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... content) {
        return value(0x30, content);
    }

    static byte[] integer(byte[] twosComplement) {
        return value(0x02, twosComplement);
    }

    static byte[] bits(byte[] content) {
        return value(0x03, new byte[] {0}, content);
    }

    static byte[] octets(byte[]... content) {
        return value(0x04, content);
    }

    static byte[] utf8(String text) {
        return value(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] ascii(int tag, String text) {
        return value(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] yes() {
        return value(0x01, new byte[] {(byte) 0xFF});
    }

    /// An object identifier in dotted form.
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift > 0) {
                    out.write((int) (arc >>> shift & 0x7F | 0x80));
                }
            }
            out.write((int) (arc & 0x7F));
        }
        return value(0x06, out.toByteArray());
    }
}
