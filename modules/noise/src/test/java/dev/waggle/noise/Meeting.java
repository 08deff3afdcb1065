package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.CertificateChain.Term;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;

/// A client and a server that could meet: their keys and the certificates, all fresh.
final class Meeting {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final byte[] LOGIN = "login".getBytes(StandardCharsets.UTF_8);

    final SecureRandom random = new SecureRandom();
    final KeyPair root = KeyPair.generate(random);
    final KeyPair issuer = KeyPair.generate(random);
    final KeyPair server = KeyPair.generate(random);
    final KeyPair client = KeyPair.generate(random);
    final KeyPair clientEphemeral = KeyPair.generate(random);
    final KeyPair serverEphemeral = KeyPair.generate(random);
    final RootKey rootKey = new RootKey(root.publicKey());

    private final Responder responder = new Responder(server, chain(server));

    CertificateChain chain(KeyPair of) {
        return CertificateChain.issue(root, issuer, term(7), of.publicKey(), term(8), random);
    }

    static Term term(int serial) {
        return new Term(serial, NOW.minusSeconds(60), NOW.plusSeconds(60));
    }

    Responder.Answer answer(byte[] clientHello) {
        return responder.accept(clientHello, serverEphemeral);
    }

    Handshake.XxStarted xx() {
        return Handshake.xx(clientEphemeral);
    }

    Handshake.IkStarted ik() {
        return Handshake.ik(clientEphemeral, client, chain(server), LOGIN);
    }

    /// An IK hello for a key that the server does not have.
    Handshake.IkStarted staleIk() {
        return Handshake.ik(clientEphemeral, client, chain(KeyPair.generate(random)), LOGIN);
    }

    void checkLogin(Responder.Login login) {
        assertThat(login.clientStatic()).isEqualTo(client.publicKey());
        assertThat(login.payload()).isEqualTo(Bytes.of(LOGIN));
    }

    static void talk(FrameCipher one, FrameCipher other) {
        for (int i = 0; i < 3; i++) {
            byte[] text = ("frame " + i).getBytes(StandardCharsets.UTF_8);
            assertThat(other.open(one.seal(text))).isEqualTo(text);
            assertThat(one.open(other.seal(text))).isEqualTo(text);
        }
    }

    static byte[] flip(byte[] bytes, int bit) {
        byte[] out = bytes.clone();
        out[bit >> 3] ^= (byte) (1 << (bit & 7));
        return out;
    }
}
