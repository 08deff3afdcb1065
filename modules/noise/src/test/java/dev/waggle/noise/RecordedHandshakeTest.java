package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.Curve25519;
import dev.waggle.crypto.Hkdf;
import dev.waggle.crypto.KeyPair;
import dev.waggle.proto.handshake.HandshakeMessage;
import dev.waggle.proto.handshake.ServerHello;
import dev.waggle.wire.frame.Frames;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What WhatsApp's real server said to another client, said to ours.
class RecordedHandshakeTest {
    private static final byte[] NONE = {};
    /// Within the recorded leaf's term.
    private static final Instant THEN = Instant.parse("2025-05-01T00:00:00Z");

    private final Properties recorded = new Properties();

    @BeforeEach
    void read() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("recorded.txt"))) {
            recorded.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }

    @Test
    void every_intermediate_value_is_the_recorded_one() {
        SymmetricState state = new SymmetricState(SymmetricState.XX, Frames.INTRO.unsafeArray());
        assertThat(state.hash()).isEqualTo(bytes("hash_after_prologue"));
        assertThat(state.chainingKey()).isEqualTo(bytes("second_chaining_key_0"));
        state.mixHash(bytes("client_ephemeral"));
        assertThat(state.hash()).isEqualTo(bytes("hash_after_client_ephemeral"));
        state.mixHash(bytes("server_ephemeral"));
        assertThat(state.hash()).isEqualTo(bytes("hash_after_server_ephemeral"));
        state.mixKey(bytes("client_ephemeral_private"), bytes("server_ephemeral"));
        assertThat(state.chainingKey()).isEqualTo(bytes("chaining_key_1"));
        assertThat(state.open("static", bytes("sealed_static"))).isEqualTo(bytes("server_static"));
        assertThat(state.hash()).isEqualTo(bytes("hash_after_static"));
        state.mixKey(bytes("client_ephemeral_private"), bytes("server_static"));
        assertThat(state.chainingKey()).isEqualTo(bytes("chaining_key_2"));
        assertThat(state.open("chain", bytes("sealed_chain"))).isEqualTo(bytes("chain"));
        assertThat(state.hash()).isEqualTo(bytes("hash_after_chain"));
    }

    @Test
    void the_real_server_is_accepted_under_the_real_root() {
        KeyPair ephemeral = KeyPair.of(Bytes.wrap(bytes("client_ephemeral_private")));
        assertThat(ephemeral.publicKey().toArray()).isEqualTo(bytes("client_ephemeral"));
        var greeted = Handshake.xx(ephemeral).accept(serverHello(), RootKey.WHATSAPP, THEN);
        assertThat(greeted.chain().leafKey().toArray()).isEqualTo(bytes("server_static"));
        assertThat(greeted.chain().encode()).isEqualTo(bytes("chain"));
    }

    @Test
    void the_real_server_is_refused_under_another_root_and_out_of_its_term() {
        KeyPair ephemeral = KeyPair.of(Bytes.wrap(bytes("client_ephemeral_private")));
        RootKey other = new RootKey(ephemeral.publicKey());
        assertThatThrownBy(() -> Handshake.xx(ephemeral).accept(serverHello(), other, THEN))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("intermediate signature");
        assertThatThrownBy(() -> Handshake.xx(ephemeral)
                        .accept(serverHello(), RootKey.WHATSAPP, Instant.parse("2035-01-01T00:00:00Z")))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("term");
    }

    @Test
    void the_second_recording_mixes_and_opens_as_recorded() {
        byte[] shared = Curve25519.agree(bytes("second_client_ephemeral_private"), bytes("second_server_ephemeral"));
        byte[] mixed = Hkdf.derive(shared, bytes("second_chaining_key_0"), NONE, 64);
        assertThat(Arrays.copyOf(mixed, 32)).isEqualTo(bytes("second_chaining_key_1"));
        byte[] key = Arrays.copyOfRange(mixed, 32, 64);
        assertThat(AesGcm.open(key, FrameCipher.nonce(0), bytes("second_hash"), bytes("second_sealed_static")))
                .isEqualTo(bytes("second_server_static"));
    }

    @Test
    void the_third_recording_opens_as_recorded() {
        assertThat(AesGcm.open(
                        bytes("third_key"), FrameCipher.nonce(0), bytes("third_hash"), bytes("third_sealed_static")))
                .isEqualTo(bytes("third_server_static"));
    }

    private byte[] serverHello() {
        return HandshakeMessage.newBuilder()
                .setServerHello(ServerHello.newBuilder()
                        .setEphemeral(Messages.bytes(bytes("server_ephemeral")))
                        .setStatic(Messages.bytes(bytes("sealed_static")))
                        .setPayload(Messages.bytes(bytes("sealed_chain"))))
                .build()
                .toByteArray();
    }

    private byte[] bytes(String name) {
        return Bytes.hex(Objects.requireNonNull(recorded.getProperty(name), name))
                .toArray();
    }
}
