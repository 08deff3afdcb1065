package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The running state of a handshake by the published vectors of Noise. These send a payload with every message,
/// which WhatsApp does not; so the steps are walked here token by token.
class PatternVectorsTest {
    static List<PatternVector> vectors() {
        return PatternVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void both_sides_write_the_published_bytes(PatternVector vector) {
        Side client = new Side(vector, "init");
        Side server = new Side(vector, "resp");
        switch (vector.protocol()) {
            case SymmetricState.XX -> {
                client.exchange(server, 0, "e");
                server.exchange(client, 1, "e", "ee", "s", "es");
                client.exchange(server, 2, "s", "se");
            }
            case SymmetricState.IK -> {
                client.mixKnown(server.fixed.publicKey().toArray());
                server.mixKnown(server.fixed.publicKey().toArray());
                client.exchange(server, 0, "e", "es", "s", "ss");
                server.exchange(client, 1, "e", "ee", "se");
            }
            default -> {
                client.mixKnown(client.ephemeral.publicKey().toArray());
                server.mixKnown(client.ephemeral.publicKey().toArray());
                server.exchange(client, 1, "e", "ee", "s", "es");
                client.exchange(server, 2, "s", "se");
            }
        }
        assertThat(client.state.hash()).isEqualTo(vector.bytes("handshake_hash"));
        assertThat(server.state.hash()).isEqualTo(vector.bytes("handshake_hash"));
        frames(vector, client, server);
    }

    /// In XXfallback the server counts as the one who began, so the published keys are the other way round.
    private static void frames(PatternVector vector, Side client, Side server) {
        boolean clientFirst = !vector.protocol().equals(SymmetricState.XX_FALLBACK);
        FrameCipher ofClient = client.state.split(clientFirst);
        FrameCipher ofServer = server.state.split(!clientFirst);
        int first = vector.protocol().equals(SymmetricState.IK) ? 2 : 3;
        for (int i = first; i < vector.messages().size(); i++) {
            PatternVector.Message message = vector.messages().get(i);
            FrameCipher from = i % 2 == 0 ? ofClient : ofServer;
            FrameCipher to = i % 2 == 0 ? ofServer : ofClient;
            assertThat(from.seal(message.payload().toArray()))
                    .isEqualTo(message.ciphertext().toArray());
            assertThat(to.open(message.ciphertext().toArray()))
                    .isEqualTo(message.payload().toArray());
        }
    }

    private static final class Side {
        private final PatternVector vector;
        private final boolean client;
        private final KeyPair fixed;
        private final KeyPair ephemeral;
        private final SymmetricState state;
        private boolean keyed;

        Side(PatternVector vector, String role) {
            this.vector = vector;
            client = role.equals("init");
            fixed = vector.pair(role + "_static");
            ephemeral = vector.pair(role + "_ephemeral");
            state = new SymmetricState(vector.protocol(), vector.bytes("prologue"));
        }

        void mixKnown(byte[] key) {
            state.mixHash(key);
        }

        void exchange(Side other, int number, String... tokens) {
            PatternVector.Message message = vector.messages().get(number);
            byte[] rest = message.ciphertext().toArray();
            for (String token : tokens) {
                rest = token(other, token, rest);
            }
            if (keyed) {
                assertThat(state.seal(message.payload().toArray())).isEqualTo(rest);
                assertThat(other.state.open("payload", rest))
                        .isEqualTo(message.payload().toArray());
            } else {
                assertThat(rest).isEqualTo(message.payload().toArray());
                state.mixHash(rest);
                other.state.mixHash(rest);
            }
        }

        private byte[] token(Side other, String token, byte[] rest) {
            if (token.equals("e")) {
                byte[] key = ephemeral.publicKey().toArray();
                assertThat(Arrays.copyOf(rest, 32)).isEqualTo(key);
                state.mixHash(key);
                other.state.mixHash(key);
                return Arrays.copyOfRange(rest, 32, rest.length);
            }
            if (token.equals("s")) {
                byte[] sealed = Arrays.copyOf(rest, 48);
                assertThat(state.seal(fixed.publicKey().toArray())).isEqualTo(sealed);
                assertThat(other.state.open("static", sealed))
                        .isEqualTo(fixed.publicKey().toArray());
                return Arrays.copyOfRange(rest, 48, rest.length);
            }
            mix(other, token);
            other.mix(this, token);
            return rest;
        }

        /// The first letter names the client's key, the second the server's.
        private void mix(Side other, String token) {
            boolean mineFixed = token.charAt(client ? 0 : 1) == 's';
            boolean theirsFixed = token.charAt(client ? 1 : 0) == 's';
            state.mixKey(
                    (mineFixed ? fixed : ephemeral).privateKey().toArray(),
                    (theirsFixed ? other.fixed : other.ephemeral).publicKey().toArray());
            keyed = true;
        }
    }
}
