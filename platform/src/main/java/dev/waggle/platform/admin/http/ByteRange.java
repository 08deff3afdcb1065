package dev.waggle.platform.admin.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a body (RFC 9110, 14), first and last byte included.
public record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /// The part that a `Range` header asks for: the whole when it asks for none, or in a way that we may ignore
    /// (another unit, several parts).
    ///
    /// @throws ProblemException 416 when there is no such part
    public static ByteRange of(String header, long length) {
        Matcher single = SINGLE.matcher(header.strip());
        if (!single.matches() || (single.group(1).isEmpty() && single.group(2).isEmpty())) {
            return new ByteRange(0, length - 1);
        }
        long first;
        long last = length - 1;
        if (single.group(1).isEmpty()) {
            first = Math.max(0, length - Long.parseLong(single.group(2)));
        } else {
            first = Long.parseLong(single.group(1));
            if (!single.group(2).isEmpty()) {
                last = Math.min(last, Long.parseLong(single.group(2)));
            }
        }
        if (first > last) {
            throw Problem.RANGE_NOT_SATISFIABLE
                    .because("Range", header, "within " + length + " bytes")
                    .header("Content-Range", "bytes */" + length);
        }
        return new ByteRange(first, last);
    }

    public long length() {
        return last - first + 1;
    }

    public boolean whole(long length) {
        return length() == length;
    }
}
