package dev.waggle.simulator.server;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.CertificateChain;
import dev.waggle.noise.CertificateChain.Term;
import dev.waggle.noise.Responder;
import dev.waggle.simulator.fault.Fault.Kind;
import dev.waggle.simulator.fault.Faults;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Who the server is to its clients: a root that never changes, a static key that may, and the chain between them.
/// Thread-safe: greetings are answered on the event loops.
public final class ServerKeys {
    private static final Duration TERM = Duration.ofDays(365);
    private static final Duration BEFORE = Duration.ofDays(1);

    private final KeyPair root;
    private final KeyPair issuer;
    private final Faults faults;
    private final InstantSource clock;
    private final SecureRandom random;
    private KeyPair leaf;
    private Responder genuine;
    private int serial = 1;

    public ServerKeys(Faults faults, InstantSource clock, SecureRandom random) {
        this.faults = faults;
        this.clock = clock;
        this.random = random;
        this.root = KeyPair.generate(random);
        this.issuer = KeyPair.generate(random);
        this.leaf = KeyPair.generate(random);
        this.genuine = certified(leaf, clock.instant());
    }

    /// 32 bytes that the chain leads to.
    public Bytes rootKey() {
        return root.publicKey();
    }

    /// The server's side of a greeting, as the armed faults let it be.
    ///
    /// @throws dev.waggle.noise.HandshakeException when the hello is malformed
    synchronized Responder.Answer answer(byte[] clientHello) {
        if (faults.strikeGreeting(Kind.ROTATE_SERVER_KEY).isPresent()) {
            leaf = KeyPair.generate(random);
            genuine = certified(leaf, clock.instant());
        }
        boolean expired = faults.strikeGreeting(Kind.EXPIRED_CHAIN).isPresent();
        Responder responder =
                expired ? certified(leaf, clock.instant().minus(TERM).minus(BEFORE)) : genuine;
        return responder.accept(
                clientHello,
                KeyPair.generate(random),
                () -> !expired && faults.strikeGreeting(Kind.REFUSE_RESUME).isEmpty());
    }

    private Responder certified(KeyPair of, Instant begin) {
        Instant from = begin.minus(BEFORE);
        Term issuerTerm = new Term(1, from, begin.plus(TERM));
        Term leafTerm = new Term(++serial, from, begin.plus(TERM));
        return new Responder(of, CertificateChain.issue(root, issuer, issuerTerm, of.publicKey(), leafTerm, random));
    }
}
