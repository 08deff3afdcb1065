package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AckCallPresenceTest {
    @Test
    void an_ack_of_a_message_tells_the_time_and_the_hash_of_devices() {
        Ack ack = (Ack) Stanza.read(Node.build("ack")
                .attr("class", "message")
                .attr("id", "3EB0")
                .attr("from", Samples.BOB_LID)
                .attr("t", 1_700_000_000)
                .attr("phash", "2:AAAAAAAA")
                .attr("refresh_lid", "true")
                .done());

        assertThat(ack.refused()).isFalse();
        assertThat(ack.at()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(ack.phash()).isEqualTo("2:AAAAAAAA");
        assertThat(ack.refreshLid()).isTrue();
    }

    @Test
    void a_refusal_carries_its_code() {
        Ack nack = (Ack) Stanza.read(Node.build("ack")
                .attr("class", "message")
                .attr("id", "3EB0")
                .attr("error", 463)
                .done());

        assertThat(nack.refused()).isTrue();
        assertThat(nack.error()).hasValue(463);
    }

    @Test
    void an_ack_without_id_or_class_is_refused() {
        assertThatThrownBy(() -> Stanza.read(Node.build("ack").attr("id", "1").done()))
                .isInstanceOf(NodeException.class);
        assertThatThrownBy(() ->
                        Stanza.read(Node.build("ack").attr("class", "call").done()))
                .isInstanceOf(NodeException.class);
    }

    @Test
    void a_call_tells_its_signal_and_its_creator() {
        Call call = (Call) Stanza.read(Node.build("call")
                .attr("id", "c1")
                .attr("from", Samples.BOB_LID)
                .attr("t", 5)
                .content(Node.build("offer")
                        .attr("call-id", "X")
                        .attr("call-creator", Samples.BOB_LID)
                        .attr("caller_pn", Samples.BOB)
                        .content(Node.of("video"))
                        .done())
                .done());

        assertThat(call.signal()).isEqualTo("offer");
        assertThat(call.callId()).isEqualTo("X");
        assertThat(call.creatorPn()).isEqualTo(Samples.BOB);
        assertThat(call.video()).isTrue();
        assertThat(((Call) Stanza.read(
                                Node.build("call").attr("from", Samples.BOB).done()))
                        .signal())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"unavailable,1700000000,false,true", "unavailable,deny,false,false", "available,,true,false"})
    void presence_tells_whether_and_when(String type, String last, boolean available, boolean told) {
        Presence presence = (Presence) Stanza.read(Node.build("presence")
                .attr("from", Samples.BOB)
                .attr("type", type)
                .attr("last", last)
                .done());

        assertThat(presence.available()).isEqualTo(available);
        assertThat(presence.lastSeen() != null).isEqualTo(told);
    }

    @Test
    void a_chat_state_is_typing_recording_paused_or_unknown() {
        assertThat(state(Node.of("composing"))).isEqualTo(ChatState.State.TYPING);
        assertThat(state(Node.build("composing").attr("media", "audio").done())).isEqualTo(ChatState.State.RECORDING);
        assertThat(state(Node.of("paused"))).isEqualTo(ChatState.State.PAUSED);
        assertThat(state(Node.of("dancing"))).isEqualTo(ChatState.State.UNKNOWN);
    }

    private static ChatState.State state(Node child) {
        Node node = Node.build("chatstate")
                .attr("from", Samples.GROUP)
                .attr("participant", Samples.BOB)
                .content(child)
                .done();
        return ((ChatState) Stanza.read(node)).state();
    }
}
