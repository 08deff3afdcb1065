package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.noise.CertificateChain;
import dev.waggle.noise.Pattern;
import dev.waggle.platform.port.Line;
import dev.waggle.stanza.Failure;
import dev.waggle.stanza.Success;
import dev.waggle.stanza.stream.Ban;
import dev.waggle.stanza.stream.Consequence;
import org.jspecify.annotations.Nullable;

/// What a link tells its connection.
sealed interface LinkNotice {
    record LoggedIn(Line line, Success success) implements LinkNotice {}

    record Drained(Line line) implements LinkNotice {}

    record Traffic() implements LinkNotice {}

    /// Both sides are secured. `fresh` is the chain that the server showed, null when it was resumed.
    record Secured(Pattern pattern, @Nullable CertificateChain fresh) implements LinkNotice {}

    /// The server's answer to a resumption was wrong: what was known of it does not hold.
    record Unresumed(String why) implements LinkNotice {}

    /// What the server wants to see in front of the next connection.
    record Routed(Bytes routingInfo) implements LinkNotice {}

    /// How far a link came.
    enum Stage {
        DIALLING,
        GREETING,
        ANSWERED
    }

    /// The end. `consequence` is null when the server said nothing about it, `code` then 0.
    record Over(String why, @Nullable Consequence consequence, int code, Stage stage) implements LinkNotice {
        /// A ban's own number says more than that it is a ban.
        static Over of(Failure failure, Stage stage) {
            Ban ban = failure.ban();
            return new Over(
                    "login refused: " + failure.reason() + " " + failure.code(),
                    failure.consequence(),
                    ban == null || ban.code() == 0 ? failure.code() : ban.code(),
                    stage);
        }
    }
}
