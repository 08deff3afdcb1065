package dev.waggle.stanza.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.Hkdf;
import dev.waggle.proto.mediaretry.MediaRetryNotification;
import dev.waggle.proto.mediaretry.ServerErrorReceipt;
import dev.waggle.stanza.Notification;
import dev.waggle.stanza.Samples;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.notification.Content;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaRetryTest {
    private static final Bytes KEY = Samples.bytes(32, 7);
    private static final Bytes NONCE = Samples.bytes(12, 5);
    private static final MessageId ID = new MessageId("3EB0AA");

    private static byte[] derived() {
        byte[] info = "WhatsApp Media Retry Notification".getBytes(StandardCharsets.UTF_8);
        return Hkdf.derive(KEY.toArray(), new byte[0], info, 32);
    }

    private static Content.MediaRetried answered(MediaRetryNotification answer, String boundTo) {
        byte[] sealed =
                AesGcm.seal(derived(), NONCE.toArray(), boundTo.getBytes(StandardCharsets.UTF_8), answer.toByteArray());
        return new Content.MediaRetried(ID, Samples.BOB, false, null, OptionalInt.empty(), Bytes.wrap(sealed), NONCE);
    }

    private static MediaRetryNotification.Builder uploaded() {
        return MediaRetryNotification.newBuilder()
                .setStanzaId(ID.value())
                .setDirectPath("/v/new?x=1")
                .setResult(MediaRetryNotification.ResultType.SUCCESS);
    }

    @Test
    void the_question_names_the_message_under_a_key_of_its_own() throws Exception {
        Bytes sealed = MediaRetry.seal(KEY, ID, NONCE);
        byte[] opened =
                AesGcm.open(derived(), NONCE.toArray(), ID.value().getBytes(StandardCharsets.UTF_8), sealed.toArray());
        assertThat(ServerErrorReceipt.parseFrom(opened).getStanzaId()).isEqualTo(ID.value());
    }

    /// Another implementation's key, for a media key of 32 times 07: HKDF of Node.js.
    @Test
    void the_key_is_the_one_that_others_derive() {
        assertThat(Bytes.wrap(derived()).toHex())
                .isEqualTo("5536100512e71af912162221d205282beee6e0869eb16ba2404faa9b64413128");
    }

    @Test
    void an_answer_tells_the_new_place() {
        assertThat(MediaRetry.open(KEY, answered(uploaded().build(), ID.value())))
                .isEqualTo(new MediaRetry.Answer.Uploaded("/v/new?x=1"));
    }

    @Test
    void an_answer_that_is_not_for_this_message_is_none() {
        assertThat(MediaRetry.open(KEY, answered(uploaded().build(), "3EB0BB")))
                .isEqualTo(new MediaRetry.Answer.Failed("the answer cannot be opened"));
        assertThat(MediaRetry.open(
                        KEY, answered(uploaded().setStanzaId("3EB0BB").build(), ID.value())))
                .isEqualTo(new MediaRetry.Answer.Failed("the answer is to another message"));
        assertThat(MediaRetry.open(Samples.bytes(32, 8), answered(uploaded().build(), ID.value())))
                .isInstanceOf(MediaRetry.Answer.Failed.class);
    }

    @Test
    void a_file_that_the_phone_has_lost_is_missing() {
        var lost = MediaRetryNotification.newBuilder().setResult(MediaRetryNotification.ResultType.NOT_FOUND);
        assertThat(MediaRetry.open(KEY, answered(lost.build(), ID.value()))).isEqualTo(new MediaRetry.Answer.Missing());
        assertThat(MediaRetry.open(KEY, answered(uploaded().clearDirectPath().build(), ID.value())))
                .isEqualTo(new MediaRetry.Answer.Failed("the phone answered 1"));
    }

    @ParameterizedTest
    @CsvSource({"2,Missing", "3,Failed", "0,Failed", "99,Failed"})
    void an_error_in_the_clear_says_as_much(int code, String answer) {
        Content.MediaRetried retried =
                new Content.MediaRetried(ID, Samples.BOB, true, null, OptionalInt.of(code), Bytes.EMPTY, Bytes.EMPTY);
        assertThat(MediaRetry.open(KEY, retried).getClass().getSimpleName()).isEqualTo(answer);
    }

    @Test
    void spoilt_answers_are_failures() {
        Random random = new Random(3);
        Content.MediaRetried good = answered(uploaded().build(), ID.value());
        for (int i = 0; i < 2_000; i++) {
            byte[] spoilt = good.payload()
                    .slice(0, random.nextInt(good.payload().size()))
                    .toArray();
            if (spoilt.length > 0) {
                spoilt[random.nextInt(spoilt.length)] ^= 1;
            }
            assertThat(MediaRetry.open(
                            KEY,
                            new Content.MediaRetried(
                                    ID, Jid.SERVER, false, null, OptionalInt.empty(), Bytes.wrap(spoilt), NONCE)))
                    .isInstanceOf(MediaRetry.Answer.Failed.class);
        }
    }

    @Test
    void the_notification_says_whose_file_it_is_about() {
        Notification read = (Notification) Stanza.read(Samples.mediaRetried(Samples.bytes(60, 1), NONCE));
        Content.MediaRetried content = (Content.MediaRetried) read.content();
        assertThat(content.chat()).isEqualTo(Samples.GROUP);
        assertThat(content.participant()).isEqualTo(Samples.BOB_LID);
        assertThat(content.nonce()).isEqualTo(NONCE);
        assertThat(content.error()).isEmpty();
    }
}
