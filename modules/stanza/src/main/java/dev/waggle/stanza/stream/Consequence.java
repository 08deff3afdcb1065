package dev.waggle.stanza.stream;

import java.time.Duration;

/// What the end of a stream asks of the account.
public sealed interface Consequence {
    /// Connect again without delay; the end was expected.
    record Restart() implements Consequence {}

    /// Connect again by the usual schedule.
    record Retry() implements Consequence {}

    /// Connect again by the schedule, that many steps further on; a stable connection does not take the steps back.
    record SlowDown(int steps) implements Consequence {}

    /// The credentials are void: only a new pairing helps.
    record LoggedOut() implements Consequence {}

    /// The account may come back after `remaining`, counted from the server's answer.
    record BannedFor(Duration remaining, BanReason reason) implements Consequence {}

    /// The account is closed by WhatsApp; the credentials are void too.
    record Banned() implements Consequence {}

    /// This client version, or what it says of itself, is no longer accepted; other accounts will see the same.
    record Outdated() implements Consequence {}

    /// Another connection logged in as this device. Fighting it would replace it in turn, so a person decides.
    record Replaced() implements Consequence {}

    /// Refused for a reason that a retry does not cure.
    record Rejected() implements Consequence {}

    /// Stay connected and report.
    record Stay() implements Consequence {}

    /// True when the schedule goes on without a person.
    default boolean reconnects() {
        return switch (this) {
            case Restart _, Retry _, SlowDown _, BannedFor _ -> true;
            case LoggedOut _, Banned _, Outdated _, Replaced _, Rejected _, Stay _ -> false;
        };
    }

    /// True when the stored credentials may be thrown away.
    default boolean voidsCredentials() {
        return this instanceof LoggedOut || this instanceof Banned;
    }
}
