package dev.waggle.stanza.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.proto.message.FutureProofMessage;
import dev.waggle.proto.message.ImageMessage;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.VideoMessage;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.Traits;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaContentTest {
    private static final Instant DRAWN = Instant.ofEpochSecond(1_700_000_000);
    private static final MediaContent.Place PLACE = new MediaContent.Place("", "", key(1), key(2), key(3));

    private static Bytes key(int value) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) value;
        return Bytes.wrap(bytes);
    }

    private static MediaContent content(String type) {
        boolean shown = type.equals("image") || type.equals("video") || type.equals("document");
        boolean sized = type.equals("image") || type.equals("video") || type.equals("sticker");
        boolean played = type.equals("video") || type.equals("audio") || type.equals("voice");
        MediaContent.Look look = new MediaContent.Look(
                shown ? "a caption" : "",
                type.equals("document") ? "list.pdf" : "",
                played ? 7 : 0,
                sized ? 640 : 0,
                sized ? 480 : 0,
                type.equals("video"),
                type.equals("sticker"));
        return new MediaContent(type, "some/thing", PLACE, 12_345, look);
    }

    private static MediaDraft draft(String type) {
        return new MediaDraft(content(type), DRAWN, Bytes.of((byte) 1), Bytes.of((byte) 2), Bytes.of((byte) 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "video", "audio", "voice", "document", "sticker"})
    void what_was_drafted_is_read(String type) {
        Message message = draft(type).message();
        assertThat(MediaContent.of(message)).contains(content(type));
        assertThat(MessageContent.type(message)).isEqualTo(type);
        assertThat(MessageContent.textOf(message))
                .isEqualTo(content(type).look().caption());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "video", "audio", "voice", "document", "sticker"})
    void the_place_is_told_once_the_file_was_uploaded(String type) {
        Message message = draft(type).message();
        Message placed = MediaDraft.placed(message, "https://host/x", "/x?y=1");
        MediaContent.Place place = MediaContent.of(placed).orElseThrow().place();
        assertThat(place.url()).isEqualTo("https://host/x");
        assertThat(place.directPath()).isEqualTo("/x?y=1");
        assertThat(MediaContent.of(MediaDraft.placed(placed, "", ""))).contains(content(type));
    }

    @ParameterizedTest
    @CsvSource({"image,image", "video,gif", "audio,audio", "voice,ptt", "document,document", "sticker,sticker"})
    void the_stanza_says_what_kind_of_file_is_inside(String type, String wire) {
        Traits traits = Traits.of(draft(type).message());
        assertThat(traits.type()).isEqualTo("media");
        assertThat(traits.mediaType()).isEqualTo(wire);
    }

    @Test
    void the_small_things_go_where_their_type_has_a_place() {
        assertThat(draft("image").message().getImageMessage().getJpegThumbnail().size())
                .isEqualTo(1);
        assertThat(draft("sticker")
                        .message()
                        .getStickerMessage()
                        .getPngThumbnail()
                        .size())
                .isEqualTo(1);
        var voice = draft("voice").message().getAudioMessage();
        assertThat(voice.getWaveform()).isEqualTo(ByteString.copyFrom(new byte[] {3}));
        assertThat(voice.getStreamingSidecar()).isEqualTo(ByteString.copyFrom(new byte[] {1}));
        assertThat(voice.getMediaKeyTimestamp()).isEqualTo(1_700_000_000);
        assertThat(draft("document").message().hasDocumentWithCaptionMessage()).isTrue();
    }

    @Test
    void a_file_is_found_in_its_wrappers_and_a_round_video_is_a_video() {
        Message image = Message.newBuilder()
                .setImageMessage(ImageMessage.newBuilder().setMimetype("image/png"))
                .build();
        Message wrapped = Message.newBuilder()
                .setEphemeralMessage(FutureProofMessage.newBuilder().setMessage(image))
                .build();
        assertThat(MediaContent.of(wrapped).orElseThrow().mimetype()).isEqualTo("image/png");
        assertThat(MediaContent.of(wrapped).orElseThrow().length()).isEqualTo(-1);
        Message round = Message.newBuilder()
                .setPtvMessage(VideoMessage.newBuilder().setFileLength(-1L))
                .build();
        assertThat(MediaContent.of(round).orElseThrow().type()).isEqualTo("video");
        assertThat(MediaContent.of(round).orElseThrow().length()).isEqualTo(-1);
    }

    @Test
    void a_text_has_no_file() {
        Message text = Message.newBuilder().setConversation("hi").build();
        assertThat(MediaContent.of(text)).isEmpty();
        assertThat(MediaDraft.placed(text, "u", "d")).isEqualTo(text);
        assertThatThrownBy(() -> new MediaDraft(
                                new MediaContent(
                                        "hologram",
                                        "",
                                        PLACE,
                                        1,
                                        content("audio").look()),
                                DRAWN,
                                Bytes.EMPTY,
                                Bytes.EMPTY,
                                Bytes.EMPTY)
                        .message())
                .hasMessageContaining("media type: hologram (expected: ");
    }

    @Test
    void nothing_secret_is_shown() {
        assertThat(content("image").toString()).doesNotContain("Bytes").contains("Place[]");
    }
}
