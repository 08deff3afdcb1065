package dev.waggle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Files of every type between one Baileys client and an account on a node whose heap is smaller than two of the
/// largest.
@Timeout(120)
@ExtendWith(NodeJsCondition.class)
class MediaTest {
    private static final int HEAP_MIB = 128;
    private static final int LARGE = 64 << 20;
    private static final Map<String, String> TYPES = new TreeMap<>(Map.of(
            "image", "image/jpeg",
            "video", "video/mp4",
            "audio", "audio/mpeg",
            "voice", "audio/ogg; codecs=opus",
            "document", "application/pdf",
            "sticker", "image/webp"));

    @TempDir
    Path folder;

    @Test
    void files_of_every_type_pass_both_ways_and_a_large_one_through_a_small_heap() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleNode node = desk.process(HEAP_MIB);
            String account = node.paired(desk.simulator(), "porter");
            Baileys bea = desk.baileys("Bea");
            String pn = bea.names().path("pn").asText();
            int size = 100_001;
            for (Map.Entry<String, String> type : TYPES.entrySet()) {
                toBaileys(node, bea, pn, type.getKey(), type.getValue(), size);
                toWaggle(node, bea, account, type.getKey(), type.getValue(), size);
                size += 4_093;
            }
            toBaileys(node, bea, pn, "document", "application/zip", LARGE);
            toWaggle(node, bea, account, "document", "application/zip", LARGE);

            assertThat(node.alive()).isTrue();
            desk.simulator().assertClean();
        }
    }

    @Test
    void an_accepted_file_is_sent_after_the_node_was_killed_before_it_could_be_uploaded() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleNode node = desk.process(HEAP_MIB);
            node.paired(desk.simulator(), "porter");
            Baileys bea = desk.baileys("Bea");
            desk.simulator().arm("media-down");
            Path file = file("document", 300_000);
            JsonNode message = node.accepted(
                    "porter",
                    bea.names().path("pn").asText(),
                    "document",
                    file,
                    Map.of("mimetype", "application/pdf", "fileName", "list.pdf"),
                    1);
            assertThat(message.path("state").asText()).isEqualTo("ACCEPTED");
            node.kill();
            desk.simulator().disarm();

            desk.process(HEAP_MIB);

            assertThat(bea.file("document").path("id").asText())
                    .isEqualTo(message.path("id").asText());
            JsonNode fetched =
                    bea.tell("fetch-file", Map.of("message", message.path("id").asText()));
            assertThat(fetched.path("sha256").asText()).isEqualTo(sha256(file));
            assertThat(fetched.path("mac").asBoolean()).isTrue();
            desk.simulator().assertClean();
        }
    }

    @Test
    void thumbnails_of_files_and_links_pass_both_ways() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            WaggleNode node = desk.process(HEAP_MIB);
            String account = node.paired(desk.simulator(), "porter");
            Baileys bea = desk.baileys("Bea");
            String pn = bea.names().path("pn").asText();
            String text = "see https://example.org/a there";
            Path small = file("thumbnail", 9_001);
            String thumbnail = node.store("porter", "image", "image/jpeg", small);

            for (String type : List.of("image", "video", "document")) {
                Path file = file(type, 50_000);
                String message = node.send(
                        "porter", pn, type, file, Map.of("mimetype", TYPES.get(type), "thumbnailMedia", thumbnail));
                bea.file(type);
                assertFetched(bea, message, small);
            }
            String link = node.accepted(
                            "porter",
                            Map.of(
                                    "chat",
                                    pn,
                                    "type",
                                    "text",
                                    "text",
                                    text,
                                    "link",
                                    Map.of("url", "https://example.org/a", "title", "A page"),
                                    "thumbnailMedia",
                                    thumbnail),
                            30)
                    .path("id")
                    .asText();
            assertThat(bea.message(text).path("id").asText()).isEqualTo(link);
            assertFetched(bea, link, small);

            toWaggle(node, bea, account, text, small);
            desk.simulator().assertClean();
        }
    }

    private static void assertFetched(Baileys bea, String message, Path thumbnail) throws Exception {
        JsonNode fetched = bea.tell("fetch-thumbnail", Map.of("message", message));
        assertThat(fetched.path("sha256").asText()).isEqualTo(sha256(thumbnail));
        assertThat(fetched.path("mac").asBoolean()).isTrue();
        assertThat(fetched.path("encryptedHash").asBoolean()).isTrue();
        assertThat(fetched.path("hash").asBoolean()).isTrue();
    }

    private void toWaggle(WaggleNode node, Baileys bea, String account, String text, Path thumbnail) throws Exception {
        String message = bea.tell(
                        "send-link",
                        Map.of(
                                "to",
                                account,
                                "text",
                                text,
                                "url",
                                "https://example.org/a",
                                "title",
                                "Their page",
                                "file",
                                thumbnail.toString()))
                .path("id")
                .asText();
        JsonNode event = node.event(
                "porter", "message.received", one -> one.at("/data/id").asText().equals(message));
        assertThat(event.at("/data/link/url").asText()).isEqualTo("https://example.org/a");
        assertThat(event.at("/data/link/title").asText()).isEqualTo("Their page");
        assertThat(event.at("/data/thumbnail/sha256").asText()).isEqualTo(sha256(thumbnail));
        Path target = folder.resolve("fetched");
        node.fetch("porter", message, "thumbnail", target);
        assertThat(sha256(target)).isEqualTo(sha256(thumbnail));
    }

    private void toBaileys(WaggleNode node, Baileys bea, String pn, String type, String mimetype, int size)
            throws Exception {
        Path file = file(type, size);
        Map<String, String> more = new TreeMap<>(Map.of("mimetype", mimetype));
        if (type.equals("document")) {
            more.put("fileName", "list.pdf");
        }
        String message = node.send("porter", pn, type, file, more);

        JsonNode told = bea.file(type);
        assertThat(told.path("id").asText()).isEqualTo(message);
        assertThat(told.path("mimetype").asText()).isEqualTo(mimetype);
        JsonNode fetched = bea.tell("fetch-file", Map.of("message", message));
        assertThat(fetched.path("length").asInt()).isEqualTo(size);
        assertThat(fetched.path("sha256").asText()).isEqualTo(sha256(file));
        assertThat(fetched.path("mac").asBoolean()).as("MAC of a %s", type).isTrue();
        assertThat(fetched.path("encryptedHash").asBoolean()).isTrue();
        assertThat(fetched.path("hash").asBoolean()).isTrue();
        Files.delete(file);
    }

    private void toWaggle(WaggleNode node, Baileys bea, String account, String type, String mimetype, int size)
            throws Exception {
        Path file = file(type, size + 1);
        String message = bea.tell(
                        "send-file",
                        Map.of(
                                "to", account,
                                "type", type,
                                "file", file.toString(),
                                "mimetype", mimetype,
                                "fileName", "from-bea"))
                .path("id")
                .asText();

        JsonNode event = node.event(
                "porter", "message.received", one -> one.at("/data/id").asText().equals(message));
        assertThat(event.at("/data/type").asText()).isEqualTo(type);
        assertThat(event.at("/data/media/length").asInt()).isEqualTo(size + 1);
        assertThat(event.at("/data/media/sha256").asText()).isEqualTo(sha256(file));
        Path target = folder.resolve("fetched");
        node.fetch("porter", message, target);
        assertThat(sha256(target)).isEqualTo(sha256(file));
        Files.delete(file);
    }

    private Path file(String type, int size) throws IOException {
        Path file = folder.resolve(type + "-" + size);
        Random random = new Random(size);
        byte[] piece = new byte[64 * 1024];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int left = size; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                out.write(piece, 0, Math.min(left, piece.length));
            }
        }
        return file;
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
