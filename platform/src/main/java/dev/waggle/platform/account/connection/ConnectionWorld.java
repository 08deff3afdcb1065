package dev.waggle.platform.account.connection;

import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.transport.Egress;
import dev.waggle.transport.TransportFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// What every connection of an account is made with.
///
/// @param egress asked before each attempt
/// @param tenure without it nothing is written to a socket
/// @param permit asked before each attempt, which waits for it; given when the account had its last traffic
public record ConnectionWorld(
        ConnectionSettings settings,
        Supplier<Egress> egress,
        Permit permit,
        Tenure tenure,
        TransportFactory transports,
        SecureRandom random,
        Clock clock) {
    /// The account's own way to [dev.waggle.platform.port.Permits].
    @FunctionalInterface
    public interface Permit {
        CompletionStage<Done> dial(@Nullable Instant lastTraffic);
    }

    /// The settings of a link that begins now.
    ConnectionSettings present() {
        return settings.via(egress.get());
    }
}
