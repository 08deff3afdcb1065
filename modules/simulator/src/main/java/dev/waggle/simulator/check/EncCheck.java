package dev.waggle.simulator.check;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.report.Report;
import dev.waggle.wire.node.Node;
import java.util.List;

/// One `enc`: version 2, a type that its place allows, bytes that are such a message, counters that were not used
/// before.
final class EncCheck {
    private final CounterWatch counters;
    private final Report report;

    EncCheck(CounterWatch counters, Report report) {
        this.counters = counters;
        this.report = report;
    }

    /// An `enc` for one device.
    void pairwise(Device from, Jid recipient, Node enc, Findings found) {
        one(from, recipient, enc, List.of("msg", "pkmsg"), found);
    }

    /// An `enc` for a whole group.
    void group(Device from, Jid group, Node enc, Findings found) {
        one(from, group, enc, List.of("skmsg"), found);
    }

    private void one(Device from, Jid to, Node enc, List<String> types, Findings found) {
        String type = enc.attr("type", "");
        found.expect(types.contains(type), Rule.ENC_SHAPE, "enc.type", type, String.join(" or ", types));
        found.expect("2".equals(enc.attr("v")), Rule.ENC_SHAPE, "enc.v", enc.attr("v", "absent"), "2");
        if (types.contains(type)) {
            found.reading(Rule.ENC_BYTES, () -> bytes(from, to, CipherHeader.read(type, enc.requireBytes()), found));
        }
    }

    private void bytes(Device from, Jid to, CipherHeader header, Findings found) {
        switch (header) {
            case CipherHeader.Ratchet ratchet -> ratchet(from, to, ratchet);
            case CipherHeader.Opening opening -> {
                identity(from, opening, found);
                ratchet(from, to, opening.inner());
            }
            case CipherHeader.Group group -> {
                var sighting = counters.group(from.pn(), to, group);
                note(sighting, "sender key " + from + " in " + to, group.iteration(), from);
            }
        }
    }

    private void ratchet(Device from, Jid to, CipherHeader.Ratchet ratchet) {
        var sighting = counters.ratchet(from.pn(), to, ratchet);
        note(sighting, "ratchet " + from + " to " + to, ratchet.counter(), from);
    }

    private void note(CounterWatch.Sighting sighting, String chain, long counter, Device from) {
        switch (sighting) {
            case FIRST -> {}
            case COPY -> report.add("ciphertextCopies", 1);
            case REUSED -> report.reusedCounter(chain, counter, from.pn());
        }
    }

    private static void identity(Device from, CipherHeader.Opening opening, Findings found) {
        boolean own = opening.identityKey().equals(from.keys().identityKey());
        found.expect(own, Rule.SENDER_IDENTITY, "pkmsg identity key", "other", "the sending device's own");
        long id = from.keys().registrationId() & 0xffff_ffffL;
        found.expect(opening.registrationId() == id, Rule.SENDER_IDENTITY, "pkmsg registration id", "other", "its own");
    }
}
