package dev.waggle.platform.account.retention;

import com.typesafe.config.Config;
import dev.waggle.storage.write.Purge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// How long an account keeps what it could do without; see `waggle.retention` in reference.conf.
///
/// @param every between two looks of one account
/// @param received events of incoming messages
/// @param sent events of what became of sends
/// @param states events about the account itself
/// @param sends finished sends, counted from their acceptance
/// @param files where the files of messages lie at the servers, counted from the message
/// @param seen ids by which a message that comes again is known
public record RetentionSettings(
        Duration every,
        Duration received,
        Duration sent,
        Duration states,
        Duration sends,
        Duration files,
        Duration seen) {
    public static final Set<String> RECEIVED = Set.of("message.received", "message.undecryptable");
    public static final Set<String> SENT =
            Set.of("message.sent", "message.delivered", "message.read", "message.played", "message.failed");
    public static final Set<String> STATES = Set.of("account.state");

    public static final RetentionSettings DEFAULT = new RetentionSettings(
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofDays(30),
            Duration.ofDays(30),
            Duration.ofDays(30),
            Duration.ofDays(30),
            Duration.ofDays(45));

    /// The base key of a session that was asked for twice: a peer that still asks does so within minutes.
    private static final Duration BASE_KEYS = Duration.ofDays(7);
    private static final Duration PENDING = Duration.ofDays(7);
    /// Sent plaintexts for resends; peers keep them for hours.
    private static final Duration SENT_MESSAGES = Duration.ofDays(1);

    public RetentionSettings {
        for (Duration each : List.of(every, received, sent, states, sends, files, seen)) {
            if (each.isNegative() || each.isZero()) {
                throw new IllegalArgumentException("waggle.retention: a span that is not above zero");
            }
        }
    }

    public static RetentionSettings from(Config config) {
        Config own = config.getConfig("waggle.retention");
        return new RetentionSettings(
                own.getDuration("every"),
                own.getDuration("received"),
                own.getDuration("sent"),
                own.getDuration("states"),
                own.getDuration("sends"),
                own.getDuration("files"),
                own.getDuration("seen"));
    }

    /// In the order in which they are done.
    ///
    /// @param idempotencyWindow a send stays at least so long: its key must find it
    List<Purge> due(Instant now, Duration idempotencyWindow) {
        Duration finished = sends.compareTo(idempotencyWindow) < 0 ? idempotencyWindow : sends;
        return List.of(
                new Purge.Events(RECEIVED, before(now, received)),
                new Purge.Events(SENT, before(now, sent)),
                new Purge.Events(STATES, before(now, states)),
                new Purge.Outbound(before(now, finished)),
                new Purge.Media(before(now, files)),
                new Purge.Seen(before(now, seen)),
                new Purge.MsgSecrets(now),
                new Purge.BaseKeys(before(now, BASE_KEYS)),
                new Purge.PendingInbound(before(now, PENDING)),
                new Purge.SentMessages(before(now, SENT_MESSAGES)));
    }

    /// Nothing here is older than the epoch, whatever somebody sets to say "for ever".
    private static Instant before(Instant now, Duration span) {
        return span.toSeconds() >= now.getEpochSecond() ? Instant.EPOCH : now.minus(span);
    }
}
