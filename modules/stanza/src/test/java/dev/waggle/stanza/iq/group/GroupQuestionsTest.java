package dev.waggle.stanza.iq.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Jid;
import dev.waggle.stanza.Samples;
import dev.waggle.stanza.message.AddressingMode;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupQuestionsTest {
    private static Node result(Node... content) {
        return Node.build("iq").attr("type", "result").content(content).done();
    }

    private static String start(String kind, Object to) {
        return "<iq id=7 xmlns=w:g2 type=" + kind + " to=" + to + ">";
    }

    @Test
    void questions_go_to_the_group_or_to_all_groups() {
        assertThat(new QueryGroup(Samples.GROUP).ask("7"))
                .hasToString(start("get", Samples.GROUP) + "<query request=interactive/></iq>");
        assertThat(new ParticipatingGroups().ask("7"))
                .hasToString(
                        start("get", "g.us") + "<participating><participants/><description/></participating></iq>");
        assertThat(new CreateGroup("Bees", "k1", List.of(Samples.BOB.withDevice(3))).ask("7"))
                .hasToString(start("set", "g.us") + "<create subject=Bees key=k1><participant jid=" + Samples.BOB
                        + "/></create></iq>");
        assertThat(new SetSubject(Samples.GROUP, "Bees").ask("7"))
                .hasToString(start("set", Samples.GROUP) + "<subject>[4]</iq>");
        assertThat(new LeaveGroup(Samples.GROUP).ask("7"))
                .hasToString(start("set", "g.us") + "<leave><group id=" + Samples.GROUP + "/></leave></iq>");
        assertThat(new ChangeParticipants(Samples.GROUP, ChangeParticipants.Action.ADD, List.of(Samples.BOB)).ask("7"))
                .hasToString(start("set", Samples.GROUP) + "<add><participant jid=" + Samples.BOB + "/></add></iq>");
    }

    @Test
    void a_group_is_described_with_both_names_of_its_members() {
        GroupInfo group = new QueryGroup(Samples.GROUP).read(result(Samples.group()));

        assertThat(group)
                .isEqualTo(new GroupInfo(
                        Samples.GROUP,
                        "Bees",
                        "About",
                        Samples.ALICE_LID,
                        Instant.ofEpochSecond(1_600_000_000),
                        AddressingMode.LID,
                        List.of(
                                new Participant(
                                        Samples.ALICE_LID,
                                        Samples.ALICE_LID,
                                        Samples.ALICE,
                                        Participant.Rank.SUPERADMIN,
                                        0),
                                new Participant(Samples.BOB_LID, Samples.BOB_LID, null, Participant.Rank.MEMBER, 0)),
                        604_800,
                        true,
                        false,
                        false,
                        null));
        assertThat(group.participants().getFirst().isAdmin()).isTrue();
    }

    @Test
    void a_group_that_says_no_addressing_shows_phone_numbers() {
        Node old = Node.build("group")
                .attr("id", "1-2@g.us")
                .content(Node.build("participant")
                        .attr("jid", Samples.BOB)
                        .attr("lid", Samples.BOB_LID)
                        .attr("type", "admin")
                        .done())
                .done();

        GroupInfo group = new QueryGroup(Jid.group("1-2")).read(result(old));

        assertThat(group.jid()).isEqualTo(Jid.group("1-2"));
        assertThat(group.addressing()).isEqualTo(AddressingMode.PN);
        assertThat(group.participants())
                .containsExactly(new Participant(Samples.BOB, Samples.BOB_LID, Samples.BOB, Participant.Rank.ADMIN, 0));
    }

    @Test
    void all_our_groups_come_in_one_answer() {
        assertThat(new ParticipatingGroups().read(result(Node.of("groups", Samples.group(), Samples.group()))))
                .hasSize(2);
        assertThatThrownBy(() -> new ParticipatingGroups().read(result())).isInstanceOf(NodeException.class);
    }

    @Test
    void a_change_of_members_tells_what_failed() {
        Node answer = Node.of(
                "add",
                Node.build("participant")
                        .attr("jid", Samples.BOB)
                        .attr("error", 403)
                        .done());

        assertThat(new ChangeParticipants(Samples.GROUP, ChangeParticipants.Action.ADD, List.of(Samples.BOB))
                        .read(result(answer)))
                .singleElement()
                .satisfies(participant -> assertThat(participant.error()).isEqualTo(403));
    }

    @Test
    void a_group_without_id_or_with_a_nameless_member_is_refused() {
        QueryGroup query = new QueryGroup(Samples.GROUP);

        assertThatThrownBy(() -> query.read(result())).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> query.read(result(Node.of("group")))).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> query.read(
                        result(Node.build("group").attr("id", "a:b@g.us").done())))
                .isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> query.read(result(Node.build("group")
                        .attr("id", "1")
                        .content(Node.of("participant"))
                        .done())))
                .isInstanceOf(NodeException.class);
    }

    @Test
    void subjects_and_member_lists_have_limits() {
        List<Jid> bob = List.of(Samples.BOB);

        assertThatThrownBy(() -> new CreateGroup(" ", "k", bob)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CreateGroup("x".repeat(101), "k", bob))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SetSubject(Samples.GROUP, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CreateGroup("Bees", "k", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CreateGroup("Bees", "k", Collections.nCopies(1025, Samples.BOB)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
