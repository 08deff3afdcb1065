package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.notification.Content;
import dev.waggle.stanza.notification.DeviceChange;
import dev.waggle.stanza.notification.GroupChange;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotificationTest {
    private static Content content(Node node) {
        return ((Notification) Stanza.read(node)).content();
    }

    @Test
    void the_server_says_when_pre_keys_run_low() {
        Node low = Samples.notification(
                "encrypt", Jid.SERVER, Node.build("count").attr("value", 4).done());

        assertThat(content(low)).isEqualTo(new Content.PreKeysLow(4));
    }

    @Test
    void a_changed_identity_names_the_user() {
        Node changed = Samples.notification("encrypt", Samples.BOB, Node.of("identity"))
                .with("lid", Samples.BOB_LID);

        assertThat(content(changed)).isEqualTo(new Content.IdentityChanged(Samples.BOB, Samples.BOB_LID));
    }

    @Test
    void added_devices_come_with_both_names_hash_and_key_indexes() {
        assertThat(content(Samples.devicesAdded()))
                .isEqualTo(new Content.DevicesChanged(
                        Samples.BOB,
                        Samples.BOB_LID,
                        List.of(new DeviceChange(
                                DeviceChange.Kind.ADD,
                                "2:AAAAAAAA",
                                List.of(Samples.BOB.withDevice(4)),
                                List.of(Samples.BOB_LID.withDevice(4)),
                                Samples.bytes(20, 1)))));
    }

    @Test
    void an_update_of_devices_only_asks_to_look_again() {
        Node update = Samples.notification(
                "devices", Samples.BOB, Node.build("update").attr("hash", "x").done(), Node.of("odd"));

        assertThat(content(update))
                .isEqualTo(new Content.DevicesChanged(
                        Samples.BOB,
                        null,
                        List.of(new DeviceChange(DeviceChange.Kind.UPDATE, "x", List.of(), List.of(), null))));
    }

    @Test
    void group_changes_come_in_order_and_end_in_the_unknown() {
        Content content = content(Samples.groupNotification());

        assertThat(content).isInstanceOfSatisfying(Content.GroupChanged.class, changed -> {
            assertThat(changed.group()).isEqualTo(Samples.GROUP);
            assertThat(changed.author()).isEqualTo(Samples.ALICE_LID);
            assertThat(changed.changes())
                    .hasExactlyElementsOfTypes(
                            GroupChange.Added.class,
                            GroupChange.Removed.class,
                            GroupChange.SubjectChanged.class,
                            GroupChange.EphemeralSet.class,
                            GroupChange.DescriptionChanged.class,
                            GroupChange.AnnouncementSet.class,
                            GroupChange.Other.class);
            assertThat(changed.changes().stream().filter(GroupChange::endsSenderKey))
                    .hasSize(1);
            assertThat(changed.changes().get(0))
                    .isInstanceOfSatisfying(
                            GroupChange.Added.class,
                            added -> assertThat(added.participants().getFirst().pn())
                                    .isEqualTo(Samples.BOB));
        });
    }

    @Test
    void a_new_group_is_described_whole() {
        Node created = Samples.notification("w:gp2", Samples.GROUP, Node.of("create", Samples.group()));

        assertThat(content(created))
                .isInstanceOfSatisfying(
                        Content.GroupChanged.class,
                        changed -> assertThat(changed.changes())
                                .singleElement()
                                .isInstanceOfSatisfying(GroupChange.Created.class, group -> {
                                    assertThat(group.group().subject()).isEqualTo("Bees");
                                    assertThat(group.group().participants()).hasSize(2);
                                }));
    }

    @Test
    void the_phone_answers_a_pairing_code() {
        assertThat(content(Samples.linkCodeHello()))
                .isEqualTo(new Content.LinkCodeHello(Bytes.utf8("ref"), Samples.bytes(80, 1), Samples.bytes(32, 2)));
    }

    @Test
    void a_pairing_code_can_be_called_back() {
        Node refresh = Samples.notification(
                "link_code_companion_reg",
                Jid.SERVER,
                Node.build("link_code_companion_reg")
                        .attr("stage", "refresh_code")
                        .attr("force_manual_refresh", "true")
                        .content(Samples.text("link_code_pairing_ref", "r"))
                        .done());

        assertThat(content(refresh)).isEqualTo(new Content.LinkCodeRefresh(Bytes.utf8("r"), true));
    }

    @Test
    void our_other_devices_tell_what_they_changed() {
        Node devices = Node.build("devices")
                .attr("dhash", "2:BBBBBBBB")
                .content(Node.build("device")
                        .attr("jid", Samples.ALICE.withDevice(7))
                        .done())
                .done();
        Node sync = Samples.notification("account_sync", Samples.ALICE, devices, Node.of("privacy"));

        assertThat(content(sync))
                .isEqualTo(new Content.AccountSync(
                        Set.of("devices", "privacy"),
                        new Content.OwnDevices("2:BBBBBBBB", List.of(Samples.ALICE.withDevice(7)))));
    }

    @Test
    void collections_with_newer_versions_are_named() {
        Node sync = Samples.notification(
                "server_sync",
                Jid.SERVER,
                Node.build("collection")
                        .attr("name", "regular")
                        .attr("version", 12)
                        .done());

        assertThat(content(sync)).isEqualTo(new Content.ServerSync(Map.of("regular", 12L)));
    }

    @Test
    void tokens_of_a_contact_are_taken_and_others_left() {
        Node tokens = Node.of(
                "tokens",
                Node.build("token")
                        .attr("type", "trusted_contact")
                        .attr("t", 9)
                        .content(Bytes.hex("0102"))
                        .done(),
                Node.build("token").attr("type", "other").done());

        assertThat(content(Samples.notification("privacy_token", Samples.BOB, tokens)))
                .isEqualTo(new Content.PrivacyTokens(
                        Samples.BOB, null, List.of(new Content.Token(Bytes.hex("0102"), Instant.ofEpochSecond(9)))));
    }

    @Test
    void a_kind_that_nobody_needs_stays_a_node() {
        Node psa = Samples.notification("psa", Samples.BOB);

        assertThat(content(psa)).isEqualTo(new Content.Other(psa));
        assertThat(((Notification) Stanza.read(psa)).type()).isEqualTo("psa");
    }

    @Test
    void malformed_known_kinds_are_refused() {
        assertThatThrownBy(() -> content(Samples.notification("encrypt", Jid.SERVER, Node.of("count"))))
                .isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> content(Samples.notification("link_code_companion_reg", Jid.SERVER)))
                .isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> content(Samples.notification("w:gp2", Samples.GROUP, Node.of("create"))))
                .isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> content(Samples.notification("server_sync", Jid.SERVER, Node.of("collection"))))
                .isInstanceOf(NodeException.class);
    }
}
