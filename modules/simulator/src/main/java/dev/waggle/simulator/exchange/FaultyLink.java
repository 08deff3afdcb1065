package dev.waggle.simulator.exchange;

import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.fault.Fault.Kind;
import dev.waggle.simulator.fault.Faults;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A socket's link with the armed faults between it and the exchange. The time of a delayed stanza never lies
/// before that of an earlier one: delay keeps the order, only [Kind#REORDER] breaks it.
final class FaultyLink implements DeviceLink {
    private static final int REORDER_WAIT_MS = 200;

    private final Device device;
    private final DeviceLink socket;
    private final Exchange exchange;
    private final Faults faults;
    private @Nullable Node held;
    private long notBefore = System.nanoTime();
    private boolean closed;

    FaultyLink(Device device, DeviceLink socket, Exchange exchange) {
        this.device = device;
        this.socket = socket;
        this.exchange = exchange;
        this.faults = exchange.faults();
    }

    @Override
    public void deliver(Node stanza) {
        if (closed) {
            return;
        }
        if (faults.has(Kind.BLACKHOLE, device)) {
            exchange.report().add("blackholed", 1);
            return;
        }
        if (stanza.is("message")) {
            message(stanza);
        } else {
            put(stanza);
        }
    }

    private void message(Node stanza) {
        Node before = held;
        if (before != null) {
            held = null;
            put(stanza);
            put(before);
            return;
        }
        Optional<Fault> reorder = faults.strike(Kind.REORDER, device);
        if (reorder.isPresent()) {
            held = stanza;
            int ms = reorder.get().ms();
            exchange.after(Duration.ofMillis(ms == 0 ? REORDER_WAIT_MS : ms), this::release);
            return;
        }
        put(stanza);
        if (faults.strike(Kind.DUPLICATE, device).isPresent()) {
            exchange.report().add("duplicated", 1);
            put(stanza);
        }
    }

    private void release() {
        Node waiting = held;
        held = null;
        if (waiting != null) {
            put(waiting);
        }
    }

    private void put(Node stanza) {
        long now = System.nanoTime();
        long due = faults.strike(Kind.DELAY, device)
                .map(delay -> now + TimeUnit.MILLISECONDS.toNanos(delay.ms()))
                .orElse(now);
        if (due <= now && notBefore <= now) {
            socket.deliver(stanza);
            return;
        }
        notBefore = Math.max(due, notBefore);
        exchange.after(Duration.ofNanos(notBefore - now), () -> {
            if (!closed) {
                socket.deliver(stanza);
            }
        });
    }

    /// Carries out a cut or a stream error that is due.
    ///
    /// @return true when the link is closed now
    boolean struck() {
        Optional<Fault> error = faults.strike(Kind.STREAM_ERROR, device);
        error.ifPresent(fault -> socket.deliver(Replies.streamError(fault.code() == 0 ? 503 : fault.code())));
        if (error.isPresent() || faults.strike(Kind.CUT, device).isPresent()) {
            close();
        }
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
