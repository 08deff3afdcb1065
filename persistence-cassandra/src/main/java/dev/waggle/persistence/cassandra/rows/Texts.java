package dev.waggle.persistence.cassandra.rows;

import java.util.Comparator;

/// Texts in the order in which Cassandra has them: by code point, where Java's own order is by char.
public final class Texts {
    public static final Comparator<String> ORDER = Texts::compare;

    private Texts() {}

    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                // Halves of pairs stand for code points above all others.
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
