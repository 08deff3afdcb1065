package dev.waggle.platform.account.directory;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Contacts;
import dev.waggle.platform.port.KeyBundles;
import dev.waggle.platform.port.Line;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.stanza.iq.FetchPreKeyBundles;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.iq.group.GroupInfo;
import dev.waggle.stanza.iq.group.Participant;
import dev.waggle.stanza.iq.group.QueryGroup;
import dev.waggle.stanza.message.AddressingMode;
import dev.waggle.storage.ProtocolStore;
import dev.waggle.storage.row.SenderKeyMark;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// [Contacts] for one account. Not an actor: its caches are thread-safe, bounded, and hold nothing that a lost race
/// could make wrong for longer than until the next notification.
public final class Directory implements Contacts {
    private static final int GROUPS_MAX = 250;
    private static final Duration GROUP_FRESH_MAX = Duration.ofHours(1);
    private static final int BUNDLES_AT_ONCE = 50;

    private final ProtocolStore store;
    private final Bytes ownDeviceIdentity;
    private final Lines lines = new Lines();
    private final Names names;
    private final Devices devices;
    private final AsyncCache<Jid, Group> groups = Caffeine.newBuilder()
            .maximumSize(GROUPS_MAX)
            .expireAfterWrite(GROUP_FRESH_MAX)
            .buildAsync();

    public Directory(ProtocolStore store, Bytes ownDeviceIdentity, Clock clock) {
        this.store = store;
        this.ownDeviceIdentity = ownDeviceIdentity;
        this.names = new Names(store, clock);
        this.devices = new Devices(store, names, lines, clock);
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
        if (fresh) {
            groups.synchronous().invalidate(group);
        }
        return groups.get(group, (key, _) -> ask(key).toCompletableFuture());
    }

    private CompletionStage<Group> ask(Jid group) {
        return lines.ask(new QueryGroup(group)).thenApply(this::learned).exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof IqException iq && (iq.code() == 403 || iq.code() == 404 || iq.code() == 401)) {
                throw new ContactException("group-not-found", "the server does not let us into this group");
            }
            throw new CompletionException(cause);
        });
    }

    private Group learned(GroupInfo info) {
        List<Member> members = new ArrayList<>();
        for (Participant participant : info.participants()) {
            if (participant.lid() != null && participant.pn() != null) {
                names.learn(participant.lid(), participant.pn(), "group");
            }
            members.add(new Member(
                    new Identity(
                            participant.pn() == null ? null : participant.pn().bare(),
                            participant.lid() == null ? null : participant.lid().bare()),
                    participant.isAdmin()));
        }
        return new Group(info.jid(), info.subject(), info.addressing() == AddressingMode.LID, members);
    }

    @Override
    public void learn(Jid lid, Jid pn) {
        names.learn(lid, pn, "message");
    }

    @Override
    public void devicesChanged(Jid user) {
        devices.forget(user);
    }

    @Override
    public void groupChanged(Jid group) {
        groups.synchronous().invalidate(group);
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
