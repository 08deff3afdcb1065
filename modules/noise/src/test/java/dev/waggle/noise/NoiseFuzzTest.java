package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.crypto.KeyPair;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever arrives as a message of the handshake, a chain or a frame: a [HandshakeException] and nothing else.
class NoiseFuzzTest {
    private static final Meeting MEETING = new Meeting();
    private static final byte[] XX_HELLO = MEETING.xx().hello();
    private static final byte[] SERVER_HELLO = MEETING.answer(XX_HELLO).serverHello();
    private static final byte[] CHAIN = MEETING.chain(MEETING.server).encode();

    @FuzzTest
    void any_bytes_are_refused_by_every_parser(FuzzedDataProvider data) {
        everyParser(data.consumeRemainingAsBytes());
    }

    @Test
    void a_few_thousand_spoilt_messages_are_refused_by_every_parser() {
        Random random = new Random(3);
        byte[][] seeds = {XX_HELLO, SERVER_HELLO, CHAIN, MEETING.ik().hello(), new byte[80]};
        for (int i = 0; i < 2_000; i++) {
            everyParser(spoil(seeds[i % seeds.length], random));
        }
    }

    private static byte[] spoil(byte[] seed, Random random) {
        byte[] out = Arrays.copyOf(seed, random.nextInt(seed.length + 8));
        for (int i = random.nextInt(1, 6); i > 0 && out.length > 0; i--) {
            out[random.nextInt(out.length)] = (byte) random.nextInt();
        }
        return out;
    }

    private static void everyParser(byte[] bytes) {
        tolerant(() -> MEETING.answer(bytes));
        refused(() -> MEETING.xx().accept(bytes, MEETING.rootKey, Meeting.NOW));
        refused(() -> STARTED_IK.accept(bytes, MEETING.rootKey, Meeting.NOW));
        refused(() -> ((Responder.Answer.Waiting) MEETING.answer(XX_HELLO)).finish(bytes));
        tolerant(() -> CertificateChain.parse(bytes));
        refused(() -> new FrameCipher(new byte[32], new byte[32]).open(bytes));
    }

    /// Its state is spoilt by the first answer that gets as far as a key; the others then fail at least as surely.
    private static final Handshake.IkStarted STARTED_IK =
            Handshake.ik(KeyPair.generate(MEETING.random), MEETING.client, MEETING.chain(MEETING.server), new byte[4]);

    /// A hello needs no more than a key to be answered, and a chain no more than its form to be read.
    private static void tolerant(Runnable parser) {
        try {
            parser.run();
        } catch (HandshakeException refusal) {
            assertThat(refusal.getMessage()).contains("(expected: ");
        }
    }

    private static void refused(Runnable parser) {
        boolean accepted = true;
        try {
            parser.run();
        } catch (HandshakeException refusal) {
            accepted = false;
            assertThat(refusal.getMessage()).contains("(expected: ");
        }
        assertThat(accepted).isFalse();
    }
}
