package dev.waggle.platform.account.inbox;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.proto.journal.Party;

/// Users and groups as public events name them.
final class Parties {
    private Parties() {}

    /// `jid` is the preferred name.
    static Party of(Identity identity) {
        Party.Builder party = Party.newBuilder().setJid(identity.preferred().toString());
        Jid pn = identity.pn();
        Jid lid = identity.lid();
        if (pn != null) {
            party.setPn(pn.toString());
        }
        return lid == null ? party.build() : party.setLid(lid.toString()).build();
    }

    static Party group(Jid group) {
        return Party.newBuilder().setJid(group.toString()).build();
    }
}
