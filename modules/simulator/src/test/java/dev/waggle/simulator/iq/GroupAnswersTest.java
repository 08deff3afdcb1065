package dev.waggle.simulator.iq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Hall;
import dev.waggle.simulator.exchange.Hall.Client;
import dev.waggle.wire.node.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupAnswersTest {
    private static final Jid GROUPS = Jid.parse("g.us");
    private final Hall hall = new Hall();
    private final User ann = hall.user("ann");
    private final User bob = hall.user("bob");
    private final User eve = hall.user("eve");
    private final Client one = hall.client(ann);
    private final Client other = hall.client(bob);
    private final Client third = hall.client(eve);

    @AfterEach
    void close() {
        hall.close();
    }

    private static Node participant(User user) {
        return Node.build("participant").attr("jid", user.pn()).done();
    }

    private Node create() {
        Node create = Node.build("create")
                .attr("subject", "Bees")
                .attr("key", "k")
                .content(participant(bob))
                .done();
        return hall.ask(one, Hall.iq("set", "w:g2", GROUPS, create)).requireChild("group");
    }

    private static Jid id(Node group) {
        return Jid.group(group.require("id"));
    }

    private Node query(Client client, Jid group) {
        return hall.ask(
                client,
                Hall.iq(
                        "get",
                        "w:g2",
                        group,
                        Node.build("query").attr("request", "interactive").done()));
    }

    @Test
    void a_new_group_lists_its_members_by_lid_with_the_creator_above_all() {
        Node group = create();
        assertThat(group.require("subject")).isEqualTo("Bees");
        assertThat(group.require("addressing_mode")).isEqualTo("lid");
        assertThat(group.children("participant"))
                .extracting(one -> one.requireJid("jid"))
                .containsExactly(ann.lid(), bob.lid());
        assertThat(group.children("participant"))
                .extracting(one -> one.attr("type", "member"))
                .containsExactly("superadmin", "member");
        assertThat(other.last("notification").requireChild("create").child("group"))
                .isEqualTo(group);
        assertThat(one.got("notification")).isEmpty();
    }

    @Test
    void only_members_may_look_inside() {
        Jid group = id(create());
        assertThat(query(other, group).child("group")).isNotNull();
        assertThat(query(third, group).requireChild("error").require("code")).isEqualTo("403");
        assertThat(query(third, Jid.group("1")).requireChild("error").require("code"))
                .isEqualTo("404");
    }

    @Test
    void members_come_and_go_and_all_are_told() {
        Jid group = id(create());
        Node added = hall.ask(one, Hall.iq("set", "w:g2", group, Node.of("add", participant(eve), participant(bob))));
        assertThat(added.requireChild("add").children("participant"))
                .extracting(one -> one.attr("error", "0"))
                .containsExactly("0", "409");
        assertThat(third.last("notification")
                        .requireChild("add")
                        .requireChild("participant")
                        .requireJid("jid"))
                .isEqualTo(eve.lid());
        hall.ask(one, Hall.iq("set", "w:g2", group, Node.of("remove", participant(bob))));
        assertThat(other.last("notification").child("remove")).isNotNull();
        assertThat(query(other, group).requireChild("error").require("code")).isEqualTo("403");
    }

    @Test
    void a_plain_member_removes_nobody() {
        Jid group = id(create());
        Node answer = hall.ask(other, Hall.iq("set", "w:g2", group, Node.of("remove", participant(ann))));
        assertThat(answer.requireChild("error").require("code")).isEqualTo("403");
    }

    @Test
    void who_leaves_is_in_no_list_any_more() {
        Jid group = id(create());
        Node leave = Node.of("leave", Node.build("group").attr("id", group).done());
        hall.ask(other, Hall.iq("set", "w:g2", GROUPS, leave));
        Node all = hall.ask(other, Hall.iq("get", "w:g2", GROUPS, Node.of("participating")));
        assertThat(all.requireChild("groups").children()).isEmpty();
        assertThat(one.last("notification").child("remove")).isNotNull();
    }

    @Test
    void a_new_subject_is_told_and_kept() {
        Jid group = id(create());
        hall.ask(
                one,
                Hall.iq(
                        "set",
                        "w:g2",
                        group,
                        Node.build("subject").content("Wasps").done()));
        assertThat(other.last("notification").requireChild("subject").require("subject"))
                .isEqualTo("Wasps");
        assertThat(query(other, group).requireChild("group").require("subject")).isEqualTo("Wasps");
    }
}
