package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IqTest {
    private static Node iq(String type, Node... content) {
        return Node.build("iq")
                .attr("id", "q1")
                .attr("from", Jid.SERVER)
                .attr("type", type)
                .content(content)
                .done();
    }

    @Test
    void the_server_hands_out_references_for_qr_codes() {
        IqRequest request = (IqRequest) Stanza.read(Samples.pairDevice());

        assertThat(request.id()).isEqualTo("p1");
        assertThat(request.question()).isEqualTo(new IqRequest.PairDevice(List.of("2@one", "2@two")));
    }

    @Test
    void the_server_tells_who_we_are_once_linked() {
        IqRequest request = (IqRequest) Stanza.read(Samples.pairSuccess());

        assertThat(request.question()).isInstanceOfSatisfying(IqRequest.PairSuccess.class, success -> {
            assertThat(success.device()).isEqualTo(Samples.ALICE.withDevice(7));
            assertThat(success.lid()).isEqualTo(Samples.ALICE_LID.withDevice(7));
            assertThat(success.businessName()).isEqualTo("Shop");
            assertThat(success.platform()).isEqualTo("android");
            assertThat(success.deviceIdentity().size()).isEqualTo(100);
            assertThat(success.clientProps()).isNull();
        });
    }

    @Test
    void a_ping_is_known_by_its_namespace_or_its_child() {
        Node byNamespace = iq("get").with("xmlns", "urn:xmpp:ping");

        assertThat(((IqRequest) Stanza.read(byNamespace)).question()).isInstanceOf(IqRequest.Ping.class);
        assertThat(((IqRequest) Stanza.read(iq("get", Node.of("ping")))).question())
                .isInstanceOf(IqRequest.Ping.class);
    }

    @Test
    void another_question_keeps_its_node() {
        Node odd = iq("set", Node.of("what"));

        assertThat(((IqRequest) Stanza.read(odd)).question()).isEqualTo(new IqRequest.Other(odd));
    }

    @Test
    void replies_are_told_apart_by_type() {
        assertThat(Stanza.read(iq("result")))
                .isInstanceOfSatisfying(
                        IqReply.class, reply -> assertThat(reply.refused()).isFalse());
        assertThat(Stanza.read(iq("error")))
                .isInstanceOfSatisfying(
                        IqReply.class, reply -> assertThat(reply.refused()).isTrue());
        assertThat(Stanza.read(iq("strange"))).isInstanceOf(Unknown.class);
    }

    @Test
    void pairing_without_references_or_identity_is_refused() {
        assertThatThrownBy(() -> Stanza.read(iq("set", Node.of("pair-device")))).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> Stanza.read(iq("set", Node.of("pair-success", Node.of("device")))))
                .isInstanceOf(NodeException.class);
    }
}
