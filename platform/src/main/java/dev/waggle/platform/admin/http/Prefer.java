package dev.waggle.platform.admin.http;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `Prefer` header (RFC 7240). What is not understood in it is ignored, as the RFC wants.
public final class Prefer {
    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(;.*)?");

    private Prefer() {}

    /// `wait=N`, in seconds.
    public static OptionalInt waitSeconds(String header) {
        for (String preference : header.split(",", -1)) {
            Matcher matcher = WAIT.matcher(preference);
            if (matcher.matches()) {
                return OptionalInt.of(Integer.parseInt(matcher.group(1)));
            }
        }
        return OptionalInt.empty();
    }
}
