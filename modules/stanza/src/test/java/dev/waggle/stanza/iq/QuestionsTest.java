package dev.waggle.stanza.iq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.Samples;
import dev.waggle.stanza.iq.companion.CompanionFinish;
import dev.waggle.stanza.iq.companion.CompanionHello;
import dev.waggle.stanza.iq.companion.Logout;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The questions about the connection and the account; those about keys, users and groups have tests of their own.
class QuestionsTest {
    static Node result(Node... content) {
        return Node.build("iq").attr("type", "result").content(content).done();
    }

    static Node error(int code, String text) {
        Node error = Node.build("error").attr("code", code).attr("text", text).done();
        return Node.build("iq").attr("type", "error").content(error).done();
    }

    private static String iq(String kind, String namespace, String content) {
        return "<iq id=7 xmlns=" + namespace + " type=" + kind + " to=s.whatsapp.net" + content;
    }

    @Test
    void plain_requests_have_their_exact_shapes() {
        assertThat(new Ping().ask("7")).hasToString(iq("get", "w:p", "><ping/></iq>"));
        assertThat(new SetPassive(false).ask("7")).hasToString(iq("set", "passive", "><active/></iq>"));
        assertThat(new SetPassive(true).ask("7")).hasToString(iq("set", "passive", "><passive/></iq>"));
        assertThat(new MarkClean("groups", Instant.ofEpochSecond(9)).ask("7"))
                .hasToString(iq("set", "urn:xmpp:whatsapp:dirty", "><clean type=groups timestamp=9/></iq>"));
        assertThat(new QueryProps(null).ask("7")).hasToString(iq("get", "abt", "><props protocol=1/></iq>"));
        assertThat(new QueryBlocklist().ask("7")).hasToString(iq("get", "blocklist", "/>"));
        assertThat(new QueryPrivacy().ask("7")).hasToString(iq("get", "privacy", "><privacy/></iq>"));
        assertThat(new Logout(Samples.ALICE.withDevice(7)).ask("7"))
                .hasToString(iq(
                        "set",
                        "md",
                        "><remove-companion-device jid=" + Samples.ALICE.withDevice(7)
                                + " reason=user_initiated/></iq>"));
    }

    @Test
    void the_id_and_the_server_are_where_the_server_looks() {
        Node ask = new CountPreKeys().ask("abc.1");

        assertThat(ask.attr("id")).isEqualTo("abc.1");
        assertThat(ask.jid("to")).isEqualTo(Jid.SERVER);
    }

    @Test
    void a_ping_is_answered_by_any_reply() {
        assertThat(new Ping().read(result())).isEqualTo(Done.DONE);
        assertThat(new Ping().read(error(501, "not implemented"))).isEqualTo(Done.DONE);
    }

    @Test
    void a_refusal_is_an_exception_with_code_text_and_backoff() {
        Node error = Node.build("error")
                .attr("code", 429)
                .attr("text", "rate-overlimit")
                .attr("backoff", 30)
                .done();
        Node reply = Node.build("iq").attr("type", "error").content(error).done();

        assertThatThrownBy(() -> new CountPreKeys().read(reply))
                .asInstanceOf(type(IqException.class))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(429);
                    assertThat(refused.text()).isEqualTo("rate-overlimit");
                    assertThat(refused.backoff()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(refused.isTransient()).isTrue();
                });
    }

    @Test
    void a_refusal_without_details_is_still_a_refusal() {
        Node reply = Node.build("iq").attr("type", "error").done();

        assertThatThrownBy(() -> new SetPassive(false).read(reply))
                .asInstanceOf(type(IqException.class))
                .satisfies(refused -> {
                    assertThat(refused.code()).isZero();
                    assertThat(refused.backoff()).isNull();
                    assertThat(refused.isTransient()).isFalse();
                });
    }

    @Test
    void props_are_read_by_code_or_name() {
        Node props = Node.build("props")
                .attr("hash", "h2")
                .attr("delta_update", "true")
                .content(
                        Node.build("prop")
                                .attr("config_code", "10518")
                                .attr("config_value", "true")
                                .done(),
                        Node.build("prop").attr("name", "x").attr("value", "1").done(),
                        Node.of("prop"))
                .done();

        assertThat(new QueryProps("h1").read(result(props)))
                .isEqualTo(new QueryProps.Props("h2", true, Map.of("10518", "true", "x", "1")));
        assertThat(new QueryProps("h1").read(result()).values()).isEmpty();
    }

    @Test
    void blocklist_and_privacy_read_empty_replies_as_nothing() {
        Node list = Node.of("list", Node.build("item").attr("jid", Samples.BOB).done());
        Node privacy = Node.of(
                "privacy",
                Node.build("category").attr("name", "last").attr("value", "all").done());

        assertThat(new QueryBlocklist().read(result(list))).containsExactly(Samples.BOB);
        assertThat(new QueryBlocklist().read(result())).isEmpty();
        assertThat(new QueryPrivacy().read(result(privacy))).containsExactly(Map.entry("last", "all"));
        assertThat(new QueryPrivacy().read(result())).isEmpty();
        assertThatThrownBy(() -> new QueryPrivacy().read(result(Node.of("privacy", Node.of("category")))))
                .isInstanceOf(NodeException.class);
    }

    @Test
    void pairing_by_code_opens_with_our_wrapped_key_and_gets_a_reference() {
        CompanionHello hello = new CompanionHello(
                Samples.ALICE, true, Samples.bytes(80, 1), Samples.bytes(32, 2), "1", "Chrome (Linux)");
        Node reference = Node.of("link_code_companion_reg", Samples.text("link_code_pairing_ref", "r"));

        Node form = hello.ask("7").requireChild("link_code_companion_reg");

        assertThat(form.attr("stage")).isEqualTo("companion_hello");
        assertThat(form.jid("jid")).isEqualTo(Samples.ALICE);
        assertThat(form.attr("should_show_push_notification")).isEqualTo("true");
        assertThat(form.children().stream().map(Node::tag))
                .containsExactly(
                        "link_code_pairing_wrapped_companion_ephemeral_pub",
                        "companion_server_auth_key_pub",
                        "companion_platform_id",
                        "companion_platform_display",
                        "link_code_pairing_nonce");
        assertThat(form.requireChild("companion_platform_display").text()).isEqualTo("Chrome (Linux)");
        assertThat(hello.read(result(reference))).isEqualTo(Bytes.utf8("r"));
        assertThatThrownBy(() -> hello.read(result())).isInstanceOf(NodeException.class);
    }

    @Test
    void pairing_by_code_closes_with_bundle_identity_and_reference() {
        Node form = new CompanionFinish(Samples.ALICE, Samples.bytes(156, 1), Samples.bytes(32, 2), Bytes.utf8("r"))
                .ask("7")
                .requireChild("link_code_companion_reg");

        assertThat(form)
                .hasToString("<link_code_companion_reg jid=" + Samples.ALICE
                        + " stage=companion_finish><link_code_pairing_wrapped_key_bundle>[156]"
                        + "<companion_identity_public>[32]<link_code_pairing_ref>[1]</link_code_companion_reg>");
    }

    private static Node host(String name, @Nullable String type, @Nullable String fallback) {
        return Node.build("host")
                .attr("hostname", name)
                .attr("type", type)
                .attr("fallback_hostname", fallback)
                .done();
    }

    private static Node hosts(Node... hosts) {
        return result(Node.build("media_conn")
                .attr("auth", "secret")
                .attr("ttl", 300)
                .attr("auth_ttl", 200)
                .content(hosts)
                .done());
    }

    @Test
    void media_hosts_come_in_the_order_in_which_they_are_tried() {
        assertThat(new QueryMediaHosts().ask("7")).hasToString(iq("set", "w:m", "><media_conn/></iq>"));
        QueryMediaHosts.MediaHosts told = new QueryMediaHosts()
                .read(hosts(
                        host("fallback.example", "fallback", null),
                        host("one.example:8443", "primary", "one-b.example"),
                        host("two.example", null, null),
                        host("two.example", null, null)));
        assertThat(told.names())
                .containsExactly("one.example:8443", "two.example", "fallback.example", "one-b.example");
        assertThat(told.auth()).isEqualTo("secret");
        assertThat(told.good()).isEqualTo(Duration.ofSeconds(200));
        assertThat(told.toString()).doesNotContain("secret");
    }

    @Test
    void a_media_host_is_a_name_and_there_is_at_least_one() {
        assertThatThrownBy(() -> new QueryMediaHosts().read(hosts()))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("media_conn/host: 0 hosts (expected: 1..32)");
        assertThatThrownBy(() -> new QueryMediaHosts().read(hosts(host("evil/../path", null, null))))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("host.hostname");
    }
}
