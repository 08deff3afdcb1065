package dev.waggle.stanza.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnnounceTest {
    @Test
    void small_announcements_have_their_exact_shapes() {
        assertThat(Announce.offlineBatch(200)).hasToString("<ib><offline_batch count=200/></ib>");
        assertThat(Announce.available("Bee")).hasToString("<presence type=available name=Bee/>");
        assertThat(Announce.unavailable("Bee")).hasToString("<presence type=unavailable name=Bee/>");
        assertThat(Announce.pong("7")).hasToString("<iq to=s.whatsapp.net type=result id=7/>");
        assertThat(Announce.pong(null)).hasToString("<iq to=s.whatsapp.net type=result/>");
    }

    @Test
    void presence_is_subscribed_with_the_token_when_there_is_one() {
        assertThat(Announce.subscribe(Samples.BOB, null))
                .hasToString("<presence type=subscribe to=" + Samples.BOB + "/>");
        assertThat(Announce.subscribe(Samples.BOB, Bytes.hex("0102")))
                .hasToString("<presence type=subscribe to=" + Samples.BOB + "><tctoken>[2]</presence>");
    }

    @Test
    void typing_recording_and_pausing_name_us_and_the_chat() {
        String start = "<chatstate from=" + Samples.ALICE_LID + " to=" + Samples.BOB_LID + ">";

        assertThat(Announce.typing(Samples.ALICE_LID, Samples.BOB_LID)).hasToString(start + "<composing/></chatstate>");
        assertThat(Announce.recording(Samples.ALICE_LID, Samples.BOB_LID))
                .hasToString(start + "<composing media=audio/></chatstate>");
        assertThat(Announce.paused(Samples.ALICE_LID, Samples.BOB_LID)).hasToString(start + "<paused/></chatstate>");
    }

    @Test
    void the_unified_session_counts_milliseconds_in_a_shifted_week() {
        assertThat(Announce.unifiedSession(Instant.EPOCH)).hasToString("<ib><unified_session id=259200000/></ib>");
        assertThat(Announce.unifiedSession(Instant.ofEpochMilli(345_600_001)))
                .hasToString("<ib><unified_session id=1/></ib>");
    }
}
