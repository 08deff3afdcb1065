package dev.waggle.benchmarks.noise;

import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.CertificateChain;
import dev.waggle.noise.FrameCipher;
import dev.waggle.noise.Handshake;
import dev.waggle.noise.Responder;
import dev.waggle.noise.RootKey;
import java.security.SecureRandom;
import java.time.Instant;

/// Both ends of a connection that is up.
record Line(FrameCipher client, FrameCipher server) {
    private static final Instant NOW = Instant.EPOCH;
    private static final CertificateChain.Term TERM = new CertificateChain.Term(1, NOW, NOW.plusSeconds(1));

    static Line open(SecureRandom random) {
        KeyPair root = KeyPair.generate(random);
        KeyPair fixed = KeyPair.generate(random);
        CertificateChain chain =
                CertificateChain.issue(root, KeyPair.generate(random), TERM, fixed.publicKey(), TERM, random);
        Handshake.XxStarted started = Handshake.xx(KeyPair.generate(random));
        Responder.Answer answer = new Responder(fixed, chain).accept(started.hello(), KeyPair.generate(random));
        if (!(answer instanceof Responder.Answer.Waiting waiting)) {
            throw new IllegalStateException("an XX hello waits for its finish");
        }
        Handshake.Secured secured = started.accept(waiting.serverHello(), new RootKey(root.publicKey()), NOW)
                .finish(KeyPair.generate(random), new byte[1]);
        return new Line(secured.cipher(), waiting.finish(secured.message()).cipher());
    }
}
