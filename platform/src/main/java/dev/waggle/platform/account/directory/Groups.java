package dev.waggle.platform.account.directory;

import dev.waggle.address.AddressException;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Contacts.Group;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.platform.port.Contacts.Member;
import dev.waggle.proto.cache.Cached;
import dev.waggle.proto.cache.CachedGroup;
import dev.waggle.proto.cache.CachedMember;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.iq.group.GroupInfo;
import dev.waggle.stanza.iq.group.Participant;
import dev.waggle.stanza.iq.group.QueryGroup;
import dev.waggle.stanza.message.AddressingMode;
import dev.waggle.storage.cache.CacheNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// Groups and their members: the cache, then the server. Who asks while a question is on its way waits for that
/// answer. Thread-safe.
final class Groups {
    private final FreshCache cache;
    private final Names names;
    private final Lines lines;
    private final ConcurrentMap<Jid, CompletableFuture<Group>> asked = new ConcurrentHashMap<>();

    Groups(FreshCache cache, Names names, Lines lines) {
        this.cache = cache;
        this.names = names;
        this.lines = lines;
    }

    CompletionStage<Group> find(Jid group, boolean fresh) {
        if (fresh) {
            asked.remove(group);
            return ask(group);
        }
        return cache.get(CacheNamespace.GROUP, group.toString())
                .thenCompose(cached -> cached.filter(Cached::hasGroup)
                        .flatMap(value -> read(group, value.getGroup()))
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() -> ask(group)));
    }

    /// Done when the cache will not answer for it.
    CompletionStage<Done> forget(Jid group) {
        asked.remove(group);
        return cache.forget(CacheNamespace.GROUP, List.of(group.toString()), () -> {});
    }

    private CompletionStage<Group> ask(Jid group) {
        CompletableFuture<Group> mine = new CompletableFuture<>();
        CompletableFuture<Group> other = asked.putIfAbsent(group, mine);
        if (other != null) {
            return other;
        }
        long before = cache.changes(CacheNamespace.GROUP);
        var _ = lines.ask(new QueryGroup(group))
                .thenApply(info -> learned(info, before))
                .whenComplete((found, failure) -> {
                    asked.remove(group, mine);
                    if (failure == null) {
                        mine.complete(found);
                    } else {
                        mine.completeExceptionally(named(failure));
                    }
                });
        return mine;
    }

    private static Throwable named(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IqException iq && (iq.code() == 403 || iq.code() == 404 || iq.code() == 401)
                ? new ContactException("group-not-found", "the server does not let us into this group")
                : cause;
    }

    private Group learned(GroupInfo info, long before) {
        List<Member> members = new ArrayList<>();
        for (Participant participant : info.participants()) {
            members.add(
                    new Member(new Identity(bare(participant.pn()), bare(participant.lid())), participant.isAdmin()));
        }
        var _ = names.learn(members.stream().map(Member::identity).toList(), "group");
        Group group = new Group(info.jid(), info.subject(), info.addressing() == AddressingMode.LID, members);
        cache.unlessChanged(
                CacheNamespace.GROUP,
                before,
                () -> cache.put(
                        CacheNamespace.GROUP,
                        group.jid().toString(),
                        Cached.newBuilder().setGroup(write(group))));
        return group;
    }

    private static @Nullable Jid bare(@Nullable Jid jid) {
        return jid == null ? null : jid.bare();
    }

    private static CachedGroup write(Group group) {
        CachedGroup.Builder form =
                CachedGroup.newBuilder().setSubject(group.subject()).setLidAddressed(group.lidAddressed());
        group.members()
                .forEach(member -> form.addMembers(CachedMember.newBuilder()
                        .setPn(text(member.identity().pn()))
                        .setLid(text(member.identity().lid()))
                        .setAdmin(member.admin())));
        return form.build();
    }

    private static String text(@Nullable Jid jid) {
        return jid == null ? "" : jid.toString();
    }

    /// Nothing for what cannot be read: then it is asked for.
    private static Optional<Group> read(Jid group, CachedGroup form) {
        try {
            List<Member> members = form.getMembersList().stream()
                    .map(member ->
                            new Member(new Identity(jid(member.getPn()), jid(member.getLid())), member.getAdmin()))
                    .toList();
            return Optional.of(new Group(group, form.getSubject(), form.getLidAddressed(), members));
        } catch (AddressException _) {
            return Optional.empty();
        }
    }

    private static @Nullable Jid jid(String text) {
        return text.isEmpty() ? null : Jid.parse(text);
    }
}
