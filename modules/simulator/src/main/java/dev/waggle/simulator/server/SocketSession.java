package dev.waggle.simulator.server;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.noise.FrameCipher;
import dev.waggle.noise.Pattern;
import dev.waggle.noise.Responder;
import dev.waggle.simulator.exchange.Companion;
import dev.waggle.simulator.exchange.ConnectionId;
import dev.waggle.simulator.exchange.DeviceLink;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.wire.frame.Frames;
import dev.waggle.wire.frame.Opening;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeReader;
import dev.waggle.wire.node.NodeWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection, from the first byte to the last: opening, hello, finish, then stanzas of a companion
/// that wants to be linked or of a device that logged in. Bytes and ciphers belong to the channel's event loop,
/// `companion` and `connection` to the exchange's thread. Whatever a client sends wrong closes its own connection.
final class SocketSession extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger log = LoggerFactory.getLogger(SocketSession.class);
    private static final int OPENING_MAX = 8_192;
    private static final int IN_FLIGHT_MAX = 1_000;
    private static final long UNSENT_BYTES_MAX = 64L << 20;

    private final Exchange exchange;
    private final ServerKeys keys;
    private final Channel channel;
    private final Farewell farewell;
    private final Frames frames = new Frames(Frames.FRAME_BYTES_MAX);
    private final AtomicInteger inFlight = new AtomicInteger();

    private byte[] opening = new byte[0];
    private Bytes routingInfo = Bytes.EMPTY;
    private boolean open;
    private Responder.Answer.@Nullable Waiting waiting;
    private @Nullable FrameCipher cipher;

    private @Nullable Companion companion;
    private @Nullable ConnectionId connection;
    private @Nullable Jid device;
    private boolean gone;

    /// @param farewell stands before this in the channel's pipeline
    SocketSession(Exchange exchange, ServerKeys keys, Channel channel, Farewell farewell) {
        this.exchange = exchange;
        this.keys = keys;
        this.channel = channel;
        this.farewell = farewell;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case BinaryWebSocketFrame binary -> received(bytes(binary.content()));
            case PingWebSocketFrame ping ->
                write(new PongWebSocketFrame(ping.content().retain()));
            default -> log.debug("frame ignored");
        }
    }

    private static byte[] bytes(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        return bytes;
    }

    private void received(byte[] chunk) {
        if (exchange.faults().deaf() && cipher == null) {
            return;
        }
        try {
            for (byte[] frame : frames.accept(open ? chunk : opened(chunk))) {
                frame(frame);
            }
        } catch (RuntimeException e) {
            log.debug("connection closed: {}", e.getMessage());
            exchange.run(() -> exchange.report().add("brokenConnections", 1));
            var _ = channel.close();
        }
    }

    /// What follows the opening, once it is whole.
    private byte[] opened(byte[] chunk) {
        int before = opening.length;
        if (before + chunk.length > OPENING_MAX && before > OPENING_MAX / 2) {
            throw new IllegalArgumentException("opening: too long (expected: at most " + OPENING_MAX + ")");
        }
        opening = Arrays.copyOf(opening, before + chunk.length);
        System.arraycopy(chunk, 0, opening, before, chunk.length);
        if (!(Opening.read(opening) instanceof Opening.Whole whole)) {
            return new byte[0];
        }
        open = true;
        routingInfo = whole.routingInfo();
        byte[] rest = Arrays.copyOfRange(opening, whole.size(), opening.length);
        opening = new byte[0];
        return rest;
    }

    private void frame(byte[] frame) {
        FrameCipher secured = cipher;
        if (secured != null) {
            stanza(NodeReader.read(secured.open(frame)));
        } else if (waiting != null) {
            login(waiting.finish(frame));
        } else {
            greet(frame);
        }
    }

    private void greet(byte[] clientHello) {
        Responder.Answer answer = keys.answer(clientHello);
        Pattern pattern = answer.pattern();
        exchange.run(() -> exchange.report()
                .add(
                        switch (pattern) {
                            case XX -> "greetingsXx";
                            case IK -> "greetingsIk";
                            case XX_FALLBACK -> "greetingsFallback";
                        },
                        1));
        byte[] serverHello = answer.serverHello();
        if (exchange.faults().strikeGreeting(Fault.Kind.SPOIL_GREETING).isPresent()) {
            serverHello[serverHello.length - 1] ^= 1;
        }
        send(serverHello);
        switch (answer) {
            case Responder.Answer.Waiting awaited -> waiting = awaited;
            case Responder.Answer.Done done -> login(done.login());
        }
    }

    private void login(Responder.Login login) {
        cipher = login.cipher();
        LoginPayload payload = LoginPayload.read(login.clientStatic(), login.payload());
        Bytes noiseKey = login.clientStatic();
        exchange.run(() -> {
            if (gone) {
                return;
            }
            switch (payload) {
                case LoginPayload.Register register ->
                    companion = exchange.register(register.registration(), this::deliver, this::close)
                            .orElse(null);
                case LoginPayload.Login known -> {
                    device = known.device();
                    connection = exchange.login(known.device(), noiseKey, routingInfo, known.passive(), link())
                            .orElse(null);
                }
            }
        });
    }

    private DeviceLink link() {
        return new DeviceLink() {
            @Override
            public void deliver(Node stanza) {
                SocketSession.this.deliver(stanza);
            }

            @Override
            public void close() {
                SocketSession.this.close();
            }
        };
    }

    private void stanza(Node stanza) {
        if (inFlight.incrementAndGet() == IN_FLIGHT_MAX) {
            channel.config().setAutoRead(false);
        }
        exchange.run(() -> {
            Companion unlinked = companion;
            Jid known = device;
            ConnectionId id = connection;
            if (unlinked != null) {
                exchange.submitUnlinked(unlinked, stanza);
            } else if (known != null && id != null) {
                exchange.submit(known, stanza, id);
            }
            if (inFlight.decrementAndGet() == IN_FLIGHT_MAX / 2) {
                channel.config().setAutoRead(true);
            }
        });
    }

    private void deliver(Node stanza) {
        channel.eventLoop().execute(() -> {
            FrameCipher secured = cipher;
            if (secured != null && channel.isActive() && !farewell.said()) {
                send(secured.seal(NodeWriter.write(stanza)));
            }
        });
    }

    private void close() {
        channel.eventLoop().execute(() -> {
            farewell.say();
            leave();
        });
    }

    private void send(byte[] payload) {
        write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(Frames.header(payload.length), payload)));
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer != null && buffer.totalPendingWriteBytes() > UNSENT_BYTES_MAX) {
            log.debug("connection closed: the client does not read");
            var _ = channel.close();
        }
    }

    private void write(WebSocketFrame frame) {
        var _ = channel.writeAndFlush(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        leave();
        super.channelInactive(context);
    }

    /// Nothing more of this connection: without effect the second time.
    private void leave() {
        exchange.run(() -> {
            if (gone) {
                return;
            }
            gone = true;
            Companion unlinked = companion;
            if (unlinked != null) {
                exchange.unregister(unlinked);
            }
            Jid known = device;
            ConnectionId id = connection;
            if (known != null && id != null) {
                exchange.detach(known, id);
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("connection closed: {}", cause.toString());
        var _ = context.close();
    }
}
