package dev.waggle.stanza;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server asks. Everything but [Other] must be answered on the same id, see `pairing.PairReplies` and
/// `stream.Announce`.
public record IqRequest(@Nullable String id, @Nullable Jid from, Question question) implements Stanza {
    private static final int REFS_MAX = 64;

    public sealed interface Question {}

    /// Answer at once: the server counts silence.
    public record Ping() implements Question {}

    /// Show the first reference as a QR code, the next ones as each expires.
    public record PairDevice(List<String> refs) implements Question {
        public PairDevice {
            refs = List.copyOf(refs);
        }
    }

    /// A phone linked us.
    ///
    /// @param deviceIdentity the serialized `ADVSignedDeviceIdentityHMAC`
    /// @param device our own address; its device number is ours from now on
    /// @param clientProps serialized `ClientPairingProps`
    public record PairSuccess(
            Bytes deviceIdentity,
            Jid device,
            @Nullable Jid lid,
            @Nullable String businessName,
            @Nullable String platform,
            @Nullable Bytes clientProps)
            implements Question {}

    public record Other(Node node) implements Question {}

    /// @throws NodeException when a pairing request lacks what pairing needs
    static IqRequest read(Node node) {
        return new IqRequest(node.attr("id"), node.jid("from"), question(node));
    }

    private static Question question(Node node) {
        Node pairDevice = node.child("pair-device");
        if (pairDevice != null) {
            return pairDevice(pairDevice);
        }
        Node pairSuccess = node.child("pair-success");
        if (pairSuccess != null) {
            return pairSuccess(pairSuccess);
        }
        boolean ping = node.attr("xmlns", "").equals("urn:xmpp:ping") || node.child("ping") != null;
        return ping ? new Ping() : new Other(node);
    }

    private static PairDevice pairDevice(Node node) {
        List<String> refs = node.children("ref").stream()
                .map(ref -> ref.requireBytes().toUtf8())
                .toList();
        if (refs.isEmpty() || refs.size() > REFS_MAX) {
            throw new NodeException("pair-device/ref", refs.size() + " refs", "1.." + REFS_MAX);
        }
        return new PairDevice(refs);
    }

    private static PairSuccess pairSuccess(Node node) {
        Node device = node.requireChild("device");
        Node biz = node.child("biz");
        Node platform = node.child("platform");
        Node props = node.child("client-props");
        return new PairSuccess(
                node.requireChild("device-identity").requireBytes(),
                device.requireJid("jid"),
                device.jid("lid"),
                biz == null ? null : biz.attr("name"),
                platform == null ? null : platform.attr("name"),
                props == null ? null : props.bytes());
    }
}
