package dev.waggle.noise;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.proto.handshake.ClientFinish;
import dev.waggle.proto.handshake.ClientHello;
import dev.waggle.proto.handshake.HandshakeMessage;
import dev.waggle.proto.handshake.ServerHello;
import dev.waggle.wire.frame.Frames;
import java.util.function.BooleanSupplier;

/// The server's side, for simulators and tests: answers XX, IK, and an IK hello meant for another key by
/// XXfallback.
public final class Responder {
    private final KeyPair serverStatic;
    private final CertificateChain chain;

    public Responder(KeyPair serverStatic, CertificateChain chain) {
        this.serverStatic = serverStatic;
        this.chain = chain;
    }

    /// What came of a client's hello.
    public sealed interface Answer {
        byte[] serverHello();

        Pattern pattern();

        /// The client's finish is awaited.
        record Waiting(Hello hello, Pattern pattern) implements Answer {
            @Override
            public byte[] serverHello() {
                return hello.bytes();
            }

            /// @throws HandshakeException when the finish was not made for this hello
            public Login finish(byte[] clientFinish) {
                return hello.finish(clientFinish);
            }
        }

        /// IK: the login came with the hello.
        record Done(Hello hello, Login login) implements Answer {
            @Override
            public byte[] serverHello() {
                return hello.bytes();
            }

            @Override
            public Pattern pattern() {
                return Pattern.IK;
            }
        }
    }

    /// Who logs in (32-byte static key), with what, and the cipher for all that follows.
    public record Login(Bytes clientStatic, Bytes payload, FrameCipher cipher) {}

    /// A server hello and what is needed to read its answer.
    public static final class Hello {
        private final byte[] bytes;
        private final SymmetricState state;
        private final KeyPair ephemeral;

        private Hello(byte[] bytes, SymmetricState state, KeyPair ephemeral) {
            this.bytes = bytes;
            this.state = state;
            this.ephemeral = ephemeral;
        }

        byte[] bytes() {
            return bytes;
        }

        Login finish(byte[] message) {
            ClientFinish finish = Messages.parse(message).getClientFinish();
            byte[] client = state.open("client static", finish.getStatic().toByteArray());
            if (client.length != 32) {
                throw new HandshakeException("client static", client.length + " bytes", "32 bytes");
            }
            state.mixKey(ephemeral.privateKey().unsafeArray(), client);
            byte[] payload = state.open("login payload", finish.getPayload().toByteArray());
            return new Login(Bytes.wrap(client), Bytes.wrap(payload), state.split(false));
        }
    }

    /// @throws HandshakeException when the hello is malformed
    public Answer accept(byte[] clientHello, KeyPair ephemeral) {
        return accept(clientHello, ephemeral, () -> true);
    }

    /// @param resumes asked for each IK hello: false lets the server decline to resume, whatever key the hello is
    /// for
    public Answer accept(byte[] clientHello, KeyPair ephemeral, BooleanSupplier resumes) {
        ClientHello hello = Messages.parse(clientHello).getClientHello();
        byte[] theirs = Messages.key("client ephemeral", hello.getEphemeral());
        if (!hello.hasStatic() || hello.getStatic().isEmpty()) {
            return new Answer.Waiting(full(SymmetricState.XX, theirs, ephemeral), Pattern.XX);
        }
        if (!resumes.getAsBoolean()) {
            return fallback(theirs, ephemeral);
        }
        try {
            return resume(hello, theirs, ephemeral);
        } catch (HandshakeException otherKey) {
            return fallback(theirs, ephemeral);
        }
    }

    private Answer fallback(byte[] theirs, KeyPair ephemeral) {
        return new Answer.Waiting(full(SymmetricState.XX_FALLBACK, theirs, ephemeral), Pattern.XX_FALLBACK);
    }

    private Hello full(String protocol, byte[] theirs, KeyPair ephemeral) {
        SymmetricState state = new SymmetricState(protocol, Frames.INTRO.unsafeArray());
        state.mixHash(theirs);
        state.mixHash(ephemeral.publicKey().unsafeArray());
        state.mixKey(ephemeral.privateKey().unsafeArray(), theirs);
        byte[] key = state.seal(serverStatic.publicKey().unsafeArray());
        state.mixKey(serverStatic.privateKey().unsafeArray(), theirs);
        byte[] certificates = state.seal(chain.encode());
        return new Hello(hello(ephemeral, key, certificates), state, ephemeral);
    }

    private Answer resume(ClientHello hello, byte[] theirs, KeyPair ephemeral) {
        byte[] mine = serverStatic.privateKey().unsafeArray();
        SymmetricState state = new SymmetricState(SymmetricState.IK, Frames.INTRO.unsafeArray());
        state.mixHash(serverStatic.publicKey().unsafeArray());
        state.mixHash(theirs);
        state.mixKey(mine, theirs);
        byte[] client = state.open("client static", hello.getStatic().toByteArray());
        state.mixKey(mine, client);
        byte[] payload = state.open("login payload", hello.getPayload().toByteArray());
        state.mixHash(ephemeral.publicKey().unsafeArray());
        state.mixKey(ephemeral.privateKey().unsafeArray(), theirs);
        state.mixKey(ephemeral.privateKey().unsafeArray(), client);
        byte[] answer = state.seal(chain.encode());
        Hello served = new Hello(hello(ephemeral, new byte[0], answer), state, ephemeral);
        return new Answer.Done(served, new Login(Bytes.wrap(client), Bytes.wrap(payload), state.split(false)));
    }

    private static byte[] hello(KeyPair ephemeral, byte[] key, byte[] payload) {
        ServerHello.Builder hello = ServerHello.newBuilder()
                .setEphemeral(Messages.bytes(ephemeral.publicKey().unsafeArray()))
                .setPayload(Messages.bytes(payload));
        if (key.length > 0) {
            hello.setStatic(Messages.bytes(key));
        }
        return HandshakeMessage.newBuilder().setServerHello(hello).build().toByteArray();
    }
}
