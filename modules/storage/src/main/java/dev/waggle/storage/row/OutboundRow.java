package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A send. `sequence` is the journal sequence that accepted it, `payload` opaque, `problem` a stable code or empty,
/// `times` when it came to where it stands.
public record OutboundRow(
        MessageId id,
        String idempotencyKey,
        Bytes bodyHash,
        Jid chat,
        OutboundState state,
        Instant acceptedAt,
        Bytes payload,
        String problem,
        long sequence,
        StateTimes times) {
    /// When a send reached each of its states, to the millisecond. A state that was never told has no time: a
    /// receipt that a message was read may be the only one that comes.
    ///
    /// The stored form is a row of steps such as `SENT=1700000000123;DELIVERED=1700000000456;`. A further step is
    /// appended; where a state stands twice, the first time counts.
    public record StateTimes(Map<OutboundState, Instant> reached) {
        public static final StateTimes NONE = new StateTimes(Map.of());

        public StateTimes {
            EnumMap<OutboundState, Instant> copy = new EnumMap<>(OutboundState.class);
            reached.forEach((state, at) -> copy.put(state, Times.millis(at)));
            reached = Collections.unmodifiableMap(copy);
        }

        public Optional<Instant> of(OutboundState state) {
            return Optional.ofNullable(reached.get(state));
        }

        public StateTimes with(OutboundState state, Instant at) {
            EnumMap<OutboundState, Instant> more = new EnumMap<>(OutboundState.class);
            more.putAll(reached);
            more.putIfAbsent(state, at);
            return new StateTimes(more);
        }

        /// One step of the stored form.
        public static String step(OutboundState state, Instant at) {
            return state.name() + "=" + at.toEpochMilli() + ";";
        }

        public String text() {
            return reached.entrySet().stream()
                    .map(entry -> step(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining());
        }

        /// @throws IllegalArgumentException when the text is no row of steps
        public static StateTimes parse(String text) {
            StateTimes times = NONE;
            int from = 0;
            while (from < text.length()) {
                int equals = text.indexOf('=', from);
                int end = text.indexOf(';', from);
                if (equals < 0 || end < equals) {
                    throw new IllegalArgumentException(
                            "times of a send: " + text + " (expected: STATE=milliseconds; …)");
                }
                times = times.with(
                        OutboundState.valueOf(text.substring(from, equals)),
                        Instant.ofEpochMilli(Long.parseLong(text.substring(equals + 1, end))));
                from = end + 1;
            }
            return times;
        }
    }

    public OutboundRow {
        acceptedAt = Times.millis(acceptedAt);
    }

    /// A send of which nothing was told yet.
    public OutboundRow(
            MessageId id,
            String idempotencyKey,
            Bytes bodyHash,
            Jid chat,
            OutboundState state,
            Instant acceptedAt,
            Bytes payload,
            String problem,
            long sequence) {
        this(id, idempotencyKey, bodyHash, chat, state, acceptedAt, payload, problem, sequence, StateTimes.NONE);
    }

    public OutboundRow with(StateTimes known) {
        return new OutboundRow(
                id, idempotencyKey, bodyHash, chat, state, acceptedAt, payload, problem, sequence, known);
    }

    public OutboundRow withState(OutboundState next, String why, Instant at) {
        return new OutboundRow(
                id, idempotencyKey, bodyHash, chat, next, acceptedAt, payload, why, sequence, times.with(next, at));
    }
}
