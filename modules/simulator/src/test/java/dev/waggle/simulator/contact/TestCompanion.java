package dev.waggle.simulator.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Mac;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.simulator.check.AdvBytes;
import dev.waggle.simulator.check.Fields;
import dev.waggle.simulator.check.FieldsWriter;
import dev.waggle.simulator.check.SignedIdentity;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.exchange.Companion;
import dev.waggle.simulator.exchange.ConnectionId;
import dev.waggle.simulator.exchange.DeviceLink;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.exchange.Registration;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A linked client of a few lines: registers, countersigns, logs in, uploads keys, sends texts, reads what it gets.
public final class TestCompanion {
    public final KeyPair noise;
    public final KeyPair identity;
    public final Companion companion;
    public final BlockingQueue<Node> inbox = new LinkedBlockingQueue<>();
    private final Exchange exchange;
    private final SecureRandom random = new SecureRandom();
    private final SignalDevice signal;
    private Bytes signedIdentity = Bytes.EMPTY;
    private Jid jid = Jid.SERVER;
    private ConnectionId connection = new ConnectionId(0);

    public TestCompanion(Exchange exchange, String pushName) {
        this.exchange = exchange;
        LocalIdentity local = LocalIdentity.generate(random);
        signal = new SignalDevice(local, random);
        noise = KeyPair.generate(random);
        identity = local.identity();
        Bytes props = new FieldsWriter().text(1, "Test").done();
        Registration registration = new Registration(noise.publicKey(), signal.publicKeys(), pushName, props);
        companion = exchange.ask(() -> exchange.register(registration, inbox::add, () -> {}))
                .join()
                .orElseThrow();
    }

    public Node next(String tag) {
        try {
            for (Node node = inbox.poll(10, TimeUnit.SECONDS); node != null; node = inbox.poll(10, TimeUnit.SECONDS)) {
                if (node.is(tag)) {
                    return node;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no " + tag);
    }

    public String qr(Bytes advSecret) {
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                ",",
                companion.refs().getFirst(),
                base64.encodeToString(noise.publicKey().toArray()),
                base64.encodeToString(identity.publicKey().toArray()),
                base64.encodeToString(advSecret.toArray()),
                "1");
    }

    /// Waits for `pair-success`, checks it and answers it.
    public void countersign(Bytes advSecret) {
        Node iq = next("iq");
        while (iq.child("pair-success") == null) {
            iq = next("iq");
        }
        Node success = iq.requireChild("pair-success");
        Fields container =
                Fields.read("c", success.requireChild("device-identity").requireBytes());
        Bytes hmac =
                Bytes.wrap(Mac.sha256(advSecret.toArray(), container.require(1).toArray()));
        assertThat(container.require(2)).isEqualTo(hmac);
        SignedIdentity offered = SignedIdentity.read(container.require(1));
        assertThat(offered.accountSigned(offered.accountKey(), identity.publicKey()))
                .isTrue();
        byte[] message = AdvBytes.device(offered.details(), identity.publicKey(), offered.accountKey());
        SignedIdentity signed = new SignedIdentity(
                offered.details(),
                offered.accountKey(),
                offered.accountSignature(),
                Bytes.wrap(identity.sign(message, random)));
        signedIdentity = signed.write();
        jid = success.requireChild("device").requireJid("jid");
        Node sign = Node.of(
                "pair-device-sign",
                Node.build("device-identity")
                        .attr("key-index", Fields.read("d", offered.details()).requireNumber(3))
                        .content(signed.withAccountKey(Bytes.EMPTY).write())
                        .done());
        exchange.submitUnlinked(
                companion,
                Node.build("iq")
                        .attr("type", "result")
                        .attr("id", iq.require("id"))
                        .content(sign)
                        .done());
        assertThat(next("stream:error").attr("code")).isEqualTo("515");
    }

    public Device device() {
        return exchange.ask(() -> Objects.requireNonNull(exchange.directory().device(jid)))
                .join();
    }

    public Jid jid() {
        return jid;
    }

    public void login() {
        connection = exchange.ask(() -> exchange.login(jid, noise.publicKey(), Bytes.EMPTY, false, new DeviceLink() {
                    @Override
                    public void deliver(Node stanza) {
                        inbox.add(stanza);
                    }

                    @Override
                    public void close() {}
                }))
                .join()
                .orElseThrow();
        exchange.ask(() -> exchange.preKeys().add(device0(), signal.mint(5))).join();
    }

    private Device device0() {
        return Objects.requireNonNull(exchange.directory().device(jid));
    }

    public void submit(Node stanza) {
        exchange.submit(jid, stanza, connection);
    }

    /// Sends a text to every device of a user, own ones included.
    public void send(Jid to, String id, String text) {
        List<Node> copies = exchange.ask(() -> copies(to, text)).join();
        submit(Node.build("message")
                .attr("to", to)
                .attr("id", id)
                .attr("type", "text")
                .content(Node.build("participants").content(copies).done(), Node.of("device-identity", signedIdentity))
                .done());
    }

    private List<Node> copies(Jid to, String text) {
        List<Node> copies = new ArrayList<>();
        var peer = Objects.requireNonNull(exchange.directory().user(to));
        peer.devices().forEach(device -> copies.add(copy(device, Content.text(text))));
        device0().user().devices().stream()
                .filter(device -> device != device0())
                .forEach(device -> copies.add(copy(device, Content.sentCopy(to, Content.text(text)))));
        return copies;
    }

    private Node copy(Device device, Bytes message) {
        if (!signal.hasSession(device.pn())) {
            signal.start(device.pn(), Desk.bundle(exchange.preKeys().take(device)));
        }
        Cipher cipher = signal.encrypt(device.pn(), message);
        Node enc = Node.build("enc")
                .attr("v", "2")
                .attr("type", cipher.type())
                .content(cipher.bytes())
                .done();
        return Node.build("to").attr("jid", device.lid()).content(enc).done();
    }

    /// Waits for a message and reads it.
    public String read() {
        Node message = next("message");
        Node enc = message.requireChild("enc");
        Jid from = exchange.ask(() -> Neighbourhood.of(exchange).name(message.requireJid("from")))
                .join();
        Opened opened = signal.open(from, new Cipher(enc.require("type"), enc.requireBytes()));
        submit(Node.build("receipt")
                .attr("id", message.require("id"))
                .attr("to", message.requireJid("from"))
                .done());
        assertThat(opened).isInstanceOf(Opened.Plain.class);
        return Content.read(((Opened.Plain) opened).message()).text().orElseThrow();
    }
}
