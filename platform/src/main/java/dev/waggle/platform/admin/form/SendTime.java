package dev.waggle.platform.admin.form;

import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When a message is to be sent: the field `sendAt`, a date and time of RFC 3339 with its offset. Parts of a
/// millisecond are cut off.
public final class SendTime {
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final String RULE = "a date and time with its offset, such as 2026-03-01T08:00:00Z";
    private static final int LONGEST = 64;

    private SendTime() {}

    /// Null: at once.
    public static @Nullable Instant of(JsonBody body) {
        String text = body.optionalText("sendAt", 1, LONGEST);
        return text == null ? null : parse(text);
    }

    public static Instant parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (FORM.matcher(upper).matches()) {
            try {
                return OffsetDateTime.parse(upper).toInstant().truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeException _) {
                // Answered below like any other text that is no time.
            }
        }
        throw Problem.INVALID_VALUE.because("sendAt", text, RULE).with("field", "sendAt");
    }
}
