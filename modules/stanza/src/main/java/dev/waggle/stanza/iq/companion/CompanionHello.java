package dev.waggle.stanza.iq.companion;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Done;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;

/// Opens pairing by code: the phone with that number is asked to type the code. Answers the reference that the rest
/// of the exchange names.
///
/// @param phone the number's address, bare
/// @param showNotification let the phone show a notification
/// @param wrappedEphemeral 80 bytes, see `pairing.PairCode`
/// @param noiseKey our static Noise public key, 32 bytes
/// @param platformId as in a QR code, `1` is Chrome
/// @param platformDisplay `Browser (OS)`; the server refuses names that it does not know with 400
public record CompanionHello(
        Jid phone,
        boolean showNotification,
        Bytes wrappedEphemeral,
        Bytes noiseKey,
        String platformId,
        String platformDisplay)
        implements Iq<Bytes> {

    @Override
    public Node ask(String id) {
        Node hello = Node.build("link_code_companion_reg")
                .attr("jid", phone)
                .attr("stage", "companion_hello")
                .attr("should_show_push_notification", Boolean.toString(showNotification))
                .content(
                        Node.of("link_code_pairing_wrapped_companion_ephemeral_pub", wrappedEphemeral),
                        Node.of("companion_server_auth_key_pub", noiseKey),
                        Node.of("companion_platform_id", Bytes.utf8(platformId)),
                        Node.of("companion_platform_display", Bytes.utf8(platformDisplay)),
                        Node.of("link_code_pairing_nonce", Bytes.of((byte) 0)))
                .done();
        return Iq.set(id, "md", Jid.SERVER, hello);
    }

    @Override
    public Bytes answer(Node reply) {
        return reply.requireChild("link_code_companion_reg")
                .requireChild("link_code_pairing_ref")
                .requireBytes();
    }
}
