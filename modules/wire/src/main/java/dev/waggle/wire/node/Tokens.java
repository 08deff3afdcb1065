package dev.waggle.wire.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The dictionaries of version 3: strings that travel as one byte (1..235) or as two (a page byte 236..239, an
/// index byte).
/// All tokens are interned, so a literal in the code is found by identity.
final class Tokens {
    /// The version byte of the connection header that promises these tables.
    static final int VERSION = 3;

    private static final int PAGE = 256;
    private static final int PAGES = 4;
    private static final int SLOTS = 4096;
    private static final String[] SINGLE = page("tokens-single.txt", Wap.DICTIONARY_0);
    private static final String[] DOUBLE = new String[PAGES * PAGE];
    private static final @Nullable String[] KEYS = new String[SLOTS];
    private static final char[] CODES = new char[SLOTS];
    private static final int LONGEST;

    static {
        for (int p = 0; p < PAGES; p++) {
            System.arraycopy(page("tokens-double-" + p + ".txt", PAGE), 0, DOUBLE, p * PAGE, PAGE);
        }
        int longest = 0;
        // Index 0 is the empty string, which is never written as a token: 0 begins the empty list.
        for (int i = 1; i < SINGLE.length; i++) {
            longest = Math.max(longest, add(SINGLE[i], i));
        }
        for (int i = 0; i < DOUBLE.length; i++) {
            longest = Math.max(longest, add(DOUBLE[i], (Wap.DICTIONARY_0 << 8) + i));
        }
        LONGEST = longest;
    }

    private Tokens() {}

    /// The token of one byte, 1..235.
    static String single(int index) {
        return SINGLE[index];
    }

    /// The token of two bytes.
    ///
    /// @param dictionary 0..3
    /// @param index 0..255
    static String paged(int dictionary, int index) {
        return DOUBLE[(dictionary << 8) | index];
    }

    /// 0 when the text is no token; below 256 the only byte to write; else two bytes, the high one first.
    @SuppressWarnings("ReferenceEquality") // identity first: most callers pass a literal
    static int code(String text) {
        if (text.length() > LONGEST) {
            return 0;
        }
        int slot = slot(text);
        for (String key = KEYS[slot]; key != null; key = KEYS[slot]) {
            if (key == text || key.equals(text)) {
                return CODES[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return 0;
    }

    private static int slot(String text) {
        return (text.hashCode() * 0x9E3779B1) >>> 20;
    }

    private static int add(String token, int code) {
        int slot = slot(token);
        while (KEYS[slot] != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        KEYS[slot] = token;
        CODES[slot] = (char) code;
        return token.length();
    }

    private static String[] page(String name, int size) {
        try (InputStream in = Tokens.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("token dictionary: absent (expected: " + name + ")");
            }
            String[] lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1);
            if (lines.length != size + 1) {
                throw new IllegalStateException(name + ": " + (lines.length - 1) + " tokens (expected: " + size + ")");
            }
            return Arrays.stream(lines, 0, size).map(String::intern).toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
