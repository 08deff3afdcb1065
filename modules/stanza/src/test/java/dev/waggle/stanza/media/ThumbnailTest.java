package dev.waggle.stanza.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.proto.message.ExtendedTextMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.message.MessageContent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailTest {
    private static final Bytes FILE_KEY = Bytes.utf8("the media key of the file itself");
    private static final LinkPreview LINK = new LinkPreview("https://example.org/a", "A", "All of it");

    private static MediaContent.Place place(Bytes key, String directPath) {
        return new MediaContent.Place(
                "", directPath, key, Bytes.utf8("sha256 of it"), Bytes.utf8("sha256 of what is kept"));
    }

    private static Message file(String type, String caption) {
        MediaContent content = new MediaContent(
                type,
                "x/y",
                place(FILE_KEY, ""),
                7,
                new MediaContent.Look(caption, "a.pdf", 3, 640, 480, false, false));
        return new MediaDraft(content, Instant.EPOCH, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY).message();
    }

    private static Thumbnail thumbnail(String type, String directPath) {
        return new Thumbnail(type, place(FILE_KEY, directPath), 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "video", "document"})
    void a_file_tells_its_thumbnail_under_its_own_media_key(String type) {
        Thumbnail told = thumbnail(type + "-thumbnail", "");
        Message message = told.in(file(type, "see"));

        assertThat(Thumbnail.of(message)).contains(told);
        Message placed = told.at("/v/small").in(MediaDraft.placed(message, "https://host/v/large", "/v/large"));
        assertThat(Thumbnail.of(placed)).contains(thumbnail(type + "-thumbnail", "/v/small"));
        assertThat(MediaContent.of(placed))
                .get()
                .extracting(MediaContent::place)
                .isEqualTo(new MediaContent.Place(
                        "https://host/v/large",
                        "/v/large",
                        FILE_KEY,
                        place(FILE_KEY, "").sha256(),
                        place(FILE_KEY, "").encryptedSha256()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "video", "audio", "voice", "document", "sticker"})
    void a_file_without_one_tells_none(String type) {
        assertThat(Thumbnail.of(file(type, ""))).isEmpty();
        assertThat(LinkPreview.of(file(type, ""))).isEmpty();
    }

    @Test
    void a_recording_can_have_none() {
        assertThat(thumbnail("audio-thumbnail", "").in(file("audio", ""))).isEqualTo(file("audio", ""));
    }

    @Test
    void a_document_tells_how_large_its_thumbnail_is() {
        Thumbnail told = new Thumbnail("document-thumbnail", place(FILE_KEY, "/v/small"), 640, 480);
        assertThat(Thumbnail.of(told.in(file("document", "")))).contains(told);
    }

    @Test
    void a_text_shows_a_link_and_its_thumbnail_under_a_media_key_of_its_own() {
        Thumbnail told =
                new Thumbnail("link-thumbnail", place(Bytes.utf8("a media key of its own"), "/v/small"), 640, 480);
        Message text = LINK.message("see https://example.org/a", Bytes.utf8("tiny jpeg"));
        Message message = told.in(text, Instant.ofEpochSecond(1_700_000_000));

        assertThat(Thumbnail.of(text)).isEmpty();
        assertThat(Thumbnail.of(message)).contains(told);
        assertThat(LinkPreview.of(message)).contains(LINK);
        assertThat(MediaContent.of(message)).isEmpty();
        assertThat(MessageContent.textOf(message)).isEqualTo("see https://example.org/a");
        assertThat(MessageContent.type(message)).isEqualTo("text");
        assertThat(MessageContent.stanzaType(message)).isEqualTo("media");
        ExtendedTextMessage shown = message.getExtendedTextMessage();
        assertThat(shown.getJpegThumbnail().toStringUtf8()).isEqualTo("tiny jpeg");
        assertThat(shown.getMediaKeyTimestamp()).isEqualTo(1_700_000_000);
    }

    @Test
    void a_thumbnail_that_nothing_opens_is_none() {
        Message text = LINK.message("see https://example.org/a", Bytes.EMPTY);
        Message.Builder half = text.toBuilder();
        half.getExtendedTextMessageBuilder().setThumbnailDirectPath("/v/small");
        assertThat(Thumbnail.of(half.build())).isEmpty();
    }
}
