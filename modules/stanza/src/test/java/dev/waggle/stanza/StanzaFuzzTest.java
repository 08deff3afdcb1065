package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.message.Origin;
import dev.waggle.stanza.receipt.Retry;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import dev.waggle.wire.node.NodeLimits;
import dev.waggle.wire.node.NodeReader;
import dev.waggle.wire.node.NodeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever a server sends is a stanza or the one exception, and nothing else.
class StanzaFuzzTest {
    private static final Origin.Self SELF = new Origin.Self(Samples.ALICE, Samples.ALICE_LID);
    private static final List<Node> SAMPLES = Samples.all();
    private static final List<Node> REPLIES = Replies.all();
    private static final List<Iq<?>> QUESTIONS = Questions.all();

    /// True when it could be read.
    private static boolean read(Node node) {
        try {
            Stanza stanza = Stanza.read(node);
            if (stanza instanceof Message message) {
                message.origin(SELF);
            }
            if (node.is("receipt") && node.child("retry") != null) {
                Retry.read(node);
            }
            return true;
        } catch (NodeException e) {
            return false;
        }
    }

    private static void ask(Node node) {
        for (Iq<?> question : QUESTIONS) {
            try {
                question.read(node);
            } catch (NodeException | IqException e) {
                assertThat(e.getMessage()).contains("expected");
            }
        }
    }

    @FuzzTest
    void bytes_off_the_wire_are_a_stanza_or_refused(byte[] bytes) {
        wire(bytes);
    }

    private static void wire(byte[] bytes) {
        Node node;
        try {
            node = NodeReader.read(bytes, new NodeLimits(32, 1 << 16, 4096, 1 << 14));
        } catch (NodeException e) {
            return;
        }
        read(node);
        ask(node);
    }

    @FuzzTest
    void a_seed_breaks_known_stanzas(long seed) {
        Mutations mutations = new Mutations(new Random(seed));
        for (Node sample : SAMPLES) {
            read(mutations.of(sample));
        }
    }

    /// Whoever adds a question adds it to [Questions].
    @Test
    void every_question_is_tried() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/waggle/stanza/iq"))) {
            List<String> written = files.filter(StanzaFuzzTest::isQuestion)
                    .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
                    .toList();
            assertThat(QUESTIONS)
                    .extracting(question -> question.getClass().getSimpleName())
                    .containsAll(written);
        }
    }

    private static boolean isQuestion(Path file) {
        try {
            return file.toString().endsWith(".java") && Files.readString(file).contains("implements Iq<");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void well_formed_samples_are_all_read() {
        assertThat(SAMPLES).allMatch(StanzaFuzzTest::read);
    }

    @Test
    void broken_stanzas_are_read_or_refused() {
        Mutations mutations = new Mutations(new Random(20_261_124));
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            for (Node sample : SAMPLES) {
                if (read(mutations.of(sample))) {
                    read++;
                } else {
                    refused++;
                }
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void broken_replies_are_answers_or_refused() {
        Mutations mutations = new Mutations(new Random(20_261_125));
        for (int i = 0; i < 300; i++) {
            for (Node reply : REPLIES) {
                ask(mutations.of(reply));
            }
        }
        assertThat(REPLIES).isNotEmpty();
    }

    @Test
    void broken_bytes_off_the_wire_are_read_or_refused() {
        Random random = new Random(20_261_126);
        for (Node sample : SAMPLES) {
            byte[] written = NodeWriter.write(sample);
            for (int i = 0; i < 300; i++) {
                byte[] broken = Arrays.copyOf(written, written.length - random.nextInt(3));
                broken[1 + random.nextInt(broken.length - 1)] = (byte) random.nextInt(256);
                wire(broken);
            }
            assertThat(NodeReader.read(written)).hasToString(sample.toString());
        }
    }
}
