package dev.waggle.simulator.exchange;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.report.Report;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is meant for one device, and its link while it is connected.
///
/// A stanza stays until the device confirms it (a receipt or an ack for a message, an ack for the rest) and is put
/// on the wire again, marked `offline`, after every new attachment. The backlog goes out in windows: five stanzas,
/// or as many as the client asked for by `offline_batch`; the next window opens when the last one is confirmed or
/// when the client asks again. A device of this process loses nothing: what it was given counts as confirmed.
final class Line {
    private static final int WINDOW = 5;
    private static final int WINDOW_MAX = 10_000;

    private final Device device;
    private final Directory directory;
    private final Report report;
    private final int pendingMax;
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private final Map<String, List<Pending>> byId = new HashMap<>();
    private long lastNumber;

    private @Nullable Connected connected;

    private static final class Pending {
        final long number;
        final Node stanza;
        int deliveries;

        Pending(long number, Node stanza) {
            this.number = number;
            this.stanza = stanza;
        }
    }

    private static final class Connected {
        final ConnectionId id;
        final DeviceLink link;
        final boolean local;
        final long backlogEnd;
        final int backlog;
        long lastSent;
        int window = WINDOW;
        int credit = WINDOW;
        int unconfirmed;
        boolean active;
        boolean ended;

        Connected(ConnectionId id, DeviceLink link, boolean local, long backlogEnd, int backlog) {
            this.id = id;
            this.link = link;
            this.local = local;
            this.backlogEnd = backlogEnd;
            this.backlog = backlog;
            this.ended = local;
        }
    }

    Line(Device device, Directory directory, Report report, int pendingMax) {
        this.device = device;
        this.directory = directory;
        this.report = report;
        this.pendingMax = pendingMax;
    }

    Device device() {
        return device;
    }

    int waiting() {
        return pending.size();
    }

    boolean full() {
        return pending.size() >= pendingMax;
    }

    @Nullable
    DeviceLink link() {
        return connected == null ? null : connected.link;
    }

    boolean holds(ConnectionId id) {
        return connected != null && connected.id.equals(id);
    }

    boolean online() {
        return connected != null && connected.active;
    }

    /// A socket's client gets nothing queued before [#activate()]; a device of this process gets all at once.
    void attach(ConnectionId id, DeviceLink link, boolean local) {
        connected = new Connected(id, link, local, lastNumber, pending.size());
        if (local) {
            activate();
        } else if (!pending.isEmpty()) {
            link.deliver(preview());
        }
    }

    private Node preview() {
        int[] counts = new int[3];
        pending.values().forEach(one -> {
            switch (one.stanza.tag()) {
                case "message" -> counts[0]++;
                case "receipt" -> counts[1]++;
                default -> counts[2]++;
            }
        });
        return Node.of(
                "ib",
                Node.build("offline_preview")
                        .attr("count", pending.size())
                        .attr("message", counts[0])
                        .attr("receipt", counts[1])
                        .attr("notification", counts[2])
                        .attr("appdata", 0)
                        .done());
    }

    void detach() {
        connected = null;
    }

    /// The client is ready for what waits.
    void activate() {
        if (connected != null && !connected.active) {
            connected.active = true;
            flow();
        }
    }

    /// The client asks for a window of that many stanzas.
    void batch(long count) {
        if (connected != null) {
            connected.window = (int) Math.max(1, Math.min(count, WINDOW_MAX));
            connected.credit = connected.window;
            flow();
        }
    }

    /// Queues a stanza that must be confirmed.
    void send(Node stanza) {
        Pending one = new Pending(++lastNumber, stanza);
        pending.put(one.number, one);
        byId.computeIfAbsent(key(stanza.tag(), stanza.attr("id", "")), id -> new ArrayList<>(1))
                .add(one);
        flow();
    }

    /// A stanza that is lost when the device is not there.
    void sendNow(Node stanza) {
        if (connected != null) {
            connected.link.deliver(stanza);
        }
    }

    private void flow() {
        Connected to = connected;
        while (to != null && to == connected && to.active) {
            Map.Entry<Long, Pending> next = pending.higherEntry(to.lastSent);
            boolean backlog = next != null && next.getKey() <= to.backlogEnd;
            if (!backlog && !to.ended) {
                to.ended = true;
                to.link.deliver(Node.of(
                        "ib", Node.build("offline").attr("count", to.backlog).done()));
                continue;
            }
            if (next == null || (backlog && !to.local && to.credit == 0)) {
                return;
            }
            put(to, next.getValue(), backlog && !to.local);
        }
    }

    private void put(Connected to, Pending one, boolean backlog) {
        to.lastSent = one.number;
        if (backlog) {
            to.credit--;
            to.unconfirmed++;
        }
        if (one.deliveries++ > 0 && one.stanza.is("message")) {
            Jid sender = one.stanza.has("participant")
                    ? one.stanza.requireJid("participant")
                    : one.stanza.requireJid("from");
            Device from = directory.device(sender);
            report.redelivered(from == null ? sender : from.pn(), one.stanza.require("id"));
        }
        if (to.local) {
            confirm(one.stanza.tag(), one.stanza.attr("id", ""), one.stanza.jid("from"));
        }
        to.link.deliver(backlog ? one.stanza.with("offline", Integer.toString(one.deliveries)) : one.stanza);
    }

    /// The device has it: the stanza with that tag and id that came from `from` is not kept any longer.
    ///
    /// @param from the `to` of the confirmation; null matches any
    boolean confirm(String tag, String id, @Nullable Jid from) {
        List<Pending> named = byId.get(key(tag, id));
        if (named == null) {
            return false;
        }
        for (Pending one : named) {
            if (from == null || matches(one.stanza, from)) {
                forget(named, one, tag, id);
                return true;
            }
        }
        return false;
    }

    private void forget(List<Pending> named, Pending one, String tag, String id) {
        named.remove(one);
        if (named.isEmpty()) {
            byId.remove(key(tag, id));
        }
        pending.remove(one.number);
        Connected to = connected;
        if (to != null && one.number <= to.backlogEnd && one.number <= to.lastSent) {
            to.unconfirmed--;
            if (to.unconfirmed == 0 && to.credit == 0) {
                to.credit = to.window;
                flow();
            }
        }
    }

    private boolean matches(Node stanza, Jid from) {
        Jid origin = stanza.jid("from");
        if (origin == null || origin.sameUser(from)) {
            return true;
        }
        var user = directory.user(origin);
        return user != null && user == directory.user(from);
    }

    private static String key(String tag, String id) {
        return tag + ' ' + id;
    }
}
