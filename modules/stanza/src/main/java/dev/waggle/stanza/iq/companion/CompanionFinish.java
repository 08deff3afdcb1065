package dev.waggle.stanza.iq.companion;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Done;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;

/// Closes pairing by code from our side; `pair-success` follows as after a QR code.
///
/// @param phone as in [CompanionHello]
/// @param wrappedKeyBundle 156 bytes, see `pairing.PairCode`
/// @param identityKey our own, 32 bytes
/// @param ref the answer of [CompanionHello]
public record CompanionFinish(Jid phone, Bytes wrappedKeyBundle, Bytes identityKey, Bytes ref) implements Iq<Done> {
    @Override
    public Node ask(String id) {
        Node finish = Node.build("link_code_companion_reg")
                .attr("jid", phone)
                .attr("stage", "companion_finish")
                .content(
                        Node.of("link_code_pairing_wrapped_key_bundle", wrappedKeyBundle),
                        Node.of("companion_identity_public", identityKey),
                        Node.of("link_code_pairing_ref", ref))
                .done();
        return Iq.set(id, "md", Jid.SERVER, finish);
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
