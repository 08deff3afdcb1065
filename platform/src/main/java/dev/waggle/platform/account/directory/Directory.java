package dev.waggle.platform.account.directory;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Contacts;
import dev.waggle.platform.port.KeyBundles;
import dev.waggle.platform.port.Line;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.stanza.iq.FetchPreKeyBundles;
import dev.waggle.storage.ProtocolStore;
import dev.waggle.storage.row.SenderKeyMark;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// [Contacts] for one account. Not an actor: it is thread-safe, and holds nothing that a lost race could make wrong
/// for longer than until the next notification. What it remembers is the cache's and the store's.
public final class Directory implements Contacts {
    private static final int BUNDLES_AT_ONCE = 50;

    private final ProtocolStore store;
    private final Bytes ownDeviceIdentity;
    private final Lines lines = new Lines();
    private final Names names;
    private final Devices devices;
    private final Groups groups;

    public Directory(ProtocolStore store, FreshCache cache, Bytes ownDeviceIdentity, Clock clock) {
        this.store = store;
        this.ownDeviceIdentity = ownDeviceIdentity;
        this.names = new Names(store, cache, clock);
        this.devices = new Devices(store, cache, names, lines, clock);
        this.groups = new Groups(cache, names, lines);
    }

    public void lineUp(Line line) {
        lines.up(line);
    }

    public void lineDown() {
        lines.down();
    }

    @Override
    public CompletionStage<Identity> known(Jid user) {
        return names.find(user);
    }

    @Override
    public CompletionStage<Identity> identify(Jid user) {
        return names.find(user)
                .thenCompose(identity -> identity.lid() != null
                        ? CompletableFuture.completedStage(identity)
                        : devices.find(List.of(user), true)
                                .thenCompose(found -> found.isEmpty()
                                        ? CompletableFuture.failedStage(new ContactException(
                                                "recipient-not-on-whatsapp", "the server does not know this user"))
                                        : names.find(user)));
    }

    @Override
    public CompletionStage<Jid> canonical(Jid device) {
        return names.find(device)
                .thenApply(identity -> identity.lid() == null
                        ? device.canonical()
                        : identity.lid().withDevice(device.device()));
    }

    @Override
    public CompletionStage<Map<Jid, List<Jid>>> devices(Collection<Jid> users, boolean fresh) {
        return devices.find(users, fresh);
    }

    @Override
    public CompletionStage<Map<Jid, PreKeyBundle>> bundles(Collection<Jid> wanted) {
        List<Jid> list = List.copyOf(wanted);
        CompletionStage<Map<Jid, PreKeyBundle>> all = CompletableFuture.completedStage(new LinkedHashMap<>());
        for (int from = 0; from < list.size(); from += BUNDLES_AT_ONCE) {
            List<Jid> part = list.subList(from, Math.min(list.size(), from + BUNDLES_AT_ONCE));
            all = all.thenCompose(found -> lines.ask(new FetchPreKeyBundles(part, true))
                    .thenApply(answers -> {
                        answers.forEach((device, answer) -> add(device, answer, found));
                        return found;
                    }));
        }
        return all;
    }

    private static void add(Jid device, FetchPreKeyBundles.Answer answer, Map<Jid, PreKeyBundle> found) {
        if (answer instanceof FetchPreKeyBundles.Answer.Bundle(var keys)) {
            try {
                found.put(device, KeyBundles.toSignal(keys));
            } catch (SignalException e) {
                // The device is left out, as one without keys is: the sender reports it like any other gap.
                found.remove(device);
            }
        }
    }

    @Override
    public CompletionStage<Group> group(Jid group, boolean fresh) {
        return groups.find(group, fresh);
    }

    @Override
    public CompletionStage<Boolean> learn(Jid lid, Jid pn) {
        return names.learn(lid, pn, "message");
    }

    @Override
    public CompletionStage<Done> devicesChanged(Collection<Jid> users) {
        return devices.forget(users);
    }

    @Override
    public CompletionStage<Done> groupChanged(Jid group) {
        return groups.forget(group);
    }

    @Override
    public CompletionStage<Collection<Jid>> holders(Jid group, int keyId) {
        return store.senderKeyMarks(group)
                .thenApply(marks -> marks.stream()
                        .filter(mark -> mark.keyId() == keyId && mark.hasKey())
                        .map(SenderKeyMark::device)
                        .toList());
    }

    @Override
    public CompletionStage<Done> markHolders(Jid group, int keyId, Collection<Jid> marked, boolean holds) {
        List<SenderKeyMark> marks = marked.stream()
                .map(device -> new SenderKeyMark(device, keyId, holds))
                .toList();
        return store.putSenderKeyMarks(group, marks).thenApply(_ -> Done.getInstance());
    }

    @Override
    public Bytes ownDeviceIdentity() {
        return ownDeviceIdentity;
    }
}
