package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.CertificateChain;
import dev.waggle.noise.FrameCipher;
import dev.waggle.noise.Handshake;
import dev.waggle.noise.Handshake.IkOutcome;
import dev.waggle.noise.Handshake.IkStarted;
import dev.waggle.noise.Handshake.XxGreeted;
import dev.waggle.noise.HandshakeException;
import dev.waggle.noise.Pattern;
import dev.waggle.noise.RootKey;
import dev.waggle.wire.frame.EdgeRouting;
import dev.waggle.wire.frame.Frames;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The first messages of one connection: XX, or IK with the key of a chain that is known, which the server may turn
/// into XXfallback. For one connection only.
sealed interface Greeting {
    /// What came of it.
    ///
    /// @param finish the last message to send before sealed frames; null when the login went with the first
    /// @param fresh the chain that the server showed; null when it was resumed: what is known stays
    record Secured(
            FrameCipher cipher,
            @Nullable Bytes finish,
            Pattern pattern,
            @Nullable CertificateChain fresh) {}

    static Greeting begin(Login login, Approach.Start start, SecureRandom random) {
        KeyPair ephemeral = KeyPair.generate(random);
        CertificateChain chain = start.chain();
        return chain == null
                ? new Full(login, Handshake.xx(ephemeral))
                : new Resumption(
                        login,
                        Handshake.ik(
                                ephemeral,
                                login.noise(),
                                chain,
                                login.payload().get().unsafeArray()));
    }

    /// The client's part, unframed.
    byte[] hello();

    /// @throws HandshakeException when the server's part is malformed, or the server is not certified
    Secured accept(byte[] serverHello, RootKey root, Instant now);

    /// True when what just went wrong says that the known chain does not hold any more.
    boolean blamesChain();

    /// Everything that goes first: the routing hint, the intro, the framed hello.
    default byte[] opening(Bytes routingInfo) {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.writeBytes(EdgeRouting.preamble(routingInfo));
        first.writeBytes(Frames.INTRO.unsafeArray());
        first.writeBytes(Frames.frame(hello()));
        return first.toByteArray();
    }

    private static Secured finish(Login login, XxGreeted greeted, Pattern pattern) {
        Handshake.Secured secured =
                greeted.finish(login.noise(), login.payload().get().unsafeArray());
        return new Secured(secured.cipher(), Bytes.wrap(secured.message()), pattern, greeted.chain());
    }

    /// XX.
    record Full(Login login, Handshake.XxStarted started) implements Greeting {
        @Override
        public byte[] hello() {
            return started.hello();
        }

        @Override
        public Secured accept(byte[] serverHello, RootKey root, Instant now) {
            return finish(login, started.accept(serverHello, root, now), Pattern.XX);
        }

        @Override
        public boolean blamesChain() {
            return false;
        }
    }

    /// IK.
    record Resumption(Login login, IkStarted started) implements Greeting {
        @Override
        public byte[] hello() {
            return started.hello();
        }

        @Override
        public Secured accept(byte[] serverHello, RootKey root, Instant now) {
            return switch (started.accept(serverHello, root, now)) {
                case IkOutcome.Resumed(var cipher) -> new Secured(cipher, null, Pattern.IK, null);
                case IkOutcome.Fallback(var greeted) -> finish(login, greeted, Pattern.XX_FALLBACK);
            };
        }

        @Override
        public boolean blamesChain() {
            return !started.fellBack();
        }
    }
}
