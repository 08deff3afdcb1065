package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Thumbnails that are files of their own, over HTTP: beside files and of links, to a contact and back.
@Timeout(120)
class ThumbnailsTest {
    private static final String TEXT = "see https://example.org/a there";
    private static final String LINK = "\"text\":\"" + TEXT
            + "\",\"link\":{\"url\":\"https://example.org/a\",\"title\":\"A\"," + "\"description\":\"All of it\"}";

    private final PairedDesk bee;

    ThumbnailsTest(@TempDir Path data) throws Exception {
        bee = new PairedDesk(data);
    }

    @AfterEach
    void close() {
        bee.close();
    }

    private static byte[] drawn(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private String uploaded(int size, String mimetype) throws Exception {
        return bee.upload(drawn(size), mimetype).at("/id").asText();
    }

    private HttpResponse<byte[]> fetch(String message, String what, String range) throws Exception {
        var request = bee.desk.to(PairedDesk.ACCOUNT + "/messages/" + message + "/" + what);
        return bee.desk.bytes(range.isEmpty() ? request.GET() : request.GET().header("Range", range));
    }

    private JsonNode told(String file) throws Exception {
        bee.desk.simulate(
                "/contacts/" + bee.contact + "/messages", "{\"to\":\"" + bee.account + "\",\"file\":{" + file + "}}");
        JsonNode event = bee.event("message.received", one -> true);
        Documented.check("MessageData", event.at("/data"));
        return event.at("/data");
    }

    @ParameterizedTest
    @CsvSource({"image,image/png", "video,video/mp4", "document,application/pdf"})
    void a_contact_gets_a_file_and_its_thumbnail(String type, String mimetype) throws Exception {
        String media = uploaded(60_000, mimetype);
        String small = uploaded(7_001, "image/jpeg");

        String id = bee.sent(type, "\"media\":\"" + media + "\",\"thumbnailMedia\":\"" + small + "\"")
                .at("/id")
                .asText();

        JsonNode got = bee.heard().at("/file");
        assertThat(got.at("/problem").asText()).isEmpty();
        assertThat(got.at("/sha256").asText()).isEqualTo(sha256(drawn(60_000)));
        assertThat(got.at("/thumbnail/problem").asText("none")).isEmpty();
        assertThat(got.at("/thumbnail/sha256").asText()).isEqualTo(sha256(drawn(7_001)));
        assertThat(fetch(id, "media", "").body()).isEqualTo(drawn(60_000));
        assertThat(fetch(id, "thumbnail", "").body()).isEqualTo(drawn(7_001));
        bee.assertClean();
    }

    @Test
    void a_contact_gets_a_link_with_its_thumbnail() throws Exception {
        String small = uploaded(7_002, "image/jpeg");
        String id = bee.sent(
                        "text",
                        LINK + ",\"thumbnailMedia\":\"" + small
                                + "\",\"thumbnailWidth\":640,\"thumbnailHeight\":480,\"thumbnail\":\"AAEC\"")
                .at("/id")
                .asText();

        JsonNode got = bee.heard();
        assertThat(got.at("/type").asText()).isEqualTo("text");
        assertThat(got.at("/text").asText()).isEqualTo(TEXT);
        assertThat(got.at("/file/fileName").asText()).isEqualTo("A");
        assertThat(got.at("/file/problem").asText("none")).isEmpty();
        assertThat(got.at("/file/sha256").asText()).isEqualTo(sha256(drawn(7_002)));
        assertThat(fetch(id, "thumbnail", "").body()).isEqualTo(drawn(7_002));
        assertThat(fetch(id, "media", "").statusCode()).isEqualTo(404);
        bee.assertClean();
    }

    @Test
    void a_link_goes_without_a_thumbnail_too() throws Exception {
        String id = bee.sent("text", LINK).at("/id").asText();
        assertThat(bee.heard().at("/text").asText()).isEqualTo(TEXT);
        HttpResponse<byte[]> none = fetch(id, "thumbnail", "");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(new String(none.body(), StandardCharsets.UTF_8)).contains("media-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "video", "document"})
    void the_thumbnail_beside_a_file_of_a_contact_is_told_and_fetched(String type) throws Exception {
        JsonNode data = told("\"type\":\"" + type
                + "\",\"mimetype\":\"application/pdf\",\"size\":30000,\"fileName\":\"b.pdf\",\"thumbnailSize\":4099");

        assertThat(data.at("/thumbnail/sha256").asText()).isEqualTo(sha256(drawn(4_099)));
        assertThat(data.at("/link").isNull()).isTrue();
        String id = data.at("/id").asText();
        HttpResponse<byte[]> whole = fetch(id, "thumbnail", "");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(whole.body()).isEqualTo(drawn(4_099));
        assertThat(fetch(id, "thumbnail", "bytes=-99").body())
                .isEqualTo(Arrays.copyOfRange(drawn(4_099), 4_000, 4_099));
        assertThat(fetch(id, "media", "").body()).isEqualTo(drawn(30_000));
        bee.assertClean();
    }

    @Test
    void a_link_of_a_contact_is_told_with_its_preview_and_its_thumbnail_is_fetched() throws Exception {
        JsonNode data = told("\"type\":\"link\",\"mimetype\":\"image/jpeg\",\"size\":5003,\"caption\":\"" + TEXT
                + "\",\"fileName\":\"A page\"");

        assertThat(data.at("/type").asText()).isEqualTo("text");
        assertThat(data.at("/text").asText()).isEqualTo(TEXT);
        assertThat(data.at("/media").isNull()).isTrue();
        assertThat(data.at("/link/url").asText()).isEqualTo("https://example.org/a");
        assertThat(data.at("/link/title").asText()).isEqualTo("A page");
        assertThat(data.at("/link/description").isNull()).isTrue();
        assertThat(data.at("/thumbnail/sha256").asText()).isEqualTo(sha256(drawn(5_003)));
        assertThat(fetch(data.at("/id").asText(), "thumbnail", "").body()).isEqualTo(drawn(5_003));
        bee.assertClean();
    }

    /// The hosts give another file than the message names: by its MAC, or by either hash.
    @Test
    void a_thumbnail_that_is_spoilt_at_every_host_is_not_given() throws Exception {
        bee.desk.simulate("/faults", "{\"kind\":\"media-spoilt\"}");
        JsonNode data = told("\"type\":\"document\",\"mimetype\":\"x/y\",\"size\":3000,\"thumbnailSize\":4000");
        HttpResponse<byte[]> refused = fetch(data.at("/id").asText(), "thumbnail", "");
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("media-broken");
    }

    /// The phone would upload the file again, not the thumbnail: nobody is asked.
    @Test
    void a_thumbnail_that_the_hosts_let_go_is_gone() throws Exception {
        bee.desk.simulate("/faults", "{\"kind\":\"media-gone\",\"count\":1,\"code\":404}");
        JsonNode data = told("\"type\":\"document\",\"mimetype\":\"x/y\",\"size\":3000,\"thumbnailSize\":4000");
        HttpResponse<byte[]> gone = fetch(data.at("/id").asText(), "thumbnail", "");
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(new String(gone.body(), StandardCharsets.UTF_8)).contains("media-gone");
    }

    @Test
    void wrong_requests_are_told_what_is_wrong() throws Exception {
        String pdf = uploaded(100, "application/pdf");
        String small = "\"thumbnailMedia\":\"" + pdf + "\"";
        assertThat(bee.post("document", "\"media\":\"" + pdf + "\"," + small).body())
                .contains("invalid-value", "a picture");
        assertThat(bee.post("document", "\"media\":\"" + pdf + "\",\"thumbnailMedia\":\"mNONE\"")
                        .body())
                .contains("media-not-found", "thumbnailMedia");
        assertThat(bee.post("audio", "\"media\":\"" + pdf + "\"," + small).body())
                .contains("unknown-field");
        assertThat(bee.post("text", "\"text\":\"x\"," + small).body()).contains("invalid-value", "without a link");
        assertThat(bee.post("text", "\"text\":\"x\",\"link\":{\"url\":\"https://example.org\",\"title\":\"A\"}")
                        .body())
                .contains("invalid-value", "as it stands in the text");
        assertThat(bee.post("text", "\"text\":\"x\",\"link\":{\"url\":\"x\",\"title\":\" \"}")
                        .body())
                .contains("invalid-value", "link.title");
        assertThat(bee.post("text", "\"text\":\"x\",\"link\":{\"url\":\"x\",\"title\":\"A\",\"icon\":\"y\"}")
                        .body())
                .contains("invalid-value", "url, title, description");
    }
}
