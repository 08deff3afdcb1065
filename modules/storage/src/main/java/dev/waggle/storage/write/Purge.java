package dev.waggle.storage.write;

import java.time.Instant;
import java.util.Set;

/// What may go because its time has come. "Before" is exclusive.
public sealed interface Purge {
    /// A token goes only when both halves are stale or absent: its own time and the time when we last sent ours.
    record TcTokens(Instant tokenBefore, Instant senderBefore) implements Purge {}

    record SentMessages(Instant before) implements Purge {}

    record PendingInbound(Instant before) implements Purge {}

    record BaseKeys(Instant before) implements Purge {}

    /// Secrets whose expiry is at or before `now`; those that never expire stay.
    record MsgSecrets(Instant now) implements Purge {}

    record Seen(Instant before) implements Purge {}

    /// Events of these types (empty: all) from before that time; the floor of each type remembers what went.
    record Events(Set<String> types, Instant before) implements Purge {
        public Events {
            types = Set.copyOf(types);
        }
    }

    /// Finished sends that were accepted before that time.
    record Outbound(Instant before) implements Purge {}

    /// Files of messages from before that time.
    record Media(Instant before) implements Purge {}
}
