package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.DeviceKeys;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Verdict;
import dev.waggle.simulator.report.Report;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Two users on a strict server: Ann with a phone and a companion, Bob with a phone; and a group of both.
final class Town {
    final SecureRandom random = new SecureRandom();
    final Directory directory = new Directory(100);
    final Groups groups = new Groups(10);
    final Set<Rule> tolerated = EnumSet.noneOf(Rule.class);
    final Report report = new Report(1_000);
    final StrictInspector inspector =
            new StrictInspector(directory, groups, report, 1_000, (device, rule) -> tolerated.contains(rule));
    final KeyPair annIdentity = KeyPair.generate(random);
    final KeyPair companionIdentity = KeyPair.generate(random);
    final User ann = directory.named("Ann");
    final User bob = directory.named("Bob");
    final Device annPhone = ann.addPrimary(keys(annIdentity, 11));
    final Device bobPhone = bob.addPrimary(keys(KeyPair.generate(random), 22));
    final SignedIdentity signed = signed(annIdentity, companionIdentity);
    final Device annWeb =
            ann.addCompanion(ann.nextDevice(), 1, keys(companionIdentity, 33), Bytes.EMPTY, signed.write());
    final Group group = groups.create(ann, "Both", 1);

    Town() {
        group.put(bob, Group.Role.MEMBER);
    }

    DeviceKeys keys(KeyPair identity, int registrationId) {
        return new DeviceKeys(registrationId, identity.publicKey(), signedKey(identity));
    }

    SignedKey signedKey(KeyPair identity) {
        Bytes key = KeyPair.generate(random).publicKey();
        byte[] typed = new byte[33];
        typed[0] = 5;
        System.arraycopy(key.toArray(), 0, typed, 1, 32);
        return new SignedKey(1, key, Bytes.wrap(identity.sign(typed, random)));
    }

    SignedIdentity signed(KeyPair primary, KeyPair companion) {
        Bytes details =
                new FieldsWriter().number(1, 7).number(2, 1).number(3, 1).done();
        byte[] account = primary.sign(AdvBytes.account(details, companion.publicKey()), random);
        byte[] device = companion.sign(AdvBytes.device(details, companion.publicKey(), primary.publicKey()), random);
        return new SignedIdentity(details, primary.publicKey(), Bytes.wrap(account), Bytes.wrap(device));
    }

    static Bytes random(int size, SecureRandom random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    Bytes random(int size) {
        return random(size, random);
    }

    static Bytes typed(Bytes key) {
        byte[] typed = new byte[33];
        typed[0] = 5;
        System.arraycopy(key.toArray(), 0, typed, 1, 32);
        return Bytes.wrap(typed);
    }

    private static Bytes versioned(Bytes body, Bytes tail) {
        byte[] all = new byte[1 + body.size() + tail.size()];
        all[0] = 0x33;
        System.arraycopy(body.toArray(), 0, all, 1, body.size());
        System.arraycopy(tail.toArray(), 0, all, 1 + body.size(), tail.size());
        return Bytes.wrap(all);
    }

    Bytes ratchet(Bytes chain, int counter) {
        Bytes body = new FieldsWriter()
                .bytes(1, typed(chain))
                .number(2, counter)
                .number(3, 0)
                .bytes(4, random(32))
                .done();
        return versioned(body, random(8));
    }

    Bytes opening(Device from, Bytes inner) {
        Bytes body = new FieldsWriter()
                .number(5, from.keys().registrationId())
                .number(6, 1)
                .bytes(2, typed(random(32)))
                .bytes(3, typed(from.keys().identityKey()))
                .bytes(4, inner)
                .done();
        return versioned(body, Bytes.EMPTY);
    }

    Bytes grouped(int keyId, int iteration) {
        Bytes body = new FieldsWriter()
                .number(1, keyId)
                .number(2, iteration)
                .bytes(3, random(32))
                .done();
        return versioned(body, random(64));
    }

    static Node enc(String type, Bytes bytes) {
        return Node.build("enc")
                .attr("v", "2")
                .attr("type", type)
                .content(bytes)
                .done();
    }

    static Node copy(Jid device, Node... encs) {
        return Node.build("to").attr("jid", device).content(encs).done();
    }

    Node msg(Jid device) {
        return copy(device, enc("msg", ratchet(random(32), 0)));
    }

    static Node message(Jid to, Node... content) {
        return Node.build("message")
                .attr("to", to)
                .attr("id", "3EB0AABBCCDDEEFF001122")
                .attr("type", "text")
                .content(content)
                .done();
    }

    static Node participants(Node... copies) {
        return Node.build("participants").content(copies).done();
    }

    Node identityNode() {
        return Node.of("device-identity", signed.write());
    }

    /// The codes of the rules that the stanza breaks.
    List<String> broken(Device from, Node stanza) {
        int before = report.snapshot().violations().size();
        inspector.stanza(from, stanza);
        var all = report.snapshot().violations();
        return all.subList(before, all.size()).stream()
                .map(Report.Violation::rule)
                .toList();
    }

    int answer(Device from, Node stanza) {
        return switch (inspector.stanza(from, stanza)) {
            case Verdict.Fine ignored -> 0;
            case Verdict.Refused refused -> refused.code();
        };
    }
}
