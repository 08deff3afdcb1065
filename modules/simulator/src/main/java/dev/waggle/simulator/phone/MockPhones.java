package dev.waggle.simulator.phone;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.contact.Contact;
import dev.waggle.simulator.contact.ContactBook;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Companion;
import dev.waggle.simulator.exchange.Companions;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.exchange.PhoneException;
import dev.waggle.simulator.exchange.Phones;
import dev.waggle.simulator.report.Report;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The phones of all paired users. A user who is also a contact pairs with the contact's identity.
public final class MockPhones implements Phones {
    private final Directory directory;
    private final Companions companions;
    private final Report report;
    private final ContactBook contacts;
    private final LongSupplier now;
    private final Executor later;
    private final SecureRandom random;
    private final Map<User, MockPhone> phones = new HashMap<>();
    private final Map<User, Lists> lists = new HashMap<>();
    private final CodeRequests codes;

    private record Lists(List<Integer> linked, Bytes bytes) {}

    /// @param now Unix seconds
    /// @param later runs a step on the exchange's thread after the present one
    MockPhones(
            Directory directory,
            Companions companions,
            Report report,
            ContactBook contacts,
            LongSupplier now,
            Executor later,
            SecureRandom random) {
        this.directory = directory;
        this.companions = companions;
        this.report = report;
        this.contacts = contacts;
        this.now = now;
        this.later = later;
        this.random = random;
        this.codes = new CodeRequests(random);
    }

    public static MockPhones of(Exchange exchange, ContactBook contacts, SecureRandom random) {
        return new MockPhones(
                exchange.directory(),
                exchange.companions(),
                exchange.report(),
                contacts,
                exchange::now,
                exchange::run,
                random);
    }

    @Override
    public User scanQr(String text) {
        QrText qr = QrText.read(text);
        Companion companion = companions
                .byRef(qr.ref())
                .orElseThrow(() -> new PhoneException("qr ref", "unknown", "of a companion that waits"));
        var registration = companion.registration();
        if (!qr.noiseKey().equals(registration.noiseKey())) {
            throw new PhoneException("qr noise key", "other", "the key of the companion's handshake");
        }
        if (!qr.identityKey().equals(registration.keys().identityKey())) {
            throw new PhoneException("qr identity key", "other", "the key that the companion registered");
        }
        String name = registration.pushName();
        User user = directory.named(name.isBlank() ? "unnamed" : name);
        invite(companion, user, qr.advSecret());
        return user;
    }

    private void invite(Companion companion, User user, Bytes advSecret) {
        if (companion.offer().isPresent()) {
            throw new PhoneException("companion", "linked already", "one that waits");
        }
        Bytes identity = companion.registration().keys().identityKey();
        var invitation = phone(user).invite(identity, advSecret, now.getAsLong());
        companion.offer(new Companion.Offer(user, user.nextDevice(), invitation.keyIndex(), invitation.container()));
    }

    private MockPhone phone(User user) {
        return phones.computeIfAbsent(user, fresh -> {
            Contact primary = contacts.settled(fresh);
            return new MockPhone(primary.identity(), random.nextInt() & Integer.MAX_VALUE, random);
        });
    }

    @Override
    public User enterCode(String number, String code) {
        CodeRequest request = codes.asked(number.replaceAll("\\D", ""));
        User user = directory.at(
                request.number(), request.companion().registration().pushName());
        Contact primary = contacts.settled(user);
        CodeEntry entry = CodeEntry.enter(code, request.wrapped(), primary.identity(), random);
        codes.typed(request, user, entry);
        request.companion().send(codes.primaryHello(request, entry, now.getAsLong()));
        return user;
    }

    @Override
    public Node linkCode(Companion companion, Node iq) {
        try {
            Node content = iq.requireChild(CodeRequests.LINK_CODE);
            return switch (content.require("stage")) {
                case "companion_hello" -> result(iq, codes.hello(companion, content));
                case "companion_finish" -> {
                    var finished = codes.finish(companion, content);
                    // After the result, which the caller sends when this returns.
                    later.execute(() -> invite(companion, finished.user(), finished.advSecret()));
                    yield result(iq, null);
                }
                default -> result(iq, null);
            };
        } catch (NodeException | PhoneException e) {
            report.violation("link-code", Jid.SERVER, String.valueOf(e.getMessage()));
            return refusal(iq);
        }
    }

    private static Node result(Node iq, @Nullable Node content) {
        Node.Builder reply = Node.build("iq")
                .attr("type", "result")
                .attr("id", iq.require("id"))
                .attr("from", Jid.SERVER);
        return (content == null ? reply : reply.content(content)).done();
    }

    private static Node refusal(Node iq) {
        Node error = Node.build("error")
                .attr("code", 400)
                .attr("text", "bad-request")
                .done();
        return Node.build("iq")
                .attr("type", "error")
                .attr("id", iq.attr("id"))
                .attr("from", Jid.SERVER)
                .content(error)
                .done();
    }

    @Override
    public Optional<Bytes> countersigned(Companion companion, Bytes deviceIdentity) {
        Optional<Bytes> whole = companion.offer().flatMap(offer -> {
            MockPhone phone = phones.get(offer.user());
            return phone == null ? Optional.empty() : phone.countersigned(offer.keyIndex(), deviceIdentity);
        });
        if (whole.isEmpty()) {
            report.violation("pair-device-sign", Jid.SERVER, "device signature: does not verify");
        }
        return whole;
    }

    @Override
    public Bytes keyIndexList(User user) {
        var linked = user.devices().stream()
                .map(Device::keyIndex)
                .filter(index -> index > 0)
                .toList();
        if (linked.isEmpty()) {
            return Bytes.EMPTY;
        }
        // Asked for with every device list, so it is signed once for each set of companions.
        Lists known = lists.get(user);
        if (known == null || !known.linked().equals(linked)) {
            known = new Lists(linked, phone(user).keyIndexList(linked, now.getAsLong()));
            lists.put(user, known);
        }
        return known.bytes();
    }

    @Override
    public void gone(Companion companion) {
        codes.forget(companion);
        companion.offer().ifPresent(offer -> phone(offer.user()).forget(offer.keyIndex()));
    }
}
