package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files over HTTP: to a contact and back, past hosts that fail.
@Timeout(120)
class MediaTest {
    private static final String MARK = "nobody else reads this";

    private final Path data;
    private final PairedDesk bee;

    MediaTest(@TempDir Path data) throws Exception {
        this.data = data;
        bee = new PairedDesk(data);
    }

    @AfterEach
    void close() {
        bee.close();
    }

    private static byte[] file(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        byte[] mark = MARK.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(mark, 0, bytes, 0, Math.min(mark.length, size));
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private HttpResponse<String> send(String type, String media, String more) throws Exception {
        return bee.post(type, "\"media\":\"" + media + "\"" + more);
    }

    private JsonNode sent(String type, String media, String more) throws Exception {
        return bee.sent(type, "\"media\":\"" + media + "\"" + more);
    }

    private void arm(String fault) throws Exception {
        bee.desk.simulate("/faults", fault);
    }

    private String told(String type, int size, String more) throws Exception {
        bee.desk.simulate(
                "/contacts/" + bee.contact + "/messages",
                "{\"to\":\"" + bee.account + "\",\"file\":{\"type\":\"" + type
                        + "\",\"mimetype\":\"image/png\",\"size\":" + size + more + "}}");
        JsonNode event = bee.event(
                "message.received", one -> one.at("/data/type").asText().equals(type));
        return event.at("/data/id").asText();
    }

    private HttpResponse<byte[]> fetch(String message, String range) throws Exception {
        HttpRequest.Builder request = bee.desk
                .to(PairedDesk.ACCOUNT + "/messages/" + message + "/media")
                .GET();
        return bee.desk.bytes(range.isEmpty() ? request : request.header("Range", range));
    }

    private static byte[] drawn(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "image,image/png,image,',\"caption\":\"look\"'",
        "video,video/mp4,video,',\"caption\":\"look\",\"seconds\":3'",
        "audio,audio/mpeg,audio,''",
        "voice,audio/ogg; codecs=opus,audio,''",
        "document,application/pdf,document,',\"caption\":\"look\",\"fileName\":\"a.pdf\"'",
        "sticker,image/webp,image,''"
    })
    void a_contact_gets_a_file_of_each_type(String type, String mimetype, String stored, String more) throws Exception {
        byte[] file = file(150_000);
        JsonNode media = bee.upload(file, mimetype);
        assertThat(media.at("/type").asText()).isEqualTo(stored);
        assertThat(media.at("/length").asInt()).isEqualTo(file.length);
        assertThat(media.at("/sha256").asText()).isEqualTo(sha256(file));

        JsonNode message = sent(type, media.at("/id").asText(), more);

        JsonNode got = bee.heard();
        assertThat(got.at("/type").asText()).isEqualTo(type);
        assertThat(got.at("/file/problem").asText()).isEmpty();
        assertThat(got.at("/file/sha256").asText()).isEqualTo(sha256(file));
        assertThat(got.at("/file/mimetype").asText()).isEqualTo(mimetype);
        assertThat(got.at("/file/caption").asText()).isEqualTo(more.contains("caption") ? "look" : "");
        assertThat(fetch(message.at("/id").asText(), "").body()).isEqualTo(file);
        bee.assertClean();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "video", "audio", "voice", "document", "sticker"})
    void a_file_of_a_contact_is_told_and_fetched_whole_and_in_parts(String type) throws Exception {
        int size = 100_003;
        String message = told(type, size, type.equals("document") ? ",\"fileName\":\"b.pdf\",\"caption\":\"see\"" : "");

        HttpResponse<byte[]> whole = fetch(message, "");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(drawn(size));
        assertThat(whole.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
        HttpResponse<byte[]> part = fetch(message, "bytes=33-70000");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 33-70000/" + size);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(drawn(size), 33, 70_001));
        assertThat(fetch(message, "bytes=-10").body()).isEqualTo(Arrays.copyOfRange(drawn(size), size - 10, size));
        HttpResponse<byte[]> none = fetch(message, "bytes=" + size + "-");
        assertThat(none.statusCode()).isEqualTo(416);
        assertThat(none.headers().firstValue("Content-Range")).contains("bytes */" + size);
        bee.assertClean();
    }

    @Test
    void an_event_describes_the_file_and_keeps_its_keys() throws Exception {
        bee.desk.simulate(
                "/contacts/" + bee.contact + "/messages",
                "{\"to\":\"" + bee.account + "\",\"file\":{\"type\":\"document\",\"mimetype\":\"application/pdf\","
                        + "\"size\":77,\"fileName\":\"b.pdf\",\"caption\":\"see\"}}");
        JsonNode event = bee.event("message.received", one -> true);
        JsonNode data = Documented.check("Event", event).at("/data");
        assertThat(data.at("/type").asText()).isEqualTo("document");
        assertThat(data.at("/text").asText()).isEqualTo("see");
        assertThat(data.at("/media/mimetype").asText()).isEqualTo("application/pdf");
        assertThat(data.at("/media/length").asInt()).isEqualTo(77);
        assertThat(data.at("/media/fileName").asText()).isEqualTo("b.pdf");
        assertThat(data.at("/media/sha256").asText()).isEqualTo(sha256(drawn(77)));
        assertThat(event.toString()).doesNotContainIgnoringCase("key").doesNotContain("enc?");
    }

    @Test
    void a_host_that_is_down_is_passed_over_both_ways() throws Exception {
        arm("{\"kind\":\"media-down\",\"code\":1}");
        byte[] file = file(3_000);
        sent("image", bee.upload(file, "image/png").at("/id").asText(), "");
        assertThat(bee.heard().at("/file/problem").asText()).isEmpty();
        assertThat(fetch(told("image", 5_000, ""), "").body()).isEqualTo(drawn(5_000));
    }

    @Test
    void a_right_that_holds_no_more_is_renewed() throws Exception {
        arm("{\"kind\":\"media-upload-status\",\"code\":401,\"count\":1}");
        arm("{\"kind\":\"media-download-status\",\"code\":403,\"count\":1}");
        sent("image", bee.upload(file(3_000), "image/png").at("/id").asText(), "");
        assertThat(bee.heard().at("/file/problem").asText()).isEmpty();
        assertThat(fetch(told("image", 5_000, ""), "").body()).isEqualTo(drawn(5_000));
    }

    @Test
    void an_upload_that_was_cut_goes_on_where_it_ended() throws Exception {
        arm("{\"kind\":\"media-upload-cut\",\"after\":1000000,\"count\":1}");
        byte[] file = file(6 << 20);
        sent("document", bee.upload(file, "application/zip").at("/id").asText(), ",\"fileName\":\"a.zip\"");
        assertThat(bee.heard().at("/file/problem").asText()).isEmpty();
        assertThat(bee.heard().at("/file/sha256").asText()).isEqualTo(sha256(file));
        assertThat(bee.desk.simulator.exchange().media().resumed()).isEqualTo(1);
        bee.assertClean();
    }

    @Test
    void a_download_that_was_cut_or_spoilt_comes_from_the_next_host() throws Exception {
        arm("{\"kind\":\"media-download-cut\",\"after\":1000,\"count\":1}");
        assertThat(fetch(told("image", 50_000, ""), "").body()).isEqualTo(drawn(50_000));
        arm("{\"kind\":\"media-spoilt\",\"count\":1}");
        assertThat(fetch(told("image", 60_000, ""), "").body()).isEqualTo(drawn(60_000));
    }

    @Test
    void a_file_that_is_spoilt_at_every_host_is_not_given() throws Exception {
        arm("{\"kind\":\"media-spoilt\"}");
        HttpResponse<byte[]> refused = fetch(told("image", 50_000, ""), "");
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(new String(refused.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("media-broken");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void a_file_that_the_hosts_let_go_is_asked_of_the_phone(int status) throws Exception {
        arm("{\"kind\":\"media-gone\",\"count\":1,\"code\":" + status + "}");
        String message = told("image", 40_000, "");
        assertThat(fetch(message, "").body()).isEqualTo(drawn(40_000));
        bee.assertClean();
    }

    /// The first refusal could be of the right to ask; the second one, with a new right, is of the file.
    @Test
    void a_file_that_is_refused_with_a_new_right_too_is_asked_of_the_phone() throws Exception {
        arm("{\"kind\":\"media-gone\",\"count\":2,\"code\":403}");
        String message = told("image", 40_000, "");
        assertThat(fetch(message, "").body()).isEqualTo(drawn(40_000));
        bee.assertClean();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void what_nobody_has_any_more_is_gone(int status) throws Exception {
        arm("{\"kind\":\"media-gone\",\"code\":" + status + "}");
        HttpResponse<byte[]> gone = fetch(told("image", 40_000, ""), "");
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(new String(gone.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("media-gone");
    }

    @Test
    void a_send_that_the_hosts_refuse_fails_with_a_reason() throws Exception {
        arm("{\"kind\":\"media-upload-status\",\"code\":415}");
        JsonNode message = Desk.json(
                send("image", bee.upload(file(100), "image/png").at("/id").asText(), ""));
        assertThat(message.at("/state").asText()).isEqualTo("FAILED");
        assertThat(message.at("/problem").asText()).isEqualTo("media-refused");
    }

    @Test
    void no_byte_of_a_file_lies_on_the_disk_in_the_clear() throws Exception {
        sent("image", bee.upload(file(30_000), "image/png").at("/id").asText(), "");
        fetch(told("image", 5_000, ""), "");
        try (Stream<Path> files = Files.walk(data.resolve("media"))) {
            assertThat(files.filter(Files::isRegularFile).toList()).hasSize(3).noneMatch(MediaTest::holdsMark);
        }
    }

    private static boolean holdsMark(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void wrong_requests_are_told_what_is_wrong() throws Exception {
        assertThat(fetch("3EB0NONE", "").statusCode()).isEqualTo(404);
        assertThat(send("image", "m00000000000000000000000000000000", "").statusCode())
                .isEqualTo(404);
        String media = bee.upload(file(10), "image/png").at("/id").asText();
        assertThat(send("image", media, ",\"fileName\":\"a\"").body()).contains("unknown-field");
        assertThat(send("image", media, ",\"width\":-1").body()).contains("invalid-value");
        assertThat(send("image", media, ",\"thumbnail\":\"%\"").body()).contains("base64");
        assertThat(bee.desk
                        .call("POST", PairedDesk.ACCOUNT + "/media?type=hologram", "x")
                        .body())
                .contains("invalid-value");
    }
}
