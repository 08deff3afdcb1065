package dev.waggle.simulator.server;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.CertificateChain;
import dev.waggle.noise.FrameCipher;
import dev.waggle.noise.Handshake;
import dev.waggle.noise.RootKey;
import dev.waggle.proto.login.ClientPayload;
import dev.waggle.proto.login.DevicePairingRegistrationData;
import dev.waggle.proto.login.UserAgent;
import dev.waggle.simulator.Simulator;
import dev.waggle.wire.frame.EdgeRouting;
import dev.waggle.wire.frame.Frames;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeReader;
import dev.waggle.wire.node.NodeWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Frames, handshake and nodes over the JDK's own WebSocket: a client that shares only the codecs with the server.
public final class TestClient implements WebSocket.Listener, AutoCloseable {
    private static final long WAIT_SECONDS = 20;
    private static final byte[] CLOSED = new byte[0];

    private final SecureRandom random = new SecureRandom();
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final Frames frames = new Frames(Frames.FRAME_BYTES_MAX);
    private final WebSocket socket;
    private final RootKey root;
    private Optional<FrameCipher> cipher = Optional.empty();
    private Optional<CertificateChain> chain = Optional.empty();

    public TestClient(Simulator simulator) {
        this(HttpClient.newHttpClient(), simulator.ws(), simulator.rootKey());
    }

    public TestClient(HttpClient http, URI uri, Bytes rootKey) {
        root = new RootKey(rootKey);
        socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    @SuppressWarnings("NullAway") // a null stage means that the buffer may be reclaimed at once
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] chunk = new byte[data.remaining()];
        data.get(chunk);
        received.addAll(frames.accept(chunk));
        from.request(1);
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        received.add(CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        received.add(CLOSED);
    }

    public void write(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    public void frame(byte[] payload) {
        write(Frames.frame(payload));
    }

    public byte[] read() {
        try {
            return Objects.requireNonNull(received.poll(WAIT_SECONDS, TimeUnit.SECONDS), "nothing arrived");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// True when the server closes the connection before it says anything else.
    public boolean closed() {
        return read().length == 0;
    }

    /// Shakes hands by XX; `preamble` and a zero-length frame go first.
    public TestClient handshake(KeyPair noise, ClientPayload payload, Bytes routing) {
        var started = Handshake.xx(KeyPair.generate(random));
        write(EdgeRouting.preamble(routing));
        write(Frames.INTRO.toArray());
        frame(new byte[0]);
        frame(started.hello());
        var greeted = started.accept(read(), root, Instant.now());
        chain = Optional.of(greeted.chain());
        var secured = greeted.finish(noise, payload.toByteArray());
        frame(secured.message());
        cipher = Optional.of(secured.cipher());
        return this;
    }

    public TestClient handshake(KeyPair noise, ClientPayload payload) {
        return handshake(noise, payload, Bytes.EMPTY);
    }

    /// Shakes hands by IK.
    ///
    /// @return true when the server resumed, false when it fell back to XX
    public boolean resume(KeyPair noise, CertificateChain cached, ClientPayload payload) {
        var started = Handshake.ik(KeyPair.generate(random), noise, cached, payload.toByteArray());
        write(Frames.INTRO.toArray());
        frame(started.hello());
        return switch (started.accept(read(), root, Instant.now())) {
            case Handshake.IkOutcome.Resumed(FrameCipher agreed) -> {
                cipher = Optional.of(agreed);
                yield true;
            }
            case Handshake.IkOutcome.Fallback(var greeted) -> {
                var secured = greeted.finish(noise, payload.toByteArray());
                frame(secured.message());
                cipher = Optional.of(secured.cipher());
                yield false;
            }
        };
    }

    public CertificateChain chain() {
        return chain.orElseThrow();
    }

    public void send(Node node) {
        frame(cipher.orElseThrow().seal(NodeWriter.write(node)));
    }

    /// The next stanza that fits; others are passed over.
    public Node next(Predicate<Node> wanted) {
        while (true) {
            byte[] frame = read();
            if (frame.length == 0) {
                throw new AssertionError("closed");
            }
            Node node = NodeReader.read(cipher.orElseThrow().open(frame));
            if (wanted.test(node)) {
                return node;
            }
        }
    }

    public Node next(String tag) {
        return next(node -> node.is(tag));
    }

    public static ClientPayload login(Jid device, boolean passive) {
        return ClientPayload.newBuilder()
                .setUsername(Long.parseLong(device.user()))
                .setDevice(device.device())
                .setPassive(passive)
                .build();
    }

    /// A registration with fresh keys.
    public ClientPayload registration(KeyPair identity, String pushName) {
        KeyPair signed = KeyPair.generate(random);
        byte[] typed = new byte[33];
        typed[0] = 5;
        System.arraycopy(signed.publicKey().toArray(), 0, typed, 1, 32);
        DevicePairingRegistrationData data = DevicePairingRegistrationData.newBuilder()
                .setERegid(string(0, 0, 1, 2))
                .setEKeytype(string(5))
                .setEIdent(string(identity.publicKey()))
                .setESkeyId(string(0, 0, 1))
                .setESkeyVal(string(signed.publicKey()))
                .setESkeySig(ByteString.copyFrom(identity.sign(typed, random)))
                .setBuildHash(ByteString.copyFrom(Digest.md5("2.3000.1".getBytes(StandardCharsets.US_ASCII))))
                .setDeviceProps(ByteString.copyFrom(new byte[] {0x0A, 1, 'T'}))
                .build();
        return ClientPayload.newBuilder()
                .setPushName(pushName)
                .setUserAgent(UserAgent.newBuilder()
                        .setAppVersion(UserAgent.AppVersion.newBuilder()
                                .setPrimary(2)
                                .setSecondary(3000)
                                .setTertiary(1)))
                .setDevicePairingData(data)
                .build();
    }

    private static ByteString string(Bytes bytes) {
        return ByteString.copyFrom(bytes.toArray());
    }

    private static ByteString string(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return ByteString.copyFrom(array);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
