package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.exchange.Companion.Offer;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The conversation with a companion before it is linked: refs, the phone's offer, the countersignature, the
/// restart.
final class Linking {
    private static final int REFS = 6;

    private final Exchange exchange;
    private final Map<Companion, Runnable> closers = new HashMap<>();
    private final Map<Companion, String> offers = new HashMap<>();
    private long lastId;

    Linking(Exchange exchange) {
        this.exchange = exchange;
    }

    Companion open(Registration registration, Consumer<Node> out, Runnable close) {
        List<String> refs = new ArrayList<>();
        for (int i = 0; i < REFS; i++) {
            byte[] ref = new byte[24];
            exchange.random().nextBytes(ref);
            refs.add("2@" + Base64.getEncoder().encodeToString(ref));
        }
        Companion companion = new Companion(registration, refs, out, this::offered);
        closers.put(companion, close);
        List<Node> nodes =
                refs.stream().map(ref -> Node.of("ref", Bytes.utf8(ref))).toList();
        companion.send(question(Node.build("pair-device").content(nodes).done(), nextId()));
        return companion;
    }

    void closed(Companion companion) {
        closers.remove(companion);
        offers.remove(companion);
    }

    private String nextId() {
        return "pair-" + ++lastId;
    }

    private Node question(Node content, String id) {
        return Node.build("iq")
                .attr("from", Jid.SERVER)
                .attr("type", "set")
                .attr("id", id)
                .attr("xmlns", "md")
                .attr("t", exchange.now())
                .content(content)
                .done();
    }

    private void offered(Companion companion) {
        Offer offer = companion.offer().orElseThrow();
        String id = nextId();
        offers.put(companion, id);
        Node success = Node.of(
                "pair-success",
                Node.of("device-identity", offer.container()),
                Node.build("biz").attr("name", offer.user().pushName()).done(),
                Node.build("device")
                        .attr("jid", offer.user().pn().withDevice(offer.deviceId()))
                        .attr("lid", offer.user().lid().withDevice(offer.deviceId()))
                        .done(),
                Node.build("platform").attr("name", "android").done());
        companion.send(question(success, id));
    }

    void stanza(Companion companion, Node stanza) {
        if (!stanza.is("iq")) {
            return;
        }
        String type = stanza.attr("type", "");
        if (type.equals("result") && stanza.attr("id", "").equals(offers.get(companion))) {
            signed(companion, stanza);
        } else if (type.equals("error") && stanza.attr("id", "").equals(offers.get(companion))) {
            exchange.report()
                    .violation(
                            "pairing-refused",
                            companion.offer().orElseThrow().user().pn(),
                            "iq error");
            close(companion);
        } else if (stanza.child("link_code_companion_reg") != null) {
            companion.send(exchange.phones().linkCode(companion, stanza));
        } else if (type.equals("get") || type.equals("set")) {
            companion.send(Replies.result(stanza));
        }
    }

    private void signed(Companion companion, Node result) {
        Offer offer = companion.offer().orElseThrow();
        Node sign = result.child("pair-device-sign");
        Node identity = sign == null ? null : sign.child("device-identity");
        Optional<Bytes> full = identity == null
                ? Optional.empty()
                : exchange.phones().countersigned(companion, identity.requireBytes());
        if (full.isEmpty()) {
            exchange.report().violation("device-signature", offer.user().pn(), "absent or wrong (expected: valid)");
            close(companion);
            return;
        }
        Registration registration = companion.registration();
        Device device = offer.user()
                .addCompanion(
                        offer.deviceId(), offer.keyIndex(), registration.keys(), registration.noiseKey(), full.get());
        exchange.report().add("linked", 1);
        companion.send(Replies.streamError(515));
        close(companion);
        exchange.changed(device.user());
    }

    private void close(Companion companion) {
        offers.remove(companion);
        Runnable closer = closers.remove(companion);
        if (closer != null) {
            closer.run();
        }
    }
}
