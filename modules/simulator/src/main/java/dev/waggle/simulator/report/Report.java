package dev.waggle.simulator.report;

import dev.waggle.address.Jid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts what clients did. Belongs to the exchange's thread; [#snapshot()] is an immutable picture.
///
/// Devices appear as `PN:device@s.whatsapp.net`, senders likewise.
public final class Report {
    private final Map<MessageKey, MessageCount> messages = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<ReusedCounter> reusedCounters = new ArrayList<>();
    private final List<Superseded> superseded = new ArrayList<>();
    private final Map<String, Long> counters = new TreeMap<>();
    private final Attendance attendance;
    private final int entriesMax;
    private long overflow;

    public Report(int entriesMax) {
        this.entriesMax = entriesMax;
        this.attendance = new Attendance(entriesMax);
    }

    /// A rule that a client broke: `rule` is a stable short name, `detail` says `value (expected: rule)`; never key
    /// material.
    public record Violation(String rule, String device, String detail) {}

    /// A ratchet or sender-key counter that came twice with different bytes. `chain` names the chain, never its
    /// key.
    public record ReusedCounter(String chain, long counter, String device) {}

    /// A stanza that arrived on a connection after a later one of the same device was accepted.
    public record Superseded(String device, String tag) {}

    /// One message id of one sending device: how often it was accepted, how many copies were taken for each
    /// receiving device (`copies`), how often one was put on a wire again because nobody confirmed it
    /// (`redeliveries`).
    public record Message(
            String sender,
            String id,
            String to,
            int accepted,
            int resends,
            int redeliveries,
            Map<String, Integer> copies) {}

    public record Snapshot(
            long messagesAccepted,
            List<Message> messages,
            List<ReusedCounter> reusedCounters,
            List<Superseded> supersededStanzas,
            List<Violation> violations,
            Map<String, Long> counters,
            long overflow) {}

    private record MessageKey(String sender, String id) {}

    private static final class MessageCount {
        String to = "";
        int accepted;
        int resends;
        int redeliveries;
        final Map<String, Integer> copies = new TreeMap<>();
    }

    /// Who is logged in, and since when.
    public Attendance attendance() {
        return attendance;
    }

    public void violation(String rule, Jid device, String detail) {
        keep(violations, new Violation(rule, device.toString(), detail));
    }

    public void reusedCounter(String chain, long counter, Jid device) {
        keep(reusedCounters, new ReusedCounter(chain, counter, device.toString()));
    }

    public void superseded(Jid device, String tag) {
        keep(superseded, new Superseded(device.toString(), tag));
    }

    /// A message stanza was taken and acknowledged to its sender.
    public void accepted(Jid sender, String id, Jid to) {
        add("accepted", 1);
        MessageCount count = count(sender, id);
        count.accepted++;
        count.to = to.toString();
    }

    /// A message was sent again to one device because that device asked for a retry.
    public void resent(Jid sender, String id) {
        add("resent", 1);
        count(sender, id).resends++;
    }

    /// A copy was taken for a device.
    public void copy(Jid sender, String id, Jid device) {
        count(sender, id).copies.merge(device.toString(), 1, Integer::sum);
    }

    public void redelivered(Jid sender, String id) {
        add("redelivered", 1);
        count(sender, id).redeliveries++;
    }

    /// Any other figure: name in lower camel case.
    public void add(String counter, long amount) {
        counters.merge(counter, amount, Long::sum);
    }

    private MessageCount count(Jid sender, String id) {
        MessageKey key = new MessageKey(sender.toString(), id);
        MessageCount known = messages.get(key);
        if (known != null) {
            return known;
        }
        MessageCount fresh = new MessageCount();
        if (messages.size() < entriesMax) {
            messages.put(key, fresh);
        } else {
            overflow++;
        }
        return fresh;
    }

    private <T> void keep(List<T> list, T entry) {
        if (list.size() < entriesMax) {
            list.add(entry);
        } else {
            overflow++;
        }
    }

    public Snapshot snapshot() {
        List<Message> all = new ArrayList<>(messages.size());
        messages.forEach((key, count) -> all.add(new Message(
                key.sender(),
                key.id(),
                count.to,
                count.accepted,
                count.resends,
                count.redeliveries,
                Map.copyOf(count.copies))));
        return new Snapshot(
                counters.getOrDefault("accepted", 0L),
                List.copyOf(all),
                List.copyOf(reusedCounters),
                List.copyOf(superseded),
                List.copyOf(violations),
                Map.copyOf(counters),
                overflow);
    }
}
