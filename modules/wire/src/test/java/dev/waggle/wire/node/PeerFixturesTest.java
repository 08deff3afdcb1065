package dev.waggle.wire.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `peers.jsonl`: nodes of ours and the bytes that two independent encoders made of them: `encodeBinaryNode` of the
/// npm package baileys 7.0.0-rc14 and `encodeNode` of whatsapp-rust-bridge 0.5.4. Both agree on every line, except
/// that the latter leaves out attributes with an empty value.
class PeerFixturesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> every_node_has_the_bytes_that_peers_give_it() throws IOException {
        return fixtures().stream()
                .map(fixture -> DynamicTest.dynamicTest(name(fixture), () -> {
                    byte[] written = NodeWriter.write(node(fixture.get("node"), false));
                    assertThat(Bytes.wrap(written).toHex())
                            .isEqualTo(hex(fixture).toHex());
                }));
    }

    @TestFactory
    Stream<DynamicTest> the_bytes_of_peers_read_as_the_node() throws IOException {
        return fixtures().stream()
                .map(fixture -> DynamicTest.dynamicTest(name(fixture), () -> {
                    Node read = NodeReader.read(hex(fixture).toArray());
                    assertThat(read).isEqualTo(node(fixture.get("node"), true));
                }));
    }

    @Test
    void there_are_fixtures() throws IOException {
        assertThat(fixtures()).hasSizeGreaterThan(40);
    }

    private static String name(JsonNode fixture) {
        return fixture.get("name").asText();
    }

    private static Bytes hex(JsonNode fixture) {
        return Bytes.hex(fixture.get("hex").asText());
    }

    private static List<JsonNode> fixtures() throws IOException {
        InputStream in = Objects.requireNonNull(PeerFixturesTest.class.getResourceAsStream("peers.jsonl"));
        List<JsonNode> fixtures = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                fixtures.add(JSON.readTree(line));
            }
        }
        return fixtures;
    }

    private static Node node(JsonNode json, boolean asRead) {
        Node.Builder node = Node.build(json.get("tag").asText());
        for (JsonNode attribute : json.get("attrs")) {
            String name = attribute.get(0).asText();
            JsonNode value = attribute.get(1);
            if (value.isTextual()) {
                node.attr(name, value.asText());
            } else {
                node.attr(name, jid(value.get("jid").asText()));
            }
        }
        JsonNode content = json.get("content");
        return content == null ? node.done() : content(node, content, asRead);
    }

    /// Text that is neither a token nor packed cannot be told from bytes once it is on the wire.
    private static Node content(Node.Builder node, JsonNode content, boolean asRead) {
        if (content.isArray()) {
            List<Node> children = new ArrayList<>();
            content.forEach(child -> children.add(node(child, asRead)));
            return node.content(children).done();
        }
        if (content.has("hex")) {
            return node.content(Bytes.hex(content.get("hex").asText())).done();
        }
        String text = content.get("text").asText();
        return asRead && content.has("raw")
                ? node.content(Bytes.utf8(text)).done()
                : node.content(text).done();
    }

    private static Jid jid(String text) {
        return Jid.parse(text.startsWith("@") ? text.substring(1) : text);
    }
}
