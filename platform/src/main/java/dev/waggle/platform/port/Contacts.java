package dev.waggle.platform.port;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.journal.Party;
import dev.waggle.signal.prekey.PreKeyBundle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// What the account knows about others: identities, devices, groups. Answers come from memory, then the store, then
/// the server.
public interface Contacts {
    /// One user under both names; at least one is present. Both are bare.
    record Identity(@Nullable Jid pn, @Nullable Jid lid) {
        public Jid preferred() {
            Jid best = lid != null ? lid : pn;
            if (best == null) {
                throw new IllegalStateException("identity without a name");
            }
            return best;
        }

        /// The user as public events name it.
        ///
        /// @param jid the name that it goes by there
        public Party party(Jid jid) {
            Party.Builder party = Party.newBuilder().setJid(jid.toString());
            if (pn != null) {
                party.setPn(pn.toString());
            }
            return lid == null ? party.build() : party.setLid(lid.toString()).build();
        }
    }

    record Member(Identity identity, boolean admin) {}

    /// `lidAddressed`: senders show as LIDs in this group.
    record Group(Jid jid, String subject, boolean lidAddressed, List<Member> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /// Both names of a user as far as they are known without asking the server; never fails.
    CompletionStage<Identity> known(Jid user);

    /// Both names of a user, asking the server when the LID is unknown. Fails with `recipient-not-on-whatsapp` as a
    /// [ContactException] when the server does not know the user.
    CompletionStage<Identity> identify(Jid user);

    /// The address under which a device's Signal state is kept: its LID when known, else as given.
    CompletionStage<Jid> canonical(Jid device);

    /// All devices (device 0 included, hosted ones left out) of each user, LID-first. `fresh` asks the server
    /// anyway.
    CompletionStage<Map<Jid, List<Jid>>> devices(Collection<Jid> users, boolean fresh);

    /// Pre-key bundles for devices; a device without one is left out.
    CompletionStage<Map<Jid, PreKeyBundle>> bundles(Collection<Jid> devices);

    /// Fails with a [ContactException] `group-not-found` when we are not in it.
    CompletionStage<Group> group(Jid group, boolean fresh);

    /// A mapping seen on a stanza; stored when new. True when the store had it before; fails when the store is
    /// away.
    CompletionStage<Boolean> learn(Jid lid, Jid pn);

    /// The devices of these users are others than we know. Done when nothing old will be answered; fails when the
    /// store is away.
    CompletionStage<Done> devicesChanged(Collection<Jid> users);

    /// This group is another than we know. Done when nothing old will be answered.
    CompletionStage<Done> groupChanged(Jid group);

    /// Which devices hold our current sender key `keyId` of the group.
    CompletionStage<Collection<Jid>> holders(Jid group, int keyId);

    /// Marks are made only after the stanza that carried the key was written.
    CompletionStage<Done> markHolders(Jid group, int keyId, Collection<Jid> devices, boolean holds);

    /// Bytes of our own `device-identity`, sent with every pkmsg.
    Bytes ownDeviceIdentity();
}
