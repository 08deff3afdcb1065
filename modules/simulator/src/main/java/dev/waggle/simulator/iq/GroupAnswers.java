package dev.waggle.simulator.iq;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.Group.Role;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `w:g2`: groups in LID addressing mode.
public final class GroupAnswers {
    private static final int SUBJECT_MAX = 100;

    private final Registry registry;

    GroupAnswers(Registry registry) {
        this.registry = registry;
    }

    Node answer(Device from, Node iq) {
        Node create = iq.child("create");
        if (create != null) {
            return create(from, iq, create);
        }
        if (iq.child("participating") != null) {
            List<Node> groups =
                    registry.groups().of(from.user()).stream().map(this::node).toList();
            return Replies.result(iq, Node.build("groups").content(groups).done());
        }
        Node leave = iq.child("leave");
        if (leave != null) {
            return leave(from, iq, leave);
        }
        Group group = registry.groups().group(iq.requireJid("to"));
        if (group == null) {
            return Replies.error(iq, 404, "item-not-found");
        }
        return group.has(from.user()) ? inside(from, iq, group) : Replies.error(iq, 403, "forbidden");
    }

    private Node inside(Device from, Node iq, Group group) {
        for (Node child : iq.children()) {
            switch (child.tag()) {
                case "query" -> {
                    return Replies.result(iq, node(group));
                }
                case "add", "remove", "promote", "demote" -> {
                    return members(from, iq, group, child);
                }
                case "subject" -> {
                    return subject(from, iq, group, child);
                }
                default -> {
                    // other settings of a group are taken without effect
                }
            }
        }
        return Replies.result(iq);
    }

    private Node create(Device from, Node iq, Node create) {
        String subject = create.require("subject");
        if (subject.length() > SUBJECT_MAX || create.children("participant").size() >= registry.membersMax()) {
            return Replies.error(iq, 406, "not-acceptable");
        }
        List<User> members = new ArrayList<>();
        for (Node one : create.children("participant")) {
            User user = registry.directory().user(one.requireJid("jid"));
            if (user != null) {
                members.add(user);
            }
        }
        return Replies.result(iq, node(create(from.user(), subject, members, from)));
    }

    /// Makes a group and tells its members, all but the device that made it (null when an operator did).
    public Group create(User creator, String subject, Collection<User> members, @Nullable Device by) {
        Group group = registry.groups().create(creator, subject, registry.now());
        for (User member : members) {
            if (!group.has(member)) {
                group.put(member, Role.MEMBER);
            }
        }
        Node news =
                Node.build("create").attr("type", "new").content(node(group)).done();
        tell(group.members(), group, creator, by, news);
        return group;
    }

    private Node members(Device from, Node iq, Group group, Node change) {
        if (group.role(from.user()) == Role.MEMBER && !change.is("add")) {
            return Replies.error(iq, 403, "forbidden");
        }
        List<Node> answers = new ArrayList<>();
        List<User> changed = new ArrayList<>();
        for (Node one : change.children("participant")) {
            Jid jid = one.requireJid("jid");
            User user = registry.directory().user(jid);
            int error = user == null ? 404 : change(group, user, change.tag());
            answers.add(Node.build("participant")
                    .attr("jid", user == null ? jid : user.lid())
                    .attr("phone_number", user == null ? null : user.pn())
                    .attr("error", error == 0 ? null : Integer.toString(error))
                    .done());
            if (user != null && error == 0) {
                changed.add(user);
            }
        }
        announce(group, from, change.tag(), changed);
        return Replies.result(iq, Node.build(change.tag()).content(answers).done());
    }

    /// Changes the membership as an operator; the members are told. `change` is `add`, `remove`, `promote` or
    /// `demote`.
    public void change(Group group, User by, String change, Collection<User> users) {
        List<User> changed =
                users.stream().filter(user -> change(group, user, change) == 0).toList();
        tellChange(group, by, null, change, changed);
    }

    private int change(Group group, User user, String change) {
        boolean member = group.has(user);
        if (change.equals("add")) {
            if (member) {
                return 409;
            }
            if (group.members().size() >= registry.membersMax()) {
                return 419;
            }
            group.put(user, Role.MEMBER);
            return 0;
        }
        if (!member) {
            return 404;
        }
        switch (change) {
            case "remove" -> group.remove(user);
            case "promote" -> group.put(user, Role.ADMIN);
            default -> group.put(user, Role.MEMBER);
        }
        return 0;
    }

    private void announce(Group group, Device from, String change, List<User> changed) {
        tellChange(group, from.user(), from, change, changed);
    }

    private void tellChange(Group group, User by, @Nullable Device device, String change, List<User> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<User> told = new ArrayList<>(group.members());
        if (change.equals("remove")) {
            told.addAll(changed);
        }
        List<Node> participants =
                changed.stream().map(user -> participant(user, null)).toList();
        tell(told, group, by, device, Node.build(change).content(participants).done());
    }

    private Node leave(Device from, Node iq, Node leave) {
        List<Node> answers = new ArrayList<>();
        for (Node one : leave.children("group")) {
            Jid id = one.requireJid("id");
            Group group = registry.groups().group(id);
            if (group != null && group.remove(from.user())) {
                List<User> told = new ArrayList<>(group.members());
                told.add(from.user());
                Node gone = Node.build("remove")
                        .content(participant(from.user(), null))
                        .done();
                tell(told, group, from.user(), from, gone);
            }
            answers.add(Node.build("group").attr("id", id).done());
        }
        return Replies.result(iq, Node.build("leave").content(answers).done());
    }

    private Node subject(Device from, Node iq, Group group, Node subject) {
        String text = subject.text();
        if (text == null || text.length() > SUBJECT_MAX) {
            return Replies.error(iq, 406, "not-acceptable");
        }
        group.subject(text, registry.now());
        Node news = Node.build("subject")
                .attr("subject", text)
                .attr("s_o", from.user().lid())
                .attr("s_t", registry.now())
                .done();
        tell(group.members(), group, from.user(), from, news);
        return Replies.result(iq);
    }

    private void tell(Collection<User> told, Group group, User by, @Nullable Device except, Node news) {
        Node notification = Node.build("notification")
                .attr("from", group.id())
                .attr("type", "w:gp2")
                .attr("id", registry.nextId())
                .attr("participant", by.lid())
                .attr("participant_pn", by.pn())
                .attr("addressing_mode", "lid")
                .attr("notify", by.pushName())
                .attr("t", registry.now())
                .content(news)
                .done();
        for (User user : told) {
            for (Device device : user.devices()) {
                if (device != except) {
                    registry.send(device, notification);
                }
            }
        }
    }

    private Node node(Group group) {
        List<Node> participants = new ArrayList<>();
        for (User user : group.members()) {
            Role role = group.role(user);
            participants.add(participant(
                    user,
                    role == null || role == Role.MEMBER ? null : role.name().toLowerCase(Locale.ROOT)));
        }
        return Node.build("group")
                .attr("id", group.id().user())
                .attr("subject", group.subject())
                .attr("s_t", group.subjectAt())
                .attr("s_o", group.creator().lid())
                .attr("s_o_pn", group.creator().pn())
                .attr("creator", group.creator().lid())
                .attr("creator_pn", group.creator().pn())
                .attr("creation", group.createdAt())
                .attr("size", participants.size())
                .attr("addressing_mode", "lid")
                .content(participants)
                .done();
    }

    private static Node participant(User user, @Nullable String type) {
        return Node.build("participant")
                .attr("jid", user.lid())
                .attr("phone_number", user.pn())
                .attr("type", type)
                .done();
    }
}
