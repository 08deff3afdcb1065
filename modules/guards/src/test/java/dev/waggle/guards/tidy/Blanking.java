package dev.waggle.guards.tidy;

import java.util.Arrays;

/// Splits Java text into code, comments and literals of equal length; what is not of the kind is a space.
final class Blanking {
    private enum Kind {
        CODE,
        COMMENT,
        LITERAL
    }

    private final String text;
    private final Kind[] kinds;

    private Blanking(String text) {
        this.text = text;
        this.kinds = new Kind[text.length()];
        Arrays.fill(kinds, Kind.CODE);
        mark();
    }

    static Source split(String path, String text) {
        Blanking blanking = new Blanking(text);
        return new Source(
                path, text, blanking.only(Kind.CODE), blanking.only(Kind.COMMENT), blanking.only(Kind.LITERAL));
    }

    private void mark() {
        int at = 0;
        while (at < text.length()) {
            int end = at;
            Kind kind = Kind.CODE;
            if (text.startsWith("//", at)) {
                kind = Kind.COMMENT;
                end = endAfter("\n", at);
            } else if (text.startsWith("/*", at)) {
                kind = Kind.COMMENT;
                end = endAfter("*/", at + 2);
            } else if (text.startsWith("\"\"\"", at)) {
                kind = Kind.LITERAL;
                end = endOfLiteral("\"\"\"", at + 3);
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                kind = Kind.LITERAL;
                end = endOfLiteral(text.substring(at, at + 1), at + 1);
            }
            end = Math.max(end, at + 1);
            Arrays.fill(kinds, at, end, kind);
            at = end;
        }
    }

    private int endAfter(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private int endOfLiteral(String quote, int from) {
        int at = from;
        while (at < text.length() && !text.startsWith(quote, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + quote.length(), text.length());
    }

    private String only(Kind kind) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] != kind && text.charAt(i) != '\n') {
                out.setCharAt(i, ' ');
            }
        }
        return out.toString();
    }
}
