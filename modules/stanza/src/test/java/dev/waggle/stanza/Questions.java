package dev.waggle.stanza;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.iq.CountPreKeys;
import dev.waggle.stanza.iq.DigestPreKeys;
import dev.waggle.stanza.iq.FetchPreKeyBundles;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.iq.MarkClean;
import dev.waggle.stanza.iq.Ping;
import dev.waggle.stanza.iq.QueryBlocklist;
import dev.waggle.stanza.iq.QueryContacts;
import dev.waggle.stanza.iq.QueryDevices;
import dev.waggle.stanza.iq.QueryMediaHosts;
import dev.waggle.stanza.iq.QueryPrivacy;
import dev.waggle.stanza.iq.QueryProps;
import dev.waggle.stanza.iq.RotateSignedPreKey;
import dev.waggle.stanza.iq.SetPassive;
import dev.waggle.stanza.iq.UploadPreKeys;
import dev.waggle.stanza.iq.companion.CompanionFinish;
import dev.waggle.stanza.iq.companion.CompanionHello;
import dev.waggle.stanza.iq.companion.Logout;
import dev.waggle.stanza.iq.group.ChangeParticipants;
import dev.waggle.stanza.iq.group.CreateGroup;
import dev.waggle.stanza.iq.group.LeaveGroup;
import dev.waggle.stanza.iq.group.ParticipatingGroups;
import dev.waggle.stanza.iq.group.QueryGroup;
import dev.waggle.stanza.iq.group.SetSubject;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import java.util.List;

/// One of each question.
final class Questions {
    private static final Bytes KEY = Samples.bytes(32, 3);
    private static final SignedKey SIGNED = new SignedKey(1, KEY, Samples.bytes(64, 4));

    private Questions() {}

    static List<Iq<?>> all() {
        return List.of(
                new CountPreKeys(),
                new DigestPreKeys(),
                new FetchPreKeyBundles(List.of(Samples.BOB), false),
                new UploadPreKeys(9, KEY, List.of(new OneTimeKey(1, KEY)), SIGNED),
                new RotateSignedPreKey(SIGNED),
                new QueryDevices(List.of(Samples.BOB)),
                new QueryContacts(List.of("+4915100000002")),
                new QueryProps(null),
                new QueryBlocklist(),
                new QueryPrivacy(),
                new QueryMediaHosts(),
                new Ping(),
                new SetPassive(false),
                new MarkClean("account_sync", null),
                new Logout(Samples.ALICE),
                new QueryGroup(Samples.GROUP),
                new ParticipatingGroups(),
                new CreateGroup("bees", "key", List.of(Samples.BOB)),
                new ChangeParticipants(Samples.GROUP, ChangeParticipants.Action.ADD, List.of(Samples.BOB)),
                new LeaveGroup(Samples.GROUP),
                new SetSubject(Samples.GROUP, "hive"),
                new CompanionHello(Samples.BOB, true, Samples.bytes(80, 5), KEY, "1", "Waggle"),
                new CompanionFinish(Samples.BOB, Samples.bytes(80, 6), KEY, KEY));
    }
}
