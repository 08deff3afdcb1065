package dev.waggle.platform.account.inbox;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.proto.journal.Party;

/// Users and groups as public events name them.
final class Parties {
    private Parties() {}

    /// `jid` is the preferred name.
    static Party of(Identity identity) {
        return identity.party(identity.preferred());
    }

    /// A chat that a message of ours went to, as far as its reader tells who is in it.
    static Party chat(Jid chat, Identity reader) {
        boolean theirs = chat.equals(reader.pn()) || chat.equals(reader.lid());
        return theirs ? reader.party(chat) : group(chat);
    }

    static Party group(Jid group) {
        return Party.newBuilder().setJid(group.toString()).build();
    }
}
