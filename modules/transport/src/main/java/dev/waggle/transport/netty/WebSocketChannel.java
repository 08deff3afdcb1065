package dev.waggle.transport.netty;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportEvents;
import dev.waggle.transport.TransportException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The end of one connection's pipeline. All its state lives on the channel's own thread.
///
/// Reading stops while credit is used up: what the aggregator finished by then (at most a read's worth) waits here.
final class WebSocketChannel extends SimpleChannelInboundHandler<WebSocketFrame> implements Transport {
    private final TransportEvents events;
    /// Shared with whoever dials: the end is told once, whoever sees it first.
    private final AtomicBoolean over;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private volatile @Nullable Channel channel;
    private boolean open;
    private boolean closedByUs;
    private long credit;

    WebSocketChannel(TransportEvents events, AtomicBoolean over) {
        this.events = events;
        this.over = over;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            open = true;
            var _ = context.channel().config().setAutoRead(false);
            events.connected(this);
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            over(new DisconnectReason.Refused("the upgrade took too long"));
            end(context.channel());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case BinaryWebSocketFrame binary -> {
                waiting.add(ByteBufUtil.getBytes(binary.content()));
                deliver();
            }
            case CloseWebSocketFrame close -> {
                over(new DisconnectReason.ServerClose(
                        close.statusCode() < 0 ? 1005 : close.statusCode(), String.valueOf(close.reasonText())));
                end(context.channel());
            }
            default -> {
                over(new DisconnectReason.ReadFailure("a frame that is not binary"));
                end(context.channel());
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readOn();
    }

    private void deliver() {
        while (credit > 0 && !waiting.isEmpty() && !over.get()) {
            credit--;
            events.received(waiting.poll());
        }
    }

    private void readOn() {
        Channel now = channel;
        if (now != null
                && open
                && credit > 0
                && waiting.isEmpty()
                && !now.config().isAutoRead()) {
            var _ = now.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over(
                closedByUs
                        ? new DisconnectReason.ByUs()
                        : open
                                ? new DisconnectReason.EndOfStream()
                                : new DisconnectReason.Refused("closed before the upgrade"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        DialException failure = DialFailures.of(cause, false);
        over(
                open && failure.kind() == DialException.Kind.UNREACHABLE
                        ? new DisconnectReason.ReadFailure(String.valueOf(failure.getMessage()))
                        : DialFailures.reason(failure));
        end(context.channel());
    }

    /// What becomes of the close is told by `channelInactive`.
    private static void end(Channel channel) {
        var _ = channel.close();
    }

    private void over(DisconnectReason reason) {
        if (over.compareAndSet(false, true)) {
            waiting.clear();
            events.disconnected(reason);
        }
    }

    @Override
    public CompletionStage<Void> send(byte[] bytes) {
        Channel now = channel;
        if (now == null || !now.isActive()) {
            return CompletableFuture.failedFuture(new TransportException("the connection has ended"));
        }
        if (!now.isWritable()) {
            return CompletableFuture.failedFuture(new TransportException("too much waits to be written"));
        }
        CompletableFuture<Void> sent = new CompletableFuture<>();
        var _ = now.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        sent.complete(null);
                    } else {
                        sent.completeExceptionally(new TransportException(String.valueOf(done.cause())));
                    }
                });
        return sent;
    }

    @Override
    public void request(int messages) {
        Channel now = channel;
        if (now != null) {
            now.eventLoop().execute(() -> {
                credit += messages;
                deliver();
                readOn();
            });
        }
    }

    @Override
    public void disconnect() {
        Channel now = channel;
        if (now != null) {
            now.eventLoop().execute(() -> {
                closedByUs = true;
                end(now);
            });
        }
    }
}
