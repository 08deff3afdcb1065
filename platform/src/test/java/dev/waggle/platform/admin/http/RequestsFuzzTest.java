package dev.waggle.platform.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever stands in a body, a query or a `Range` header: it is read, or refused by a problem that says why.
class RequestsFuzzTest {
    private static final Set<String> FIELDS =
            Set.of("text", "type", "labels", "metadata", "seconds", "gif", "thumbnail");
    private static final String WHOLE = """
            {"text":"h\u00e4llo \\uD83D\\uDC1D","type":"image","labels":["a","b"],"metadata":{"k":"v"},"seconds":12,\
            "gif":true,"thumbnail":"AAEC"}""";

    @FuzzTest
    void any_bytes_are_a_body_or_a_problem(byte[] data) {
        body(data);
    }

    @FuzzTest
    void any_text_is_a_query_or_a_problem(byte[] data) {
        query(new String(data, StandardCharsets.UTF_8));
    }

    @FuzzTest
    void any_text_is_a_range_or_none(byte[] data) {
        range(new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void thousands_of_spoilt_bodies_queries_and_ranges_are_read_or_refused() {
        Random random = new Random(41);
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        body(whole);
        for (int i = 0; i < 3_000; i++) {
            byte[] spoilt = whole.clone();
            for (int n = 0; n <= i % 4; n++) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            body(spoilt);
            query(spoilt("after=12&limit=%31&types=a,b", random));
            range(spoilt("bytes=0-99", random));
        }
    }

    private static String spoilt(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x200));
        return text.toString();
    }

    private static void tried(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException e) {
            assertThat(e).hasMessageContaining("(expected: ");
            assertThat(e.problem().status()).isBetween(400, 422);
        }
    }

    private static void body(byte[] data) {
        tried(() -> {
            JsonBody body = JsonBody.parse(data, FIELDS);
            tried(() -> body.only(Set.of("text", "type"), "for a text"));
            tried(() -> body.text("text", 1, 100));
            tried(() -> body.optionalText("type", 0, 10));
            tried(() -> body.oneOf("type", List.of("text", "image")));
            tried(() -> body.number("seconds", 0, 100, 0));
            tried(() -> body.flag("gif"));
            tried(() -> body.base64("thumbnail", 64));
            tried(() -> body.optionalTexts("labels", 4));
            tried(() -> body.optionalMap("metadata", 4, 20));
        });
    }

    private static void query(String text) {
        tried(() -> {
            Query query = Query.parse(text, Set.of("after", "types", "limit"));
            query.text("types");
            query.number("after", 0, Long.MAX_VALUE, 0);
            query.number("limit", 1, 1_000, 100);
        });
    }

    private static void range(String text) {
        tried(() -> {
            ByteRange range = ByteRange.of(text, 100);
            assertThat(range.first()).isBetween(0L, 99L);
            assertThat(range.last()).isBetween(range.first(), 99L);
        });
    }
}
