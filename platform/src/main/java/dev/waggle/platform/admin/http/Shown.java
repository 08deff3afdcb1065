package dev.waggle.platform.admin.http;

/// A foreign value as it may stand in an error: short, on one line, printable.
public final class Shown {
    private static final int LENGTH_MAX = 80;

    private Shown() {}

    public static String of(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints().limit(LENGTH_MAX).forEach(c -> {
            boolean plain = c >= ' ' && c != 0x7f && Character.isDefined(c) && !Character.isISOControl(c);
            shown.appendCodePoint(plain && (c < 0xd800 || c > 0xdfff) ? c : '?');
        });
        return shown.length() < value.length() ? shown + "…" : shown.toString();
    }
}
