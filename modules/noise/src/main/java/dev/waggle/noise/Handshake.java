package dev.waggle.noise;

import dev.waggle.crypto.KeyPair;
import dev.waggle.proto.handshake.ClientFinish;
import dev.waggle.proto.handshake.ClientHello;
import dev.waggle.proto.handshake.HandshakeMessage;
import dev.waggle.proto.handshake.ServerHello;
import dev.waggle.wire.frame.Frames;
import java.time.Instant;

/// The client's side of a connection's first three messages.
///
/// ```
/// XX           -> e                 <- e, ee, s, es, [certificates]     -> s, se, [login]
/// IK           -> e, es, s, ss, [login]      <- e, ee, se
/// XXfallback   an IK hello that the server answers as in XX
/// ```
///
/// Each step is a type that gives the next one; a wrong order does not compile. A step is used once.
public final class Handshake {
    private Handshake() {}

    /// Begins without knowing the server.
    public static XxStarted xx(KeyPair ephemeral) {
        SymmetricState state = new SymmetricState(SymmetricState.XX, Frames.INTRO.unsafeArray());
        state.mixHash(ephemeral.publicKey().unsafeArray());
        return new XxStarted(state, ephemeral);
    }

    /// Begins with the server's key from an earlier chain: the login goes along with the hello.
    public static IkStarted ik(KeyPair ephemeral, KeyPair noiseStatic, CertificateChain cached, byte[] payload) {
        return new IkStarted(ephemeral, noiseStatic, cached.leafKey().unsafeArray(), payload);
    }

    /// After `hello`, before the server's answer.
    public static final class XxStarted {
        private final SymmetricState state;
        private final KeyPair ephemeral;

        XxStarted(SymmetricState state, KeyPair ephemeral) {
            this.state = state;
            this.ephemeral = ephemeral;
        }

        public byte[] hello() {
            return HandshakeMessage.newBuilder()
                    .setClientHello(ClientHello.newBuilder()
                            .setEphemeral(Messages.bytes(ephemeral.publicKey().unsafeArray())))
                    .build()
                    .toByteArray();
        }

        /// @throws HandshakeException when the answer is malformed, or the server is not certified
        public XxGreeted accept(byte[] serverHello, RootKey root, Instant now) {
            return greeted(Messages.parse(serverHello).getServerHello(), state, ephemeral, root, now);
        }
    }

    static XxGreeted greeted(ServerHello hello, SymmetricState state, KeyPair ephemeral, RootKey root, Instant now) {
        byte[] theirs = Messages.key("server ephemeral", hello.getEphemeral());
        byte[] mine = ephemeral.privateKey().unsafeArray();
        state.mixHash(theirs);
        state.mixKey(mine, theirs);
        byte[] serverStatic = state.open("server static", hello.getStatic().toByteArray());
        if (serverStatic.length != 32) {
            throw new HandshakeException("server static", serverStatic.length + " bytes", "32 bytes");
        }
        state.mixKey(mine, serverStatic);
        CertificateChain chain = CertificateChain.parse(
                state.open("certificates", hello.getPayload().toByteArray()));
        chain.verify(root, serverStatic, now);
        return new XxGreeted(state, theirs, chain);
    }

    /// The server is who it must be.
    public static final class XxGreeted {
        private final SymmetricState state;
        private final byte[] serverEphemeral;
        private final CertificateChain chain;

        XxGreeted(SymmetricState state, byte[] serverEphemeral, CertificateChain chain) {
            this.state = state;
            this.serverEphemeral = serverEphemeral;
            this.chain = chain;
        }

        /// To be kept for the next connection.
        public CertificateChain chain() {
            return chain;
        }

        /// @param payload the serialized login or registration
        public Secured finish(KeyPair noiseStatic, byte[] payload) {
            byte[] key = state.seal(noiseStatic.publicKey().unsafeArray());
            state.mixKey(noiseStatic.privateKey().unsafeArray(), serverEphemeral);
            byte[] sealed = state.seal(payload);
            byte[] message = HandshakeMessage.newBuilder()
                    .setClientFinish(ClientFinish.newBuilder()
                            .setStatic(Messages.bytes(key))
                            .setPayload(Messages.bytes(sealed)))
                    .build()
                    .toByteArray();
            return new Secured(message, state.split(true));
        }
    }

    /// The last message to send, and what every later frame goes through.
    public static final class Secured {
        private final byte[] message;
        private final FrameCipher cipher;

        Secured(byte[] message, FrameCipher cipher) {
            this.message = message;
            this.cipher = cipher;
        }

        public byte[] message() {
            return message;
        }

        public FrameCipher cipher() {
            return cipher;
        }
    }

    /// After an IK hello, before the server's answer.
    public static final class IkStarted {
        private final SymmetricState state;
        private final KeyPair ephemeral;
        private final KeyPair noiseStatic;
        private final byte[] hello;
        private boolean fellBack;

        IkStarted(KeyPair ephemeral, KeyPair noiseStatic, byte[] serverStatic, byte[] payload) {
            this.ephemeral = ephemeral;
            this.noiseStatic = noiseStatic;
            state = new SymmetricState(SymmetricState.IK, Frames.INTRO.unsafeArray());
            state.mixHash(serverStatic);
            state.mixHash(ephemeral.publicKey().unsafeArray());
            state.mixKey(ephemeral.privateKey().unsafeArray(), serverStatic);
            byte[] key = state.seal(noiseStatic.publicKey().unsafeArray());
            state.mixKey(noiseStatic.privateKey().unsafeArray(), serverStatic);
            hello = HandshakeMessage.newBuilder()
                    .setClientHello(ClientHello.newBuilder()
                            .setEphemeral(Messages.bytes(ephemeral.publicKey().unsafeArray()))
                            .setStatic(Messages.bytes(key))
                            .setPayload(Messages.bytes(state.seal(payload))))
                    .build()
                    .toByteArray();
        }

        public byte[] hello() {
            return hello;
        }

        /// @throws HandshakeException when the answer is malformed, or falls back to a server that is not certified
        public IkOutcome accept(byte[] serverHello, RootKey root, Instant now) {
            ServerHello answer = Messages.parse(serverHello).getServerHello();
            if (answer.hasStatic() && !answer.getStatic().isEmpty()) {
                fellBack = true;
                SymmetricState fallback = new SymmetricState(SymmetricState.XX_FALLBACK, Frames.INTRO.unsafeArray());
                fallback.mixHash(ephemeral.publicKey().unsafeArray());
                return new IkOutcome.Fallback(greeted(answer, fallback, ephemeral, root, now));
            }
            byte[] theirs = Messages.key("server ephemeral", answer.getEphemeral());
            state.mixHash(theirs);
            state.mixKey(ephemeral.privateKey().unsafeArray(), theirs);
            state.mixKey(noiseStatic.privateKey().unsafeArray(), theirs);
            state.open("server payload", answer.getPayload().toByteArray());
            return new IkOutcome.Resumed(state.split(true));
        }

        /// True once the server has answered with a key of its own: what goes wrong from there on says nothing
        /// about the cached chain.
        public boolean fellBack() {
            return fellBack;
        }
    }

    /// What the server made of an IK hello.
    public sealed interface IkOutcome {
        /// Logged in already; nothing more to send.
        record Resumed(FrameCipher cipher) implements IkOutcome {}

        /// The server has another key now: finish as in XX.
        record Fallback(XxGreeted greeted) implements IkOutcome {}
    }
}
