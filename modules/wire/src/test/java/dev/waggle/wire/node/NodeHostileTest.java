package dev.waggle.wire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever the bytes, the outcome is a node or one [NodeException].
class NodeHostileTest {
    private static final int ROUNDS = 4_000;

    private static boolean reads(byte[] bytes) {
        try {
            Node node = NodeReader.read(bytes);
            assertThat(NodeReader.read(NodeWriter.write(node)).tag()).isEqualTo(node.tag());
            return true;
        } catch (NodeException e) {
            assertThat(e).hasMessageMatching("(?s).+: .+ \\(expected: .+\\)");
            return false;
        }
    }

    @Test
    void random_trees_survive_a_round_trip() {
        Random random = new Random(7);
        Set<String> shapes = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            Node node = NodeSamples.random(random, 5);
            assertThat(NodeReader.read(NodeWriter.write(node))).isEqualTo(node);
            shapes.add(node.toString());
        }
        assertThat(shapes).hasSizeGreaterThan(ROUNDS / 2);
    }

    @Test
    void a_cut_at_any_position_is_refused() {
        for (Node node : new Node[] {NodeSamples.receipt(), NodeSamples.message(), NodeSamples.group()}) {
            byte[] whole = NodeWriter.write(node);
            for (int size = 0; size < whole.length; size++) {
                assertThat(reads(Arrays.copyOf(whole, size))).isFalse();
            }
            assertThat(reads(Arrays.copyOf(whole, whole.length + 1))).isFalse();
        }
    }

    @Test
    void a_flipped_bit_at_any_position_gives_a_node_or_the_one_exception() {
        byte[] whole = NodeWriter.write(NodeSamples.message());
        int refused = 0;
        for (int bit = 8; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            refused += reads(flipped) ? 0 : 1;
        }
        assertThat(refused).isBetween(100, whole.length * 8 / 2);
    }

    @Test
    void random_bytes_give_a_node_or_the_one_exception() {
        Random random = new Random(11);
        int read = 0;
        for (int i = 0; i < 20 * ROUNDS; i++) {
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[0] = 0;
            if (bytes.length > 2) {
                bytes[1] = (byte) Wap.LIST_8;
                bytes[2] = (byte) (1 + random.nextInt(6));
            }
            read += reads(bytes) ? 1 : 0;
        }
        assertThat(read).isPositive();
    }

    @Test
    void depth_stops_at_128() {
        assertThat(NodeReader.read(nested(128)).tag()).isEqualTo("item");
        assertThatThrownBy(() -> NodeReader.read(nested(129)))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> NodeReader.read(nested(1_000_000))).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> NodeWriter.write(chain(129)))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("depth");
        assertThat(NodeWriter.write(chain(128))).isEqualTo(nested(128));
    }

    private static Node chain(int levels) {
        Node node = Node.of("item");
        for (int i = 1; i < levels; i++) {
            node = Node.of("item", node);
        }
        return node;
    }

    private static byte[] nested(int levels) {
        byte[] bytes = new byte[1 + 5 * (levels - 1) + 3];
        for (int i = 0; i < levels - 1; i++) {
            byte[] one = {(byte) Wap.LIST_8, 2, 0x3f, (byte) Wap.LIST_8, 1};
            System.arraycopy(one, 0, bytes, 1 + 5 * i, 5);
        }
        bytes[bytes.length - 3] = (byte) Wap.LIST_8;
        bytes[bytes.length - 2] = 1;
        bytes[bytes.length - 1] = 0x3f;
        return bytes;
    }

    @Test
    void a_jid_inside_a_jid_is_refused_however_deep() {
        byte[] bytes = new byte[200_000];
        Arrays.fill(bytes, (byte) Wap.JID_PAIR);
        System.arraycopy(Bytes.hex("00f803fc0161fc0162").unsafeArray(), 0, bytes, 0, 9);
        assertThatThrownBy(() -> NodeReader.read(bytes))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("0xFA");
    }

    @ParameterizedTest
    @CsvSource({
        "00, bytes left",
        "00f800, an empty list",
        "0000, an empty list",
        "00fc0161, a list",
        "00f801fc00, tag: empty",
        "00f80100, tag: empty",
        "00f801fa0003, 0xFA",
        "00f801f5, 0xF5",
        "00f801f0, 0xF0",
        "00f803fc0161fc006e, attribute name: empty",
        "00f803fc0161fc0162f801, 0xF8",
        "00f803fc0161fc0162ff80, half of nothing",
        "00f803fc0161fc0162ff011c, two of 0123456789",
        "00f803fc0161fc0162ff011f, two of 0123456789",
        "00f803fc0161fc0162f7020003, jid domain: 2",
        "00f803fc0161fc0162f7830003, jid domain: 131",
        "00f803fc0161fc0162f6ff811f000003, jid server: s.whatsapp.net",
        "00f803fc0161fc0162faff811f00, jid: 1@",
        "00f803fc0161fc0162fafc02403103, jid: @1",
        "00f802fc0161fe80000000, 2147483648",
        "00f802fc0161fe7fffffff, at least 2147483647",
        "00f802fc0161fd0fffff, at least 1048575",
        "00f9ffff3f, at least 65535",
        "00f802fc0161f9fffff8013f, at least 196605",
        "00f8013f00, bytes after the node: 1",
        "02ffff, zlib",
    })
    void the_exception_names_the_value_and_the_rule(String hex, String says) {
        assertThatThrownBy(() -> NodeReader.read(Bytes.hex(hex).unsafeArray()))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining(says)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void lists_and_nodes_stop_at_their_limits() {
        byte[] wide = NodeWriter.write(Node.build("a")
                .content(Collections.nCopies(300, Node.of("item")))
                .done());
        NodeLimits items = new NodeLimits(128, 1 << 20, 299, 1 << 20);
        NodeLimits nodes = new NodeLimits(128, 1 << 20, 65_535, 300);
        assertThatThrownBy(() -> NodeReader.read(wide, items))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("list size: 300");
        assertThatThrownBy(() -> NodeReader.read(wide, nodes))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("nodes");
        assertThatThrownBy(() -> NodeWriter.write(Node.build("a")
                        .content(Collections.nCopies(65_536, Node.of("b")))
                        .done()))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("list size: 65536");
    }

    @Test
    void a_jid_that_the_wire_cannot_say_is_not_written() {
        for (Jid jid : new Jid[] {
            new Jid("1", JidServer.PN, 3, 0),
            Jid.pn("1").withDevice(256),
            Jid.group("1").withDevice(2)
        }) {
            assertThatThrownBy(() ->
                            NodeWriter.write(Node.build("a").attr("b", jid).done()))
                    .isInstanceOf(NodeException.class)
                    .hasMessageContaining("(expected: ");
        }
        assertThat(reads(NodeWriter.write(NodeSamples.receipt())))
                .as("the buffer after a failure")
                .isTrue();
    }

    @Test
    void a_compressed_payload_reads_as_the_plain_one() {
        for (Node node : new Node[] {NodeSamples.receipt(), NodeSamples.group()}) {
            byte[] plain = NodeWriter.write(node);
            assertThat(NodeReader.read(compressed(plain))).isEqualTo(node);
        }
    }

    @Test
    void a_compressed_payload_that_is_cut_or_damaged_is_refused() {
        byte[] compressed = compressed(NodeWriter.write(NodeSamples.group()));
        for (int size = 1; size < compressed.length; size++) {
            assertThat(reads(Arrays.copyOf(compressed, size))).isFalse();
        }
    }

    @Test
    void inflating_stops_at_the_limit() {
        byte[] plain = NodeWriter.write(Node.of("a", Bytes.wrap(new byte[1 << 20])));
        byte[] compressed = compressed(plain);
        NodeLimits exact = new NodeLimits(128, plain.length - 1, 65_535, 100);
        NodeLimits tight = new NodeLimits(128, plain.length - 2, 65_535, 100);
        assertThat(NodeReader.read(compressed, exact).requireBytes().size()).isEqualTo(1 << 20);
        assertThatThrownBy(() -> NodeReader.read(compressed, tight))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("inflated");

        byte[] bomb = compressed(new byte[64 << 20]);
        assertThatThrownBy(() -> NodeReader.read(bomb))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("inflated");
    }

    /// The flag byte 2, then the rest of the plain payload as a zlib stream.
    private static byte[] compressed(byte[] plain) {
        byte[] out = new byte[plain.length + 100];
        out[0] = Wap.COMPRESSED;
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(plain, 1, plain.length - 1);
            deflater.finish();
            return Arrays.copyOf(out, 1 + deflater.deflate(out, 1, out.length - 1));
        }
    }
}
