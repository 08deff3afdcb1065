package dev.waggle.signal.golden;

import dev.waggle.address.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A stored record in hex, as it was written on the day the file was made. Such a file is added, never edited.
public final class GoldenFile {
    private GoldenFile() {}

    /// @param name of a file beside this class in the resources, without `.hex`
    public static byte[] read(String name) {
        try (InputStream in = GoldenFile.class.getResourceAsStream(name + ".hex")) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + name + ".hex");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Bytes.hex(text.replaceAll("\\s", "")).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// 32 bytes that are easy to find in a dump; clamped as a private key is.
    public static Bytes key(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        key[0] &= (byte) 0xF8;
        key[31] &= 0x7F;
        key[31] |= 0x40;
        return Bytes.wrap(key);
    }
}
