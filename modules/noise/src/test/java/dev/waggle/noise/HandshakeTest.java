package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.Handshake.IkOutcome;
import dev.waggle.noise.Responder.Answer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final byte[] LOGIN = "login".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final KeyPair root = KeyPair.generate(random);
    private final KeyPair issuer = KeyPair.generate(random);
    private final KeyPair server = KeyPair.generate(random);
    private final KeyPair client = KeyPair.generate(random);
    private final RootKey rootKey = new RootKey(root.publicKey());

    private static CertificateChain.Term term(int serial) {
        return new CertificateChain.Term(serial, NOW.minusSeconds(60), NOW.plusSeconds(60));
    }

    private CertificateChain chain(KeyPair of) {
        return CertificateChain.issue(root, issuer, term(7), of.publicKey(), term(8), random);
    }

    private Responder responder(KeyPair of) {
        return new Responder(of, chain(of));
    }

    private static void talk(FrameCipher one, FrameCipher other) {
        for (int i = 0; i < 3; i++) {
            byte[] text = ("frame " + i).getBytes(StandardCharsets.UTF_8);
            assertThat(other.open(one.seal(text))).isEqualTo(text);
            assertThat(one.open(other.seal(text))).isEqualTo(text);
        }
    }

    @Test
    void xx_ends_with_the_login_at_the_server_and_ciphers_that_fit() {
        var started = Handshake.xx(KeyPair.generate(random));
        var answer = (Answer.Waiting) responder(server).accept(started.hello(), KeyPair.generate(random));
        var secured = started.accept(answer.serverHello(), rootKey, NOW).finish(client, LOGIN);
        var login = answer.finish(secured.message());
        assertThat(login.clientStatic()).isEqualTo(client.publicKey());
        assertThat(login.payload()).isEqualTo(Bytes.of(LOGIN));
        talk(secured.cipher(), login.cipher());
    }

    @Test
    void ik_logs_in_with_the_hello() {
        var started = Handshake.ik(KeyPair.generate(random), client, chain(server), LOGIN);
        var done = (Answer.Done) responder(server).accept(started.hello(), KeyPair.generate(random));
        var resumed = (IkOutcome.Resumed) started.accept(done.serverHello(), rootKey, NOW);
        assertThat(done.login().payload()).isEqualTo(Bytes.of(LOGIN));
        talk(resumed.cipher(), done.login().cipher());
    }

    @Test
    void an_ik_hello_for_another_key_falls_back() {
        var started = Handshake.ik(KeyPair.generate(random), client, chain(KeyPair.generate(random)), LOGIN);
        var answer = (Answer.Waiting) responder(server).accept(started.hello(), KeyPair.generate(random));
        var fallback = (IkOutcome.Fallback) started.accept(answer.serverHello(), rootKey, NOW);
        var secured = fallback.greeted().finish(client, LOGIN);
        talk(secured.cipher(), answer.finish(secured.message()).cipher());
    }

    @Test
    void a_changed_byte_anywhere_in_the_server_hello_is_refused() {
        var started = Handshake.xx(KeyPair.generate(random));
        byte[] hello = responder(server)
                .accept(started.hello(), KeyPair.generate(random))
                .serverHello();
        for (int i = 4; i < hello.length; i += 3) {
            byte[] changed = hello.clone();
            changed[i] ^= 1;
            var again = Handshake.xx(KeyPair.generate(random));
            assertThatThrownBy(() -> again.accept(changed, rootKey, NOW)).isInstanceOf(HandshakeException.class);
        }
    }

    @Test
    void a_frame_out_of_order_is_refused() {
        var started = Handshake.xx(KeyPair.generate(random));
        var answer = (Answer.Waiting) responder(server).accept(started.hello(), KeyPair.generate(random));
        var secured = started.accept(answer.serverHello(), rootKey, NOW).finish(client, LOGIN);
        var login = answer.finish(secured.message());
        byte[] first = secured.cipher().seal(LOGIN);
        byte[] second = secured.cipher().seal(LOGIN);
        assertThatThrownBy(() -> login.cipher().open(second)).isInstanceOf(HandshakeException.class);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void a_chain_is_verified_whole() {
        byte[] key = server.publicKey().toArray();
        chain(server).verify(rootKey, key, NOW);
        RootKey stranger = new RootKey(KeyPair.generate(random).publicKey());
        assertThatThrownBy(() -> chain(server).verify(stranger, key, NOW))
                .hasMessageContaining("intermediate signature");
        assertThatThrownBy(() -> chain(client).verify(rootKey, key, NOW)).hasMessageContaining("leaf key");
        assertThatThrownBy(() -> chain(server).verify(rootKey, key, NOW.plusSeconds(61)))
                .hasMessageContaining("term");
        assertThatThrownBy(() -> chain(server).verify(rootKey, key, NOW.minusSeconds(61)))
                .hasMessageContaining("term");
    }

    @Test
    void a_chain_survives_its_encoding() {
        CertificateChain chain = CertificateChain.parse(chain(server).encode());
        chain.verify(rootKey, server.publicKey().toArray(), NOW);
        assertThat(chain.validAt(NOW)).isTrue();
    }
}
