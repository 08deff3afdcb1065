package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.stanza.iq.CountPreKeys;
import dev.waggle.stanza.iq.DigestPreKeys;
import dev.waggle.stanza.iq.FetchPreKeyBundles;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.iq.QueryBlocklist;
import dev.waggle.stanza.iq.QueryContacts;
import dev.waggle.stanza.iq.QueryDevices;
import dev.waggle.stanza.iq.QueryPrivacy;
import dev.waggle.stanza.iq.QueryProps;
import dev.waggle.stanza.iq.group.ParticipatingGroups;
import dev.waggle.stanza.iq.group.QueryGroup;
import dev.waggle.stanza.message.Origin;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import dev.waggle.wire.node.NodeLimits;
import dev.waggle.wire.node.NodeReader;
import dev.waggle.wire.node.NodeWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a server sends is a stanza or the one exception, and nothing else.
class StanzaFuzzTest {
    private static final Origin.Self SELF = new Origin.Self(Samples.ALICE, Samples.ALICE_LID);
    private static final List<Node> SAMPLES = Samples.all();
    private static final List<Node> REPLIES = Replies.all();
    private static final List<Iq<?>> QUESTIONS = List.of(
            new CountPreKeys(),
            new DigestPreKeys(),
            new FetchPreKeyBundles(List.of(Samples.BOB), false),
            new QueryDevices(List.of(Samples.BOB)),
            new QueryContacts(List.of("+4915100000002")),
            new QueryProps(null),
            new QueryBlocklist(),
            new QueryPrivacy(),
            new QueryGroup(Samples.GROUP),
            new ParticipatingGroups());

    /// True when it could be read.
    private static boolean read(Node node) {
        try {
            Stanza stanza = Stanza.read(node);
            if (stanza instanceof Message message) {
                message.origin(SELF);
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
