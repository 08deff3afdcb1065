package dev.waggle.wire.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bytes of single values: everything that the peers' encoders cannot be asked for.
class NodeBytesTest {
    /// `<a b=…/>` begins so: list of 3, "a" raw, "b" raw.
    private static final String HEAD = "00f803fc0161fc0162";

    private static String hex(Node node) {
        return Bytes.wrap(NodeWriter.write(node)).toHex();
    }

    private static Node read(String hex) {
        return NodeReader.read(Bytes.hex(hex).unsafeArray());
    }

    @Test
    void a_captured_success_stanza_reads() {
        Node node = read("00f80f4c1aff0517520218905cee043dfc0366726376f7012aff88100000000000001f4becb43cff05175202004"
                + "1ece6fc2c643559623557784c2b6b35554b5148564936627546524751456a30475a413565767a3862365632786b64773d");

        assertThat(node.tag()).isEqualTo("success");
        assertThat(node.attributeCount()).isEqualTo(7);
        assertThat(node.attr("location")).isEqualTo("frc");
        assertThat(node.attr("props")).isEqualTo("27");
        assertThat(node.number("t", 0)).isEqualTo(1_752_021_890);
        assertThat(node.jid("lid")).isEqualTo(Jid.lid("100000000000001").withDevice(42));
        assertThat(node.attr("companion_enc_static")).isEqualTo("d5Yb5WxL+k5UKQHVI6buFRGQEj0GZA5evz8b6V2xkdw=");
        assertThat(node.bytes()).isNull();
    }

    @Test
    void the_benchmark_stanzas_are_as_long_as_the_peers_make_them() {
        assertThat(NodeWriter.write(NodeSamples.receipt())).hasSize(39);
        assertThat(NodeWriter.write(NodeSamples.message())).hasSize(691);
        assertThat(NodeWriter.write(NodeSamples.group())).hasSize(7643);
    }

    @ParameterizedTest
    @CsvSource({
        "5511987654321@s.whatsapp.net, faff87551198765432 1f03",
        "5511987654321:3@s.whatsapp.net, f70003ff87551198765432 1f",
        "100:42@lid, f7012aec33",
        "123@lid, faff82123f76",
        "7@hosted, f78000ece0",
        "7:99@hosted, f78063ece0",
        "7:9@hosted.lid, f78109ece0",
        "s.whatsapp.net, fa0003",
        "status@broadcast, fa0b0d",
        "7:513@msgr, f6ece00201cc",
        "7@msgr, f6ece00000cc",
        "12-ab:5@interop, f5fc0261620005000c",
        "ab:5@interop, f5fc02616200050000",
        "ab@interop, fafc026162fc07696e7465726f70",
        "12@g.us, faee961c",
        "x@unheard.of, fafc0178fc0a756e68656172642e6f66"
    })
    void every_form_of_jid_has_its_bytes(String jid, String bytes) {
        Node node = Node.build("a").attr("b", Jid.parse(jid)).done();
        assertThat(read(hex(node))).isEqualTo(node);
        assertThat(read(hex(node)).attributeValue(0)).isInstanceOf(Jid.class);
        if (!jid.startsWith("7") && !jid.startsWith("12@")) {
            assertThat(hex(node)).isEqualTo(HEAD + bytes.replace(" ", ""));
        }
    }

    @Test
    void an_interop_jid_reads_with_and_without_its_server() {
        Jid jid = Jid.of("12-ab", JidServer.INTEROP).withDevice(5);
        assertThat(read(HEAD + "f5fc0261620005000cfc07696e7465726f70").jid("b")).isEqualTo(jid);
        assertThat(read(HEAD + "f5fc0261620005000c").jid("b")).isEqualTo(jid);
    }

    @Test
    void every_even_domain_above_128_is_hosted() {
        assertThat(read(HEAD + "f78205ff8112").jid("b")).isNotNull();
        assertThat(Objects.requireNonNull(read(HEAD + "f78205ff811f").jid("b")).server())
                .isEqualTo(JidServer.HOSTED);
    }

    @Test
    void a_string_that_looks_like_a_jid_stays_a_string() {
        Node node = Node.build("a").attr("b", "1@lid").done();
        assertThat(hex(node)).isEqualTo(HEAD + "fc0531406c6964");
        assertThat(read(hex(node)).attributeValue(0)).isEqualTo("1@lid");
    }

    @Test
    void an_absent_value_reads_as_the_empty_string() {
        assertThat(read(HEAD + "00").attr("b")).isEmpty();
        assertThat(read(HEAD + "fc00").attr("b")).isEmpty();
        assertThat(read(HEAD + "ff00").attr("b")).isEmpty();
    }

    @Test
    void the_padding_of_an_odd_packing_says_nothing() {
        assertThat(read(HEAD + "ff82123f").attr("b")).isEqualTo("123");
        assertThat(read(HEAD + "ff821230").attr("b")).isEqualTo("123");
        assertThat(read(HEAD + "fb82123d").attr("b")).isEqualTo("123");
    }

    @ParameterizedTest
    @CsvSource({
        "0, fc00",
        "1, fc01",
        "255, fcff",
        "256, fd000100",
        "65536, fd010000",
        "1048575, fd0fffff",
        "1048576, fe00100000"
    })
    void the_size_of_bytes_takes_the_shortest_form(int size, String head) {
        Node node = Node.of("a", Bytes.wrap(new byte[size]));
        assertThat(hex(node)).startsWith("00f802fc0161" + head).hasSize(12 + head.length() + 2 * size);
        assertThat(read(hex(node))).isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource({"1, f801", "255, f8ff", "256, f90100", "65535, f9ffff"})
    void the_size_of_a_list_takes_the_shortest_form(int size, String head) {
        Node node = Node.build("a")
                .content(Collections.nCopies(size, Node.of("item")))
                .done();
        assertThat(hex(node)).startsWith("00f802fc0161" + head + "f8013f");
        assertThat(read(hex(node))).isEqualTo(node);
    }

    @Test
    void content_is_children_bytes_text_jid_or_nothing() {
        assertThat(read("00f802fc016100")).isEqualTo(Node.of("a"));
        assertThat(read("00f802fc0161f800")).isEqualTo(Node.of("a"));
        assertThat(read("00f802fc0161fc00")).isEqualTo(Node.of("a", Bytes.EMPTY));
        assertThat(read("00f802fc016126").text()).isEqualTo(Tokens.single(0x26));
        assertThat(read("00f802fc0161fa0003").text()).isEqualTo("s.whatsapp.net");
        assertThat(read("00f802fc0161f801f8013f").children()).isEqualTo(List.of(Node.of("item")));
    }

    @Test
    void text_that_is_not_utf8_reads_with_a_replacement() {
        assertThat(read(HEAD + "fc02c328").attr("b")).isEqualTo("\uFFFD(");
    }
}
