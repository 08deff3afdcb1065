package dev.waggle.platform.account.connection;

import com.typesafe.config.Config;
import dev.waggle.noise.RootKey;
import dev.waggle.transport.Egress;
import dev.waggle.transport.Target;
import java.time.Duration;

/// How an account connects.
///
/// @param silenceMax nothing arrived for this long: ask
/// @param pongMax no answer to that for this long: the line is dead, whatever TCP says
/// @param stableMin a line that lived this long resets the backoff
/// @param unsettledMax stanzas handed over and not yet dealt with; at the limit the socket is not read
public record ConnectionSettings(
        Target target,
        RootKey rootKey,
        Duration handshakeMax,
        Duration answerMax,
        Duration silenceMax,
        Duration pongMax,
        Duration drainMax,
        Duration backoffMax,
        Duration stableMin,
        int unsettledMax) {
    public static ConnectionSettings of(Target target, RootKey rootKey) {
        return new ConnectionSettings(
                target,
                rootKey,
                Duration.ofSeconds(20),
                Duration.ofSeconds(75),
                Duration.ofSeconds(12),
                Duration.ofSeconds(12),
                Duration.ofSeconds(60),
                Duration.ofSeconds(900),
                Duration.ofSeconds(30),
                1_024);
    }

    /// The same, by another way out.
    ConnectionSettings via(Egress egress) {
        return new ConnectionSettings(
                target.via(egress),
                rootKey,
                handshakeMax,
                answerMax,
                silenceMax,
                pongMax,
                drainMax,
                backoffMax,
                stableMin,
                unsettledMax);
    }

    /// The same, with the spans that an installation may set.
    public ConnectionSettings with(Config config) {
        Config own = config.getConfig("waggle.connection");
        return new ConnectionSettings(
                target,
                rootKey,
                own.getDuration("handshake-max"),
                answerMax,
                own.getDuration("silence-max"),
                own.getDuration("pong-max"),
                drainMax,
                backoffMax,
                stableMin,
                unsettledMax);
    }
}
